package io.requartz.admin.demo;

import io.requartz.admin.node.NodeProcess;
import io.requartz.config.ConfigLoader;
import io.requartz.config.RequartzConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What {@code requartz demo} runs, with its recipe and its platforms; only that nobody waits ten seconds for an hour. */
public final class DemoNode implements AutoCloseable {

    private static final Path BUILT = Path.of("..", "scheduler-jobs", "target");
    private static final Path RECIPES = Path.of("..", "conf", "recipes");

    private final Platforms platforms;
    private final NodeProcess process;

    private DemoNode(Platforms platforms, NodeProcess process) {
        this.platforms = platforms;
        this.process = process;
    }

    /** Whether the plugin jar is built that recipes are made of. */
    public static boolean canRun() {
        return !jars().isEmpty();
    }

    public static DemoNode start(Path home) throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(jars().get(0), plugins.resolve("scheduler-jobs.jar"));
        Platforms platforms = Platforms.open(InstantSource.system());
        return new DemoNode(platforms, NodeProcess.start(config(home, platforms)));
    }

    private static RequartzConfig config(Path home, Platforms platforms) {
        return ConfigLoader.load(
                List.of(RECIPES.resolve("restaurant-sync.yaml"), RECIPES.resolve("restaurant-sync.demo.yaml")),
                Map.of(
                        "REQUARTZ_HOME",
                        home.toString(),
                        "HOSTNAME",
                        "box",
                        "RESTAURANT_API",
                        platforms.address().toString()),
                List.of("http.port=0", "schedules.hourly-sync.every=2s", "schedules.menu-push.every=3s"));
    }

    public NodeProcess process() {
        return process;
    }

    public String token() {
        return process.newToken().orElseThrow();
    }

    private static List<Path> jars() {
        try (var files = Files.list(BUILT)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("scheduler-jobs-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .toList();
        } catch (IOException notBuilt) {
            return List.of();
        }
    }

    @Override
    public void close() {
        process.close();
        platforms.close();
    }
}
