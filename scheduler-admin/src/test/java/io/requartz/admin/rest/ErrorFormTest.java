package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorFormTest {

    private static final String SUBMIT = "/api/v1/job-types/hello/runs";

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

    @Test
    void unknownPathsAreNotFound() {
        for (String path : new String[] {"/nowhere", "/api/v2/runs", "/api/v1/nowhere", "/api/v1", "/index.html"}) {
            JsonNode problem = server.calls().get(path).problem(404, "not-found");

            assertThat(problem.get("instance").asText()).isEqualTo(path);
        }
    }

    @Test
    void anUnknownRunIsNotFoundInAllItsParts() {
        String run = "/api/v1/runs/" + UUID.randomUUID();

        for (String part : new String[] {"", "?wait=1s", "/attempts", "/logs", "/events"}) {
            server.calls().get(run + part).problem(404, "not-found");
        }
        server.calls().post(run + "/cancel", "{}").problem(404, "not-found");
        server.calls().post(run + "/retry", "{}").problem(404, "not-found");
        server.calls().patch(run, "{\"tags\": []}").problem(404, "not-found");
        server.calls().get("/api/v1/dead-letters/" + UUID.randomUUID()).problem(404, "not-found");
    }

    @Test
    void anUnknownTypeIsNotFound() {
        server.calls().post("/api/v1/job-types/no_such_type/runs", "{}").problem(404, "not-found");
        server.calls().post("/api/v1/job-types/a%20b'%22%3Cx%3E/runs", "{}").problem(404, "not-found");
    }

    @Test
    void anotherMethodIsNotAllowedAndTheRightOnesAreNamed() {
        Calls.Answer answer = server.calls().call("DELETE", "/api/v1/runs", null);

        answer.problem(405, "method-not-allowed");
        assertThat(answer.header("Allow")).contains("GET");
        server.calls().call("TRACE", "/api/v1/runs", null).expecting(405);
    }

    @Test
    void anotherFormOfAnswerIsNotAcceptable() {
        server.calls().call("GET", "/api/v1/runs", null, "Accept", "text/xml").problem(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"payload\": {",
                "{\"payload\": {}",
                "{'payload': {}}",
                "{\"payload\": {},}",
                "{} {}",
                "{\"payload\": NaN}",
                "{\"payload\": {\"a\": 1, \"a\": 2}}",
                "{\"payload\": {\"a\": 01}}",
                "\u0000",
                "null x",
                "/* c */ {}"
            })
    void malformedJsonIsToldWithItsPlace(String body) {
        JsonNode problem = server.calls().post(SUBMIT, body).problem(400, "invalid");

        assertThat(problem.get("detail").asText()).matches("(?s)the body is not JSON at line 1, column [0-9]+: .+");
        assertNothingLeaks(problem.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "\"text\"", "true"})
    void jsonThatIsNoObjectIsRefused(String body) {
        server.calls().post(SUBMIT, body).problem(400, "invalid");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"payload\": " + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}";

        JsonNode problem = server.calls().post(SUBMIT, deep).problem(400, "invalid");

        assertThat(problem.get("detail").asText()).contains("nested deeper than");
        assertNothingLeaks(problem.toString());
    }

    @Test
    void unknownFieldsAreRefusedWithAGuess() {
        JsonNode problem = server.calls().post(SUBMIT, "{\"paylod\": {}}").problem(400, "invalid");

        assertThat(problem.get("detail").asText()).contains("'paylod'").contains("did you mean 'payload'?");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        JsonNode problem = server.calls()
                .post(SUBMIT, "{\"payload\": [], \"priority\": \"hihg\", \"delay\": \"soon\", \"tags\": [1]}")
                .problem(400, "invalid");

        assertThat(problem.get("details")).hasSize(4);
        assertThat(problem.get("details").toString())
                .contains("payload: came a list; expected a JSON object")
                .contains("lowest, low, normal, high, highest")
                .contains("did you mean 'high'?")
                .contains("tags[0]: came a number; expected a text");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=ten, limit",
        "limit=99999999999, limit",
        "limit=1&limit=2, limit",
        "limit=, limit",
        "state=RUNING, RUNNING",
        "state=, state",
        "category=Time-Out, category",
        "since=yesterday, ISO 8601",
        "until=2026-01-15, ISO 8601",
        "since=%2B1000000000-12-31T23:59:59Z, ISO 8601",
        "due-before=-999999999-01-01T00:00:00Z, ISO 8601",
        "min-attempts=-1, min-attempts",
        "min-attempts=1&min-retries=1, min-retries",
        "q=%00, control character",
        "cursor=not-a-cursor, cursor",
        "cursor=%F0%9F%98%80, cursor",
    })
    void wrongParametersAreToldWithWhatWasExpected(String query, String told) {
        JsonNode problem = server.calls().get("/api/v1/runs?" + query).problem(400, "invalid");

        assertThat(problem.toString()).contains(told);
        assertNothingLeaks(problem.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "%25", "_", "'; DROP TABLE RUNS; --", "../../etc/passwd", "\uD83D\uDE00", "a\tb"})
    void wrongIdsAreToldWithWhatWasExpected(String id) {
        String path = java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");

        Calls.Answer answer = server.calls().get("/api/v1/runs/" + path);

        answer.problem(400, "invalid");
        assertNothingLeaks(answer.body());
    }

    @Test
    void whatStrangersSendIsEchoedHarmlessly() {
        JsonNode problem = server.calls()
                .get("/api/v1/runs?%1B%5B31m%0D%0AX-Injected:%201=%3Cscript%3E")
                .problem(400, "invalid");

        assertThat(problem.get("detail").asText())
                .contains("\\u001b[31m\\u000d\\u000aX-Injected")
                .doesNotContain("\u001b");
    }

    @Test
    void longNamesAreCut() {
        String name = "n".repeat(6_000);

        String body =
                server.calls().get("/api/v1/runs?" + name + "=1").expecting(400).body();

        assertThat(body).hasSizeLessThan(2_000);
    }

    @Test
    void halfCharactersAreRefused() {
        server.calls().post(SUBMIT, "{\"payload\": {\"a\": [\"\\ud800\"]}}").problem(400, "invalid");
        server.calls().post(SUBMIT, "{\"payload\": {\"\\udc00\": 1}}").problem(400, "invalid");
        server.calls().post(SUBMIT, "{\"tags\": [\"\\ud83d\"]}").problem(400, "invalid");
    }

    static void assertNothingLeaks(String body) {
        assertThat(body)
                .doesNotContain("io.requartz")
                .doesNotContain("java.")
                .doesNotContain("com.fasterxml")
                .doesNotContain("org.")
                .doesNotContain("Exception")
                .doesNotContain("StreamRead")
                .doesNotContain("SELECT ")
                .doesNotContain("\tat ");
    }
}
