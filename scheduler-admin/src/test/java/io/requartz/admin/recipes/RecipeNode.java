package io.requartz.admin.recipes;

import static org.awaitility.Awaitility.await;

import io.requartz.admin.rest.Calls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node of its own process that runs a recipe as it is shipped, with a test's profile over it. */
final class RecipeNode implements AutoCloseable {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JOBS = ROOT.resolve("scheduler-jobs").resolve("target");
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;
    private final Calls calls;

    private RecipeNode(Process process, Path data, Calls calls) {
        this.process = process;
        this.data = data;
        this.calls = calls;
    }

    /** Whether the plugin jar is built that recipes are made of. */
    static boolean canRun() {
        return !jars().isEmpty();
    }

    static Path recipe(String name) {
        return ROOT.resolve("conf").resolve("recipes").resolve(name + ".yaml");
    }

    /**
     * @param profile YAML that is laid over the recipe
     * @param environment what the recipe refers to
     */
    static RecipeNode start(Path home, String recipe, String profile, Map<String, String> environment)
            throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(jars().get(0), plugins.resolve("scheduler-jobs.jar"));
        Files.copy(
                ROOT.resolve("conf/logback.xml"),
                Files.createDirectories(home.resolve("conf")).resolve("logback.xml"));
        Path over = Files.writeString(home.resolve("profile.yaml"), profile);
        Path data = home.resolve("data");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.requartz.admin.Main",
                "node",
                "--config",
                recipe(recipe).toString(),
                "--config",
                over.toString(),
                "--data",
                data.toString(),
                "--port",
                "0");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().put("REQUARTZ_HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Path address = data.resolve("http-address");
        await().atMost(START)
                .until(() -> (process.isAlive() && Files.exists(address)) || failed(process, home.resolve("output")));
        String uri = Files.readString(address).strip();
        int port = Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
        String token = Files.readString(data.resolve("admin-token")).strip();
        return new RecipeNode(process, data, new Calls(port, token));
    }

    private static boolean failed(Process process, Path output) {
        if (process.isAlive()) {
            return false;
        }
        try {
            throw new AssertionError("the node has ended: " + Files.readString(output));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Calls api() {
        return calls;
    }

    /** What {@code runs.log} holds by now. */
    List<String> runsLog() {
        try {
            return Files.readAllLines(data.resolve("runs.log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> jars() {
        try (var files = Files.list(JOBS)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("scheduler-jobs-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .toList();
        } catch (IOException notBuilt) {
            return List.of();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
