package io.requartz.admin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.admin.node.NodeProcess;
import io.requartz.run.Actor;
import io.requartz.run.RunState;
import io.requartz.schedule.ManualFire;
import io.requartz.scope.ScopeFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer sees it: a combination that is disabled and brought back, retries, and a dead letter that is mended. */
@EnabledIf("canRun")
class DemoTest {

    private static final Pattern MENDING = Pattern.compile("requartz retry (\\S+) --payload '(.*)' --port 1");
    private static final Actor ANNA = new Actor("anna");

    @TempDir
    Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    static boolean canRun() {
        return DemoNode.canRun();
    }

    @Test
    void aNewcomerBringsADisabledCombinationBackAndMendsADeadLetter() throws Exception {
        try (DemoNode node = DemoNode.start(home);
                Demo demo = Demo.open(node.process(), new Demo.Voice(lines::add, "requartz", " --port 1"))) {
            NodeProcess process = node.process();
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
}
