package io.requartz.admin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.admin.node.NodeProcess;
import io.requartz.config.ConfigLoader;
import io.requartz.config.RequartzConfig;
import io.requartz.run.Actor;
import io.requartz.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer sees it: within a minute successes, retries under way, and a dead letter that can be mended. */
@EnabledIf("builtInPlugin")
class DemoTest {

    private static final Path BUILT = Path.of("..", "scheduler-jobs", "target");
    private static final Pattern MENDING = Pattern.compile("requartz retry (\\S+) --payload '(.*)' --port 1");

    @TempDir
    Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    static boolean builtInPlugin() {
        return !jars().isEmpty();
    }

    @Test
    void aNewcomerSeesSuccessesRetriesAndADeadLetterThatCanBeMended() throws Exception {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(jars().get(0), plugins.resolve("scheduler-jobs.jar"));
        RequartzConfig config = ConfigLoader.load(
                Path.of("..", "conf", "demo.yaml"),
                Map.of("REQUARTZ_HOME", home.toString(), "HOSTNAME", "box"),
                List.of("http.port=0"));
        Demo.Voice voice =
                new Demo.Voice(lines::add, InstantSource.system(), ZoneOffset.UTC, false, "requartz", " --port 1");

        try (NodeProcess process = NodeProcess.start(config);
                Demo demo = Demo.open(process, voice)) {
            demo.play();

            said(" + Le Bouzou ", " went well");
            said(" ~ Casa Verde ", " failed (server_error, HTTP 500): again in ");
            said(" ~ Sushi Koji ", " failed (rate_limit, HTTP 429): again in ");
            said(" + Casa Verde ", " went well at attempt 3");
            said(" x Pizza Rustica ", "is a dead letter (not_retryable)");
            said("failure 1 of at most 4", "");

            Matcher typed = mending();
            process.node().runs().retryNow(typed.group(1), new Actor("anna"), null, typed.group(2), null);

            said(" * Pizza Rustica ", "is mended");
            assertThat(process.node().runs().get(typed.group(1)).state()).isEqualTo(RunState.SUCCEEDED);
            said("So far ", " only after retries");
        }
    }

    private Matcher mending() {
        return lines.stream()
                .map(MENDING::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElseThrow();
    }

    private void said(String beginning, String end) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(lines).anyMatch(line -> line.contains(beginning) && line.contains(end)));
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
