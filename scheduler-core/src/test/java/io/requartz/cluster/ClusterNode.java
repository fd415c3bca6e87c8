package io.requartz.cluster;

import io.requartz.testdb.TestSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A node's process, from outside. Thread-safe. */
final class ClusterNode implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final NodeWish wish;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> answered = new CompletableFuture<>();

    private ClusterNode(NodeWish wish, Process process) {
        this.wish = wish;
        this.process = process;
    }

    /**
     * Does not wait for anything.
     *
     * @param directory where its witness file and its output go
     * @param boot tells processes with one id apart
     */
    static ClusterNode start(TestSchema schema, NodeWish wish, Path directory, int boot) {
        String name = wish.id() + "-" + boot;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + Witness.FILE + "=" + directory.resolve(name + ".witness"),
                "-D" + Witness.NODE + "=" + wish.id(),
                "-D" + ClusterNodeMain.CLOCK_AHEAD + "=" + wish.clockAhead().toMillis(),
                "-D" + ClusterNodeMain.LEASE + "="
                        + ClusterNodeMain.CLUSTER.lease().toMillis(),
                ClusterNodeMain.class.getName()));
        command.addAll(List.of(
                wish.id(),
                wish.port() == 0 ? schema.jdbcUrl() : schema.urlThrough(wish.port()),
                schema.user(),
                schema.password(),
                String.valueOf(wish.threads()),
                String.valueOf(wish.stopDeadline().toMillis())));
        try {
            ClusterNode node = new ClusterNode(
                    wish, new ProcessBuilder(command).redirectErrorStream(true).start());
            Thread reader = new Thread(() -> node.read(directory.resolve(name + ".log")), "output of " + name);
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException failed) {
            throw new UncheckedIOException("node " + wish.id() + " could not be started", failed);
        }
    }

    private void read(Path copy) {
        try (BufferedReader lines = process.inputReader();
                var kept = Files.newBufferedWriter(copy)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                kept.write(line);
                kept.newLine();
                kept.flush();
                if (line.equals(ClusterNodeMain.READY) || line.startsWith(ClusterNodeMain.REFUSED)) {
                    answered.complete(line);
                }
            }
        } catch (IOException closed) {
            output.add("(its output ends here: " + closed + ")");
        }
        answered.complete("it ended");
    }

    String id() {
        return wish.id();
    }

    NodeWish wish() {
        return wish;
    }

    Duration clockAhead() {
        return wish.clockAhead();
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it runs. */
    ClusterNode ready() {
        String answer = answer();
        if (!answer.equals(ClusterNodeMain.READY)) {
            throw new IllegalStateException(
                    "node " + id() + " did not start: " + answer + "\n" + String.join("\n", output));
        }
        return this;
    }

    /** Whether it has said that it runs. */
    boolean isReady() {
        return ClusterNodeMain.READY.equals(answered.getNow(null));
    }

    /** Waits until it runs or will not. */
    String answer() {
        try {
            return answered.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException("node " + id() + " said nothing\n" + String.join("\n", output), failed);
        }
    }

    /** What it has printed so far. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP: it is gone for all others, and knows nothing of it. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** SIGTERM. */
    void terminate() {
        // not destroy(): that closes the pipe too, which tells the node that its parent is gone
        signal("TERM");
    }

    /** @return its exit code; -1 if it is still there when the time is over */
    int exitCode(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    private void signal(String name) {
        Signals.send(name, pid());
    }

    @Override
    public void close() {
        kill();
        exitCode(Duration.ofSeconds(10));
    }
}
