package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RawHttpTest {

    private static final String AUTHORIZED = "Host: x\r\nAuthorization: Bearer " + TestServer.TOKEN + "\r\n";
    private static final String POST =
            "POST /api/v1/job-types/hello/runs HTTP/1.1\r\n" + AUTHORIZED + "Content-Type: application/json\r\n";

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory, limits -> WaitAndStopTest.withIdle(limits, Duration.ofSeconds(2)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /api/v1/runs HTTP/9.9\r\n\r\n",
                "GET /api/v1/runs HTTP/1.1\r\n\r\n",
                "GET /api/v1/runs\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/v1/runs/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/v1/runs/%c0%af HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/v1/%2e%2e/%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /api/v1/doctor HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
                "POST /api/v1/doctor HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void malformedRequestsGetAClientErrorAndTellNothing(String request) throws IOException {
        String answer = RawHttp.exchange(server.port(), request);

        assertThat(answer).matches("(?s)HTTP/1\\.1 (4..|505) .*");
        assertThat(answer).doesNotContain("Server:").doesNotContain("Jetty").doesNotContain("jetty");
        ErrorFormTest.assertNothingLeaks(answer);
        assertThat(answer).contains("application/problem+json").contains("nosniff");
    }

    @Test
    void tooLargeHeadersAreRefused() throws IOException {
        String answer = RawHttp.exchange(
                server.port(), "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nX-Big: " + "x".repeat(40_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void tooLongPathsAreRefused() throws IOException {
        String answer = RawHttp.exchange(server.port(), "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void anAnnouncedTooLargeBodyIsRefusedBeforeItIsSent() throws IOException {
        String answer = RawHttp.exchange(server.port(), POST + "Content-Length: 999999999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("too-large");
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefusedInTheMiddle() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(65_536) + "\r\n";
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                raw.send(chunk);
            }
            raw.send("1\r\n \r\n");

            assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void withoutATokenABodyIsNotWaitedFor() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(String.join(
                    "\r\n",
                    "POST /api/v1/job-types/hello/runs HTTP/1.1",
                    "Host: x",
                    "Content-Type: application/json",
                    "Content-Length: 1000",
                    "",
                    ""));

            assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aBodyThatStopsComingIsGivenUp() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(POST + "Content-Length: 1000\r\n\r\n{\"payload\":");

            String answer = raw.readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 408 ");
            ErrorFormTest.assertNothingLeaks(answer);
        }
    }

    @Test
    void aBodyThatEndsTooEarlyIsRefused() throws IOException {
        String answer = RawHttp.exchange(server.port(), POST + "Content-Length: 1000\r\n\r\n{\"payload\":");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aBodyThatTricklesIsGivenUp() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(POST + "Content-Length: 1000\r\n\r\n");
            Thread trickle = new Thread(() -> {
                try {
                    while (true) {
                        raw.send(" ");
                        java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                    }
                } catch (IOException e) {
                    // closed: as it should be
                }
            });
            trickle.setDaemon(true);
            trickle.start();

            assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aRequestThatStopsHalfwayIsClosed() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send("GET /api/v1/runs HT");

            assertThat(raw.readToEnd()).doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void manySlowClientsDoNotHoldUpOthers() throws IOException {
        List<RawHttp> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawHttp raw = new RawHttp(server.port());
                slow.add(raw);
                raw.send("GET /api/v1/runs HTTP/1.1\r\nHost:");
            }

            server.calls().get("/api/v1/runs").expecting(200);
        } finally {
            for (RawHttp raw : slow) {
                raw.close();
            }
        }
    }

    @Test
    void namesOfEveryKindGetAnHonestAnswer() throws IOException {
        String[] names = {
            "%25",
            "_",
            "'",
            "%22",
            "%0d%0a",
            "%F0%9F%98%80",
            "%3Cscript%3E",
            "x".repeat(10_000),
            "${jndi:ldap://x/y}",
            "%E2%80%AE"
        };
        for (String name : names) {
            for (String path : new String[] {
                "/api/v1/runs/" + name,
                "/api/v1/runs?q=" + name,
                "/api/v1/runs?type=" + name,
                "/api/v1/runs?tag=" + name,
                "/api/v1/runs?cursor=" + name,
                "/api/v1/dead-letters?fingerprint=" + name,
                "/api/v1/dead-letters/" + name,
                "/" + name
            }) {
                String answer = RawHttp.exchange(
                        server.port(), "GET " + path + " HTTP/1.1\r\n" + AUTHORIZED + "Connection: close\r\n\r\n");

                assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 (200|4..) .*");
                assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContain("\r\n\r\n");
            }
        }
    }
}
