package io.requartz.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM that is a node; it stays, and warm, from one round to the next. Not thread-safe. */
final class NodeProcess implements AutoCloseable {

    private final Process process;
    private final PrintWriter words;
    private final BufferedReader answers;

    private NodeProcess(Process process) {
        this.process = process;
        this.words = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static NodeProcess begin() {
        try {
            return new NodeProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xms256m",
                            "-Xmx768m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NodeMain.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException("a node's process could not be started", failed);
        }
    }

    void enter(Engine engine, Place place, int threads) throws IOException {
        ask(
                "enter",
                engine.name(),
                Integer.toString(threads),
                place.url(),
                place.user() == null ? "" : place.user(),
                place.password() == null ? "" : place.password());
    }

    /** Does not wait for the answer, so that several can do it at once. */
    void tell(String... line) {
        words.println(String.join("\t", line));
    }

    String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("a node's process has ended; what it said is above");
        }
        return answer;
    }

    String ask(String... line) throws IOException {
        tell(line);
        return answer();
    }

    @Override
    public void close() {
        words.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
