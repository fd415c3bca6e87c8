package io.requartz.admin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.admin.node.NodeProcess;
import io.requartz.config.ConfigLoader;
import io.requartz.config.RequartzConfig;
import io.requartz.run.Actor;
import io.requartz.run.RunState;
import io.requartz.schedule.ManualFire;
import io.requartz.scope.ScopeFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer sees it: a combination that is disabled and brought back, retries, and a dead letter that is mended. */
@EnabledIf("builtInPlugin")
class DemoTest {

    private static final Path BUILT = Path.of("..", "scheduler-jobs", "target");
    private static final Path RECIPES = Path.of("..", "conf", "recipes");
    private static final Pattern MENDING = Pattern.compile("requartz retry (\\S+) --payload '(.*)' --port 1");
    private static final Actor ANNA = new Actor("anna");

    @TempDir
    Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    static boolean builtInPlugin() {
        return !jars().isEmpty();
    }

    @Test
    void aNewcomerBringsADisabledCombinationBackAndMendsADeadLetter() throws Exception {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(jars().get(0), plugins.resolve("scheduler-jobs.jar"));
        try (Platforms platforms = Platforms.open(InstantSource.system());
                NodeProcess process = NodeProcess.start(config(platforms));
                Demo demo = Demo.open(process, new Demo.Voice(lines::add, "requartz", " --port 1"))) {
            demo.play();

            said("  > Sync of Le Bouzou on uber_eats is disabled");
            said(
                    "    requartz schedules trigger hourly-sync --cell restaurant_id=1 --cell platform=uber_eats --port 1");
            process.node()
                    .schedules()
                    .trigger(
                            "hourly-sync",
                            new ManualFire(null, null, Map.of("restaurant_id", "1", "platform", "uber_eats")),
                            ANNA,
                            null);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> process.node()
                            .scopes()
                            .list(new ScopeFilter("sync", true, false, Map.of()), 10, null)
                            .items()
                            .isEmpty());

            said("  > A menu push is a dead letter: The price of Calzone is -12.0. No retry mends that.");
            Matcher typed = mending();
            process.node().runs().retryNow(typed.group(1), ANNA, null, typed.group(2), null);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> process.node().runs().get(typed.group(1)).state() == RunState.SUCCEEDED);

            said(" runs went well so far; ");
        }
    }

    private RequartzConfig config(Platforms platforms) {
        return ConfigLoader.load(
                List.of(RECIPES.resolve("restaurant-sync.yaml"), RECIPES.resolve("restaurant-sync.demo.yaml")),
                Map.of(
                        "REQUARTZ_HOME",
                        home.toString(),
                        "HOSTNAME",
                        "box",
                        "RESTAURANT_API",
                        platforms.address().toString()),
                // as in the demo, but nobody waits for ten seconds
                List.of("http.port=0", "schedules.hourly-sync.every=2s", "schedules.menu-push.every=3s"));
    }

    private Matcher mending() {
        return await().atMost(Duration.ofSeconds(5))
                .until(
                        () -> lines.stream()
                                .map(MENDING::matcher)
                                .filter(Matcher::find)
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private void said(String beginning) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains(beginning)));
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
}
