package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Calls.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleRoutesTest {

    private static final String ROOT = "/api/v1/schedules";

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

    private static Answer post(String path, String body) {
        return server.calls().call("POST", ROOT + path, body.replace('\'', '"'));
    }

    private static Answer put(String path, String body, String... headers) {
        return server.calls().call("PUT", ROOT + path, body.replace('\'', '"'), headers);
    }

    private static JsonNode get(String path) {
        return server.calls().get(ROOT + path).expecting(200).json();
    }

    @Test
    void aScheduleIsMadeShownChangedAndDeleted() {
        Answer created = post(
                "",
                "{'name': 'nightly', 'type': 'hello', 'cron': '0 30 2 * * ?', 'zone': 'Europe/Paris', 'note': 'new',"
                        + " 'calendar': {'exclude_days': ['sunday']}}");

        JsonNode schedule = created.expecting(201).json();
        assertThat(created.header("Location")).isEqualTo(ROOT + "/nightly");
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(schedule.get("words").asText()).isEqualTo("every day at 02:30 Europe/Paris");
        assertThat(schedule.get("next_fires")).hasSize(5);
        assertThat(schedule.get("source").asText()).isEqualTo("live");
        assertThat(schedule.at("/definition/calendar/exclude_days/0").asText()).isEqualTo("sunday");
        assertThat(get("").get("items").findValuesAsText("name")).contains("nightly");

        put(
                        "/nightly",
                        "{'type': 'hello', 'calendar_interval': '2 weeks', 'start': '2026-01-01T06:00'}",
                        "If-Match",
                        "\"1\"")
                .expecting(200);
        assertThat(get("/nightly").at("/definition/calendar_interval").asText()).isEqualTo("2 weeks");
        assertThat(get("/nightly").get("version").asLong()).isEqualTo(2);

        server.calls().call("DELETE", ROOT + "/nightly", "{}").expecting(200);
        server.calls().get(ROOT + "/nightly").problem(404, "not-found");
    }

    @Test
    void aStaleChangeIsToldBothVersions() {
        post("", "{'name': 'stale', 'type': 'hello', 'every': '1h'}").expecting(201);
        put("/stale", "{'type': 'hello', 'every': '2h'}", "If-Match", "\"1\"").expecting(200);

        JsonNode problem = put("/stale", "{'type': 'hello', 'every': '3h'}", "If-Match", "\"1\"")
                .problem(412, "stale");

        assertThat(problem.get("expected_version").asLong()).isEqualTo(1);
        assertThat(problem.get("current_version").asLong()).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsToldAtOnce() {
        JsonNode problem = post(
                        "",
                        "{'name': 'bad', 'type': 'hello', 'cron': '0 0 0 30 2 ?', 'zone': 'Europe/Pariss', 'overlap': 'x'}")
                .problem(400, "invalid");

        assertThat(problem.get("details").toString())
                .contains("never fires")
                .contains("did you mean 'Europe/Paris'?")
                .contains("overlap");
        post("", "{'name': 'a/b', 'type': 'hello', 'every': '1h'}").problem(400, "invalid");
        post("", "{'type': 'hello', 'every': '1h'}").problem(400, "invalid");
    }

    @Test
    void aTriggerByHandMakesRunsOfTheCellsThatItNames() {
        post("", "{'name': 'shops', 'type': 'hello', 'every': '1d', 'matrix': {'shop': [1, 2], 'platform': ['x']}}")
                .expecting(201);

        JsonNode triggered = post(
                        "/shops/trigger",
                        "{'payload': {'batch_size': 5}, 'max_retries': 0, 'cells': {'shop': 2}, 'note': 'now'}")
                .expecting(200)
                .json();

        assertThat(triggered.get("runs")).hasSize(1);
        JsonNode run = triggered.get("runs").get(0);
        assertThat(run.get("payload").toString()).isEqualTo("{\"platform\":\"x\",\"shop\":2,\"batch_size\":5}");
        server.calls().ended(run.get("id").asText());
        JsonNode fires = get("/shops/fires").get("items");
        assertThat(fires).hasSize(1);
        assertThat(fires.get(0).get("manual").asBoolean()).isTrue();
        assertThat(fires.get(0).get("run_state").asText()).isEqualTo("SUCCEEDED");
        assertThat(fires.get(0).get("cell").asText()).isEqualTo("platform=x, shop=2");
        post("/shops/trigger", "{'cells': {'shop': [1]}}").problem(400, "invalid");
    }

    @Test
    void aPausedScheduleHasNoNextFires() {
        post("", "{'name': 'paused', 'type': 'hello', 'every': '1h'}").expecting(201);

        JsonNode paused =
                post("/paused/pause", "{'note': 'too much'}").expecting(200).json();
        JsonNode resumed = post("/paused/resume", "{}").expecting(200).json();

        assertThat(paused.get("paused").asBoolean()).isTrue();
        assertThat(paused.get("next_fires")).isEmpty();
        assertThat(resumed.get("next_fires")).hasSize(5);
    }

    @Test
    void aScheduleFiresByItself() {
        post("", "{'name': 'each-second', 'type': 'hello', 'every': '1s', 'overlap': 'allow'}")
                .expecting(201);

        JsonNode fires = get("/each-second/fires").get("items");
        for (int i = 0; i < 200 && fires.isEmpty(); i++) {
            server.calls().ended(server.calls().submit("hello", "{\"delay\": \"50ms\"}"));
            fires = get("/each-second/fires").get("items");
        }

        assertThat(fires).isNotEmpty();
        assertThat(fires.get(0).get("manual").asBoolean()).isFalse();
        server.calls().call("DELETE", ROOT + "/each-second", "{}").expecting(200);
    }
}
