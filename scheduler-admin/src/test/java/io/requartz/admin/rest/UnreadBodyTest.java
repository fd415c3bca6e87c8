package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the connection when a request is answered before its body was read. */
@Timeout(60)
class UnreadBodyTest {

    private static final String STRANGER =
            "POST /api/v1/scheduler/pause HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A connection that closes after an answer without having said so takes the client's next request along. */
    @Test
    void whoIsRefusedAgainAndAgainOnKeptConnectionsIsAnsweredEachTime() {
        Calls stranger = new Calls(server.port(), null);

        for (int i = 0; i < 400; i++) {
            stranger.post("/api/v1/scheduler/pause", "{\"note\": \"because\"}").expecting(401);
        }
    }

    @Test
    void aBodyThatIsOnItsWayIsTakenAndTheConnectionGoesOn() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(STRANGER + "Content-Length: 2\r\n\r\n");
            raw.send("{}");
            String refused = raw.readUntil("\r\n\r\n");
            raw.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(refused).startsWith("HTTP/1.1 401 ").doesNotContain("Connection: close");
            assertThat(raw.readUntil("{\"live\":true")).contains("HTTP/1.1 200 ");
        }
    }

    @Test
    void theChunksOfASmallBodyAreTakenToo() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(STRANGER + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
            raw.send("0\r\n\r\n");
            String refused = raw.readUntil("\r\n\r\n");
            raw.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(refused).startsWith("HTTP/1.1 401 ").doesNotContain("Connection: close");
            assertThat(raw.readUntil("{\"live\":true")).contains("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBodyThatDoesNotComeEndsTheConnectionAndTheAnswerSaysSo() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(STRANGER + "Content-Length: 1000\r\n\r\n{");

            assertThat(raw.readToEnd()).startsWith("HTTP/1.1 401 ").contains("Connection: close");
        }
    }

    @Test
    void whoSendsFarTooMuchIsToldSo() {
        Calls calls = new Calls(server.port(), TestServer.TOKEN);
        String large = "{\"note\": \"" + "x".repeat(4 * 1024 * 1024) + "\"}";

        for (int i = 0; i < 30; i++) {
            calls.post("/api/v1/scheduler/pause", large).problem(413, "too-large");
        }
    }

    @Test
    void aBodyThatStopsHalfWayEndsTheConnectionAndTheAnswerSaysSo() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(STRANGER + "Content-Length: 300000\r\n\r\n" + " ".repeat(200_000));

            assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401 ").contains("Connection: close");
        }
    }

    @Test
    void whoAsksBeforeSendingIsRefusedAtOnce() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(STRANGER + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");

            assertThat(raw.readToEnd()).startsWith("HTTP/1.1 401 ").contains("Connection: close");
        }
    }

    @Test
    void aStrangersFormLeavesTheConnectionInOrderToo() throws IOException {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.send(String.join(
                    "\r\n",
                    "POST /scheduler/pause HTTP/1.1",
                    "Host: x",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 6",
                    "",
                    ""));
            raw.send("note=x");
            String refused = raw.readUntil("\r\n\r\n");
            raw.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(refused).startsWith("HTTP/1.1 303 ").doesNotContain("Connection: close");
            assertThat(raw.readUntil("{\"live\":true")).contains("HTTP/1.1 200 ");
        }
    }
}
