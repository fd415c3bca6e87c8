package io.requartz.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.node.Finding;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a process with the embedded database loses no acknowledged run. */
class EmbeddedKillTest {

    private static final int ACKNOWLEDGED = 400;

    @TempDir
    private Path directory;

    @Test
    void aKilledProcessLosesNoAcknowledgedRun() throws IOException, InterruptedException {
        List<String> acknowledged = submitUntilKilled();

        try (RequartzNode node = SubmittingMain.open(directory)) {
            node.start();
            acknowledged.forEach(id -> hurry(node, node.runs().get(id)));
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(acknowledged)
                            .extracting(id -> node.runs().get(id))
                            .filteredOn(run -> run.state() != RunState.SUCCEEDED)
                            .isEmpty());
            assertThat(node.doctor().examine()).extracting(Finding::what).isEmpty();
        }
    }

    /** Its first attempt failed as scripted; nobody wants to wait for the second. */
    private static void hurry(RequartzNode node, Run run) {
        if (run.state() == RunState.RETRYING) {
            try {
                node.runs().retryNow(run.id(), Actor.SYSTEM, null, null, null);
            } catch (Problem running) {
                assertThat(running.kind()).isEqualTo(Problem.Kind.CONFLICT);
            }
        }
    }

    private List<String> submitUntilKilled() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SubmittingMain.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (line != null && acknowledged.size() < ACKNOWLEDGED) {
                if (line.length() == 36) {
                    acknowledged.add(line);
                }
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSize(ACKNOWLEDGED);
        return acknowledged;
    }
}
