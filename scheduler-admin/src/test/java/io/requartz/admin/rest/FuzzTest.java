package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.rest.RouteList.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends what no client should, to every route: never an internal error, never silence, and the server as good as before. The seed
 * ({@code -Drequartz.fuzz.seed=...}) makes the same requests again.
 */
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("requartz.fuzz.requests", 3_000);
    private static final Duration AT_MOST = Duration.ofSeconds(Integer.getInteger("requartz.fuzz.seconds", 20));
    private static final long SEED = Long.getLong("requartz.fuzz.seed", 20_260_115L);

    private static final String[] NASTY = {
        "",
        " ",
        "%",
        "_",
        "'",
        "\"",
        "`",
        "\\",
        "\u0000",
        "\r\nX-Injected: 1",
        "\u001b[31m",
        "'; DROP TABLE RQ_RUN; --",
        "\" OR 1=1 --",
        "${jndi:ldap://127.0.0.1/x}",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "\ud83d\ude00",
        "\u2028\u202e",
        "\u0130\u0131\u00df",
        "null",
        "true",
        "-1",
        "0",
        "1",
        "1e999999999",
        "99999999999999999999",
        "1s",
        "50ms",
        "-5s",
        "2026-01-15T14:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "DEAD",
        "timeout",
        "hello",
        "x".repeat(300),
        "\u00fc".repeat(1_500),
    };
    private static final String[] PARAMETERS = {
        "state",
        "type",
        "category",
        "tag",
        "min-attempts",
        "min-retries",
        "sort",
        "q",
        "since",
        "until",
        "due-before",
        "limit",
        "cursor",
        "wait",
        "status",
        "reason",
        "fingerprint",
        "other",
        "",
        "\u0000"
    };
    private static final String[] FIELDS = {
        "payload",
        "priority",
        "at",
        "delay",
        "expire_after",
        "tags",
        "unique_key",
        "note",
        "type",
        "other",
        "",
        "\\u0000"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "30",
        "1.5",
        "1e400",
        "1e999999999",
        "-1e-999999999",
        "123456789012345678901234567890",
        "\"\"",
        "\"1h\"",
        "\"high\"",
        "\"2040-01-01T00:00:00Z\"",
        "\"text\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "[]",
        "{}",
        "[1]",
        "[\"a\"]",
        "[\"a\",\"a\"]",
        "[null]",
        "{\"a\":{\"b\":[1,2,{}]}}",
        "{\"\":1}",
        "{\"a\":[1e-999999999,1e999999999,-1.5e400,0.1e-2147483000]}",
        "{\"a\":1,\"a\":2}",
        "\"" + "x".repeat(5_000) + "\"",
        "[" + "[".repeat(150) + "]".repeat(150) + "]"
    };

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final List<String> ids = new ArrayList<>();
    private final List<Route> routes = RouteList.all();

    @Test
    @Timeout(90)
    void neverAnInternalErrorAndNeverSilence() throws IOException {
        try (TestServer server = TestServer.start(directory)) {
            ids.add(server.calls().submit("hello", "{\"delay\": \"1h\"}"));
            ids.add(server.calls().submit("hello", "{}"));
            ids.add(server.calls().submit("broken", "{}"));
            server.calls().ended(ids.get(2));
            long end = System.nanoTime() + AT_MOST.toNanos();

            for (int i = 0; i < REQUESTS && System.nanoTime() < end; i++) {
                String request = request();
                if (random.nextInt(10) == 0) {
                    request = mutated(request);
                }

                String answer = RawHttp.exchange(server.port(), request);

                String told = "request " + i + " of seed " + SEED + ": " + request;
                assertThat(answer)
                        .as(told)
                        .doesNotContainPattern("^HTTP/1\\.1 50[0-4]")
                        .doesNotContain("X-Injected: 1\r\n");
                if (!answer.isEmpty()) {
                    assertThat(answer).as(told).startsWith("HTTP/1.1 ").contains("nosniff");
                }
                if (answer.contains(ProblemDetails.MEDIA_TYPE)) {
                    ErrorFormTest.assertNothingLeaks(answer);
                }
            }

            server.calls().post("/api/v1/scheduler/resume", "{}").expecting(200);
            server.calls().get("/livez").expecting(200);
            assertThat(server.calls().post("/api/v1/doctor", "{}").json().get("items"))
                    .isEmpty();
            assertThat(server.calls()
                            .ended(server.calls().submit("hello", "{}"))
                            .get("state")
                            .asText())
                    .isEqualTo("SUCCEEDED");
        }
    }

    private String request() {
        Route route = routes.get(random.nextInt(routes.size()));
        String method =
                random.nextInt(20) == 0 ? one("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS") : route.method();
        StringBuilder request = new StringBuilder(method).append(' ').append(path(route));
        for (int i = random.nextInt(4); i > 0; i--) {
            request.append(request.indexOf("?") < 0 ? '?' : '&')
                    .append(encoded(one(PARAMETERS)))
                    .append('=')
                    .append(encoded(random.nextInt(4) == 0 ? id() : one(NASTY)));
        }
        request.append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ")
                .append(TestServer.TOKEN)
                .append("\r\n");
        if (random.nextInt(5) == 0) {
            request.append(one("If-Match", "Idempotency-Key", "Accept", "Content-Encoding", "Range"))
                    .append(": ")
                    .append(one("\"1\"", "*", "x", "", "W/\"2\"", "k".repeat(300), "text/plain", "gzip", "bytes=0-1"))
                    .append("\r\n");
        }
        if (route.writes()) {
            byte[] body = body().getBytes(UTF_8);
            request.append("Content-Type: ")
                    .append(
                            random.nextInt(20) == 0
                                    ? one("text/plain", "x", "application/json; charset=utf-16", "*/*")
                                    : "application/json")
                    .append("\r\nContent-Length: ")
                    .append(body.length)
                    .append("\r\n\r\n")
                    .append(new String(body, ISO_8859_1));
        } else {
            request.append("\r\n");
        }
        return request.toString();
    }

    private String path(Route route) {
        String type = random.nextInt(4) == 0 ? encoded(one(NASTY)) : one("hello", "broken");
        return route.path()
                .replace("{id}", random.nextInt(6) == 0 ? encoded(one(NASTY)) : id())
                .replace("{name}", random.nextInt(6) == 0 ? encoded(one(NASTY)) : "default")
                .replace("{type}", type);
    }

    private String id() {
        return random.nextInt(5) == 0 ? UUID.randomUUID().toString() : ids.get(random.nextInt(ids.size()));
    }

    private String body() {
        StringBuilder body = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            body.append(body.length() > 1 ? "," : "")
                    .append('"')
                    .append(one(FIELDS))
                    .append("\":")
                    .append(one(VALUES));
        }
        return body.append('}').toString();
    }

    /** A few bytes changed, put in or left out. */
    private String mutated(String request) {
        StringBuilder bytes = new StringBuilder(request);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(bytes.length());
            switch (random.nextInt(3)) {
                case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
                case 1 -> bytes.insert(at, (char) random.nextInt(256));
                default -> bytes.deleteCharAt(at);
            }
        }
        // What was left open would be waited for; the end of input says that no more comes.
        return bytes.toString();
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
