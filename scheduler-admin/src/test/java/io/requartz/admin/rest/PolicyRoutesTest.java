package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Calls.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRoutesTest {

    private static final String POLICIES = "/api/v1/policies";
    private static final String SIMULATE = POLICIES + "/simulate";

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

    private static Answer put(String name, String body, String... headers) {
        return server.calls().call("PUT", POLICIES + "/" + name, body, headers);
    }

    private static JsonNode get(String name) {
        return server.calls().get(POLICIES + "/" + name).expecting(200).json();
    }

    @Test
    void listsTheDefaultAndThoseOfAllTypes() {
        JsonNode items = server.calls().get(POLICIES).expecting(200).json().get("items");

        assertThat(items)
                .extracting(item -> item.get("name").asText())
                .contains("default", "type:hello", "type:broken");
        assertThat(items.get(0).get("effective").get("max-attempts").asInt()).isEqualTo(5);
        assertThat(items.get(0).has("categories")).isFalse();
    }

    @Test
    void showsEachValueWithWhereItComesFrom() {
        put(
                        "type:hello",
                        "{\"live\": {\"max-attempts\": 3, \"by-category\": {\"timeout\": {\"backoff\": \"immediate\"}}}}")
                .expecting(200);

        JsonNode policy = get("type:hello");

        assertThat(policy.get("kind").asText()).isEqualTo("type");
        assertThat(policy.get("effective").get("max-attempts").asInt()).isEqualTo(3);
        assertThat(policy.get("from").get("max-attempts").asText()).isEqualTo("live: type:hello");
        assertThat(policy.get("from").get("jitter").asText()).isEqualTo("built-in default");
        assertThat(policy.get("changed_by").asText()).isEqualTo("token:admin");
        JsonNode timeout = category(policy, "timeout");
        assertThat(timeout.get("effective").get("backoff").asText()).isEqualTo("immediate");
        assertThat(timeout.get("from").get("backoff").asText()).isEqualTo("live: type:hello");
        assertThat(category(policy, "validation").get("again").asBoolean()).isFalse();
    }

    private static JsonNode category(JsonNode policy, String name) {
        for (JsonNode category : policy.get("categories")) {
            if (category.get("category").asText().equals(name)) {
                return category;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void aChangeOnTheGroundOfAnOldVersionIsRefusedWithBothVersions() {
        Answer made = put("gentle", "{\"live\": {\"max-attempts\": 3}, \"note\": \"calmer\"}", "If-Match", "\"0\"")
                .expecting(200);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");

        JsonNode problem = put("gentle", "{\"live\": {\"max-attempts\": 4}}", "If-Match", "\"0\"")
                .expecting(412)
                .json();

        assertThat(problem.get("expected_version").asLong()).isZero();
        assertThat(problem.get("current_version").asLong()).isEqualTo(1);
        put("gentle", "{\"live\": {\"max-attempts\": 4}}", "If-Match", "\"1\"").expecting(200);
        put("gentle", "{\"live\": {\"max-attempts\": 5}}").expecting(200);
        assertThat(get("gentle").get("version").asLong()).isEqualTo(3);
    }

    @Test
    void emptyKeysTakeTheChangeBack() {
        put("type:broken", "{\"live\": {\"max-attempts\": 2}}").expecting(200);

        put("type:broken", "{\"live\": {}}").expecting(200);

        assertThat(get("type:broken").get("effective").get("max-attempts").asInt())
                .isEqualTo(5);
        put("nobody", "{\"live\": {}}").problem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"live\": 5}",
                "{\"live\": {\"max-atempts\": 5}}",
                "{\"live\": {\"max-attempts\": 0}}",
                "{\"live\": {\"backoff\": {\"table\": [\"1h\", \"-6h\"]}}}",
                "{\"live\": {\"never-on\": [\"timeuot\"]}}",
                "{\"live\": {\"min-delay\": \"2h\"}}",
                "{\"live\": {\"backoff\": {\"exponential\": {\"base\": \"1s\", \"multiplier\": 1e999}}}}",
                "{\"live\": {\"max-delay\": \"99999999999d\"}}",
                "{\"live\": {\"jitter\": null}}",
                "{\"keys\": {}}"
            })
    void whatIsNoPolicyIsRefused(String body) {
        put("default", body).problem(400, "invalid");
        assertThat(get("default").get("version").asLong()).isZero();
    }

    @Test
    void policiesThatCannotBeNamedSoAreRefused() {
        put("bad%20name", "{\"live\": {\"jitter\": \"none\"}}").problem(400, "invalid");
        put("type:nobody", "{\"live\": {\"jitter\": \"none\"}}").problem(404, "not-found");
        server.calls().get(POLICIES + "/nobody").problem(404, "not-found");
    }

    @Test
    void simulatesAPolicyWithKeysOverIt() {
        JsonNode answer = server.calls().post(SIMULATE, """
                        {"policy": {"backoff": {"exponential": {"base": "2s", "exponent-from": 1}}, "jitter": "none"},
                         "categories": ["timeout", "server_error"], "seed": 7}""").expecting(200).json();

        assertThat(answer.get("attempts")).hasSize(5);
        assertThat(answer.get("attempts"))
                .extracting(step -> step.get("starts_after_seconds").asDouble())
                .containsExactly(0.0, 4.0, 12.0, 28.0, 60.0);
        assertThat(answer.get("attempts").get(1).get("category").asText()).isEqualTo("server_error");
        assertThat(answer.get("attempts").get(0).get("why").asText()).contains("exponential 2s x 2");
        assertThat(answer.get("end").asText()).isEqualTo("dead-letter");
        assertThat(answer.get("reason").asText()).isEqualTo("exhausted");
    }

    @Test
    void theSameSeedGivesTheSameDelays() {
        String body = "{\"name\": \"type:hello\", \"seed\": 42, \"failures\": 3}";

        assertThat(server.calls().post(SIMULATE, body).json())
                .isEqualTo(server.calls().post(SIMULATE, body).json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"nobody\"}",
                "{\"categories\": [\"timeuot\"]}",
                "{\"categories\": []}",
                "{\"failures\": 0}",
                "{\"failures\": 1001}",
                "{\"seed\": -1}",
                "{\"policy\": {\"max-atempts\": 3}}",
                "{\"policy\": \"default\"}",
                "{\"retry_after\": \"soon\"}",
                "{\"attempt_takes\": 1e300}"
            })
    void simulationsThatMakeNoSenseAreRefused(String body) {
        assertThat(server.calls().post(SIMULATE, body).status()).isIn(400, 404);
    }

    @Test
    void aRunBringsItsOwnKeysAndTheyCanBeChanged() {
        JsonNode run = server.calls()
                .post("/api/v1/job-types/hello/runs", "{\"delay\": \"1h\", \"policy\": {\"max-attempts\": 8}}")
                .expecting(201)
                .json();
        String path = "/api/v1/runs/" + run.get("id").asText();

        assertThat(run.get("policy").get("max-attempts").asInt()).isEqualTo(8);
        JsonNode policy = server.calls().get(path + "/policy").expecting(200).json();
        assertThat(policy.get("effective").get("max-attempts").asInt()).isEqualTo(8);
        assertThat(policy.get("from").get("max-attempts").asText()).isEqualTo("run");
        JsonNode edited = server.calls()
                .patch(path, "{\"policy\": {\"retry-enabled\": false}}")
                .expecting(200)
                .json();
        assertThat(edited.get("policy").toString()).isEqualTo("{\"retry-enabled\":false}");
        assertThat(server.calls()
                        .patch(path, "{\"policy\": {}}")
                        .expecting(200)
                        .json()
                        .has("policy"))
                .isFalse();
        server.calls().patch(path, "{\"policy\": {\"max-attempts\": \"many\"}}").problem(400, "invalid");
        server.calls()
                .post("/api/v1/job-types/hello/runs", "{\"policy\": {\"max-retries\": 1, \"max-attempts\": 2}}")
                .problem(400, "invalid");
    }
}
