package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.rest.Calls.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WaitAndStopTest {

    @TempDir
    private Path directory;

    @Test
    void answersAsSoonAsTheRunHasEnded() {
        try (TestServer server = TestServer.start(directory)) {
            String id = later(server);
            CompletableFuture<Answer> waiting = server.calls().getLater("/api/v1/runs/" + id + "?wait=60");

            server.calls().post("/api/v1/runs/" + id + "/retry", "{}").expecting(200);

            assertThat(waiting.join().expecting(200).json().get("state").asText())
                    .isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void answersTheRunAsItIsWhenTheTimeIsOver() {
        try (TestServer server = TestServer.start(directory, limits -> withIdle(limits, Duration.ofSeconds(1)))) {
            String id = later(server);

            // longer than the connection may be silent: a caller that waits is not idle
            Answer answer =
                    server.calls().get("/api/v1/runs/" + id + "?wait=2500ms").expecting(200);

            assertThat(answer.json().get("state").asText()).isEqualTo("SCHEDULED");
            assertThat(answer.header("ETag")).isNotNull();
        }
    }

    @Test
    void refusesToWaitLongerThanAMinute() {
        try (TestServer server = TestServer.start(directory)) {
            String id = later(server);

            server.calls().get("/api/v1/runs/" + id + "?wait=61s").problem(400, "invalid");
            server.calls().get("/api/v1/runs/" + id + "?wait=forever").problem(400, "invalid");
        }
    }

    @Test
    void manyWhoWaitDoNotHoldUpOthers() {
        try (TestServer server = TestServer.start(directory)) {
            String id = later(server);
            List<CompletableFuture<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(server.calls().getLater("/api/v1/runs/" + id + "?wait=30s"));
            }
            Awaitility.await().until(() -> waitingThreads() >= 100);

            for (int i = 0; i < 20; i++) {
                server.calls().get("/api/v1/runs/" + id).expecting(200);
            }

            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            server.calls().post("/api/v1/runs/" + id + "/cancel", "{}").expecting(200);
            waiting.forEach(each -> assertThat(
                            each.join().expecting(200).json().get("state").asText())
                    .isEqualTo("CANCELLED"));
        }
    }

    @Test
    void whoComesBeyondTheBoundIsAskedToComeAgain() {
        try (TestServer server = TestServer.start(directory, limits -> withWaits(limits, 2))) {
            String id = later(server);
            for (int i = 0; i < 2; i++) {
                var unused = server.calls().getLater("/api/v1/runs/" + id + "?wait=20s");
            }
            Awaitility.await().until(() -> waitingThreads() >= 2);

            Answer refused = server.calls().get("/api/v1/runs/" + id + "?wait=20s");

            refused.problem(503, "unavailable");
            assertThat(refused.header("Retry-After")).matches("[0-9]+");
            server.calls().get("/api/v1/runs/" + id).expecting(200);
        }
    }

    @Test
    void stoppingAnswersThoseWhoWaitAndLeavesTheDatabaseOpen() {
        try (TestServer server = TestServer.start(directory)) {
            String id = later(server);
            CompletableFuture<Answer> waiting = server.calls().getLater("/api/v1/runs/" + id + "?wait=60s");
            Awaitility.await().until(() -> waitingThreads() >= 1);

            server.http().stop();
            server.http().stop();

            assertThat(waiting.join().expecting(200).json().get("state").asText())
                    .isEqualTo("SCHEDULED");
            assertThat(server.node().runs().find(id)).isPresent();
        }
    }

    private static String later(TestServer server) {
        return server.calls().submit("hello", "{\"delay\": \"1h\"}");
    }

    private static long waitingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("requartz-wait-"))
                .count();
    }

    static HttpLimits withIdle(HttpLimits limits, Duration idle) {
        return new HttpLimits(
                limits.body(),
                limits.headers(),
                limits.connections(),
                limits.threads(),
                limits.waits(),
                idle,
                idle,
                limits.stop());
    }

    private static HttpLimits withWaits(HttpLimits limits, int waits) {
        return new HttpLimits(
                limits.body(),
                limits.headers(),
                limits.connections(),
                limits.threads(),
                waits,
                limits.idle(),
                limits.bodyPatience(),
                limits.stop());
    }
}
