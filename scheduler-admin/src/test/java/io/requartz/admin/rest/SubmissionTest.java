package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Calls.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {

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
    void createsARunThatRunsAndGivesItsResult() {
        Answer created = server.calls()
                .post(SUBMIT, "{\"payload\": {\"restaurant_id\": 17}}")
                .expecting(201);

        JsonNode run = created.json();
        String id = run.get("id").asText();
        assertThat(created.header("Location")).isEqualTo("/api/v1/runs/" + id);
        assertThat(created.header("ETag")).isEqualTo("\"" + run.get("version").asText() + "\"");
        assertThat(run.get("created_by").asText()).isEqualTo("token:admin");
        assertThat(run.get("priority").asText()).isEqualTo("normal");
        JsonNode ended = server.calls().ended(id);
        assertThat(ended.get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.get("result").get("hello").asText()).isEqualTo("world");
        assertThat(ended.get("payload").get("restaurant_id").asInt()).isEqualTo(17);
    }

    @Test
    void takesAllThatARunCanBeGiven() {
        JsonNode run = server.calls().post(SUBMIT, """
                        {"payload": {"a": 1}, "priority": "high", "delay": "2h", "expire_after": 86400,
                         "tags": ["menu", "\u00fc \ud83d\ude00"], "unique_key": "restaurant 17"}
                        """).expecting(201).json();

        Instant created = Instant.parse(run.get("created_at").asText());
        assertThat(Instant.parse(run.get("due_at").asText())).isEqualTo(created.plus(2, ChronoUnit.HOURS));
        assertThat(Instant.parse(run.get("expires_at").asText())).isEqualTo(created.plus(1, ChronoUnit.DAYS));
        assertThat(run.get("priority").asText()).isEqualTo("high");
        assertThat(run.get("tags")).extracting(JsonNode::asText).containsExactly("menu", "\u00fc \ud83d\ude00");
        assertThat(run.get("unique_key").asText()).isEqualTo("restaurant 17");
    }

    @Test
    void atATimeOfWhateverZone() {
        JsonNode run = server.calls()
                .post(SUBMIT, "{\"at\": \"2040-05-01T12:00:00+02:00\"}")
                .expecting(201)
                .json();

        assertThat(run.get("due_at").asText()).isEqualTo("2040-05-01T10:00:00Z");
    }

    @Test
    void withoutABodyHasAnEmptyPayload() {
        JsonNode run = server.calls().post(SUBMIT, "").expecting(201).json();

        assertThat(run.get("payload").toString()).isEqualTo("{}");
    }

    @Test
    void theSameKeyGivesTheSameRun() {
        Answer first = server.calls().post(SUBMIT, "{\"payload\": {\"n\": 1}}", "Idempotency-Key", "order 4711");

        Answer second = server.calls().post(SUBMIT, "{\"payload\": {\"n\": 1}}", "Idempotency-Key", "order 4711");

        first.expecting(201);
        second.expecting(200);
        assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(second.header("Location")).isNull();
    }

    @Test
    void theSameKeyWithAnotherPayloadIsAConflict() {
        server.calls()
                .post(SUBMIT, "{\"payload\": {\"n\": 1}}", "Idempotency-Key", "order 1")
                .expecting(201);

        server.calls()
                .post(SUBMIT, "{\"payload\": {\"n\": 2}}", "Idempotency-Key", "order 1")
                .problem(409, "conflict");
    }

    @Test
    void aUniqueKeyIsHeldWhileItsRunIsOpen() {
        server.calls()
                .post(SUBMIT, "{\"unique_key\": \"one\", \"delay\": \"1h\"}")
                .expecting(201);

        server.calls()
                .post(SUBMIT, "{\"unique_key\": \"one\", \"delay\": \"1h\"}")
                .problem(409, "conflict");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\": \"2040-01-01T00:00:00Z\", \"delay\": \"1h\"}",
                "{\"delay\": -1}",
                "{\"delay\": 1e300}",
                "{\"delay\": 1e999999999}",
                "{\"delay\": 1e-999999999}",
                "{\"expire_after\": -1e-999999999}",
                "{\"delay\": 0.0000000001}",
                "{\"delay\": \"99999999999999999999d\"}",
                "{\"delay\": true}",
                "{\"at\": 5}",
                "{\"at\": \"+999999999-12-31T23:59:59Z\"}",
                "{\"expire_after\": \"0.5.5\"}",
                "{\"priority\": 5}",
                "{\"tags\": \"one\"}",
                "{\"tags\": [\"\"]}",
                "{\"tags\": [\"a\\u0000b\"]}",
                "{\"unique_key\": \"a\\nb\"}",
                "{\"payload\": \"text\"}"
            })
    void wrongFieldsAreRefused(String body) {
        server.calls().post(SUBMIT, body).problem(400, "invalid");
    }

    @Test
    void wrongKeysAreRefused() {
        for (String key : new String[] {"", "k".repeat(201)}) {
            server.calls().post(SUBMIT, "{}", "Idempotency-Key", key).problem(400, "invalid");
        }
        server.calls()
                .post(SUBMIT, "{\"unique_key\": \"" + "k".repeat(10_000) + "\"}")
                .problem(400, "invalid");
    }

    @Test
    void payloadsComeBackAsTheyCame() {
        String payload =
                "{\"price\":1.10,\"big\":123456789012345678901234567890,\"nul\":\"\\u0000\",\"emoji\":\"\ud83d\ude00\","
                        + "\"sql\":\"'; DROP TABLE x; --\",\"html\":\"</script><img onerror=x>\",\"sep\":\"\\u2028\",\"\":null}";

        String id = server.calls().submit("hello", "{\"delay\": \"1h\", \"payload\": " + payload + "}");

        JsonNode stored = server.calls().get("/api/v1/runs/" + id).json().get("payload");
        assertThat(stored).isEqualTo(Json.stored(payload));
        assertThat(stored.get("price").toString()).isEqualTo("1.10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e-2147483647", "1e2147483647", "1.5e400"})
    void numbersOfAbsurdSizeDoNotFillTheMemory(String number) {
        Answer answer = server.calls().post(SUBMIT, "{\"delay\": \"1h\", \"payload\": {\"a\": " + number + "}}");

        assertThat(answer.status()).isIn(201, 400);
        if (answer.status() == 201) {
            String run = "/api/v1/runs/" + answer.json().get("id").asText();
            server.calls().get(run).expecting(200);
            server.calls().patch(run, "{\"payload\": {\"b\": " + number + "}}").expecting(200);
        }
    }

    @Test
    void tooLargePayloadsAreRefused() {
        String big = "{\"payload\": {\"a\": \"" + "x".repeat(1_048_576) + "\"}}";

        server.calls().post(SUBMIT, big).problem(413, "too-large");
    }

    @Test
    void manyAreSubmittedAtOnceEachWithItsKey() {
        String body = """
                {"runs": [{"payload": {"a": 1}, "idempotency_key": "many-1"}, {"delay": "1h", "tags": ["menu"]}]}""";

        Answer created = server.calls().post(SUBMIT, body).expecting(201);
        Answer again = server.calls()
                .post(SUBMIT, "{\"runs\": [{\"payload\": {\"a\": 1}, \"idempotency_key\": \"many-1\"}]}")
                .expecting(200);

        JsonNode items = created.json().get("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("created").asBoolean()).isTrue();
        assertThat(items.get(0).get("idempotency_key").asText()).isEqualTo("many-1");
        assertThat(items.get(1).get("state").asText()).isEqualTo("SCHEDULED");
        JsonNode same = again.json().get("items").get(0);
        assertThat(same.get("created").asBoolean()).isFalse();
        assertThat(same.get("id")).isEqualTo(items.get(0).get("id"));
        assertThat(server.calls()
                        .ended(items.get(0).get("id").asText())
                        .get("state")
                        .asText())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void aMistakeInOneOfManyRefusesAll() {
        JsonNode problem = server.calls()
                .post(SUBMIT, "{\"runs\": [{}, {\"priority\": \"urgent\"}]}")
                .expecting(400)
                .json();
        JsonNode key = server.calls()
                .post(SUBMIT, "{\"runs\": [{\"idempotency_key\": \"caf\u00e9\"}]}")
                .expecting(400)
                .json();
        JsonNode list = server.calls()
                .post(SUBMIT, "{\"runs\": {\"a\": 1}}")
                .expecting(400)
                .json();

        assertThat(problem.toString()).contains("priority").contains("runs[1]");
        assertThat(key.toString()).contains("idempotency_key").contains("runs[0]");
        assertThat(list.toString()).contains("expected a list of objects");
    }
}
