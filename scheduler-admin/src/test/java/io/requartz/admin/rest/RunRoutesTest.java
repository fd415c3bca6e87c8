package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Calls.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRoutesTest {

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
    void listsPartByPart() {
        List<String> submitted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            submitted.add(0, later("\"tags\": [\"paged\"]"));
        }

        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode part = server.calls()
                    .get("/api/v1/runs?tag=paged&limit=2" + cursor)
                    .expecting(200)
                    .json();
            assertThat(part.get("items").size()).isLessThanOrEqualTo(2);
            part.get("items").forEach(run -> listed.add(run.get("id").asText()));
            cursor = part.get("next").isNull()
                    ? null
                    : "&cursor=" + part.get("next").asText();
        } while (cursor != null);

        assertThat(listed).isEqualTo(submitted);
    }

    @Test
    void listsLeaveOutPayloadAndResult() {
        later("\"tags\": [\"slim\"], \"payload\": {\"a\": 1}");

        JsonNode run = list("tag=slim").get(0);

        assertThat(run.has("payload")).isFalse();
        assertThat(run.has("result")).isFalse();
    }

    @Test
    void filtersByEachParameter() {
        String id = later("\"tags\": [\"filtered\"], \"unique_key\": \"key of the filtered\"");
        String dead = server.calls().submit("broken", "{\"tags\": [\"filtered\"]}");
        server.calls().ended(dead);

        assertThat(ids("tag=filtered&state=scheduled")).containsExactly(id);
        assertThat(ids("tag=filtered&state=DEAD")).containsExactly(dead);
        assertThat(ids("tag=filtered&state=DEAD,SCHEDULED")).containsExactly(dead, id);
        assertThat(ids("tag=filtered&state=DEAD&state=SCHEDULED")).containsExactly(dead, id);
        assertThat(ids("tag=filtered&type=broken")).containsExactly(dead);
        assertThat(ids("tag=filtered&category=not_found")).containsExactly(dead);
        assertThat(ids("tag=filtered&min-attempts=1")).containsExactly(dead);
        assertThat(ids("tag=filtered&min-retries=0")).containsExactly(dead, id);
        assertThat(ids("tag=filtered&min-retries=1")).isEmpty();
        assertThat(ids("tag=filtered&due-before=2999-01-01T00:00:00Z")).containsExactly(id);
        assertThat(ids("tag=filtered&due-before=2001-01-01T00:00:00Z")).isEmpty();
        assertThat(ids("tag=filtered&since=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(ids("tag=filtered&until=2999-01-01T00:00:00Z")).containsExactly(dead, id);
        assertThat(ids("q=" + id)).containsExactly(id);
        assertThat(ids("tag=FILTERED%25")).isEmpty();
        assertThat(ids("tag=filtere_")).isEmpty();
        assertThat(ids("q=%25")).isEmpty();
        assertThat(ids("type=no_such_type")).isEmpty();
        assertThat(ids("tag=filtered&sort=oldest")).containsExactly(id, dead);
        assertThat(ids("tag=filtered&sort=due")).containsExactly(id);
    }

    @Test
    void tellsAttemptsLogsAndEvents() {
        String id = server.calls().submit("broken", "{}");
        server.calls().ended(id);
        String good = server.calls().submit("hello", "{}");
        server.calls().ended(good);

        JsonNode attempt = server.calls()
                .get("/api/v1/runs/" + id + "/attempts")
                .expecting(200)
                .json()
                .get("items")
                .get(0);
        assertThat(attempt.get("number").asInt()).isEqualTo(1);
        assertThat(attempt.get("outcome").asText()).isEqualTo("FAILED");
        assertThat(attempt.get("category").asText()).isEqualTo("not_found");
        assertThat(attempt.get("http_status").asInt()).isEqualTo(404);
        assertThat(attempt.get("message").asText()).isEqualTo("no such document");
        assertThat(attempt.get("duration_seconds").isNumber()).isTrue();
        assertThat(attempt.get("decision").get("next_state").asText()).isEqualTo("DEAD");
        assertThat(attempt.get("decision").get("why").asText()).isNotBlank();
        JsonNode logs =
                server.calls().get("/api/v1/runs/" + good + "/logs").json().get("items");
        assertThat(logs.toString()).contains("hello from attempt 1");
        assertThat(server.calls()
                        .get("/api/v1/runs/" + id + "/events")
                        .expecting(200)
                        .json()
                        .get("items")
                        .isArray())
                .isTrue();
    }

    @Test
    void cancelsARun() {
        String id = later("");

        JsonNode answer = server.calls()
                .post("/api/v1/runs/" + id + "/cancel", "{\"note\": \"not needed any more\"}")
                .expecting(200)
                .json();

        assertThat(answer.get("requested").asBoolean()).isFalse();
        assertThat(answer.get("run").get("state").asText()).isEqualTo("CANCELLED");
        JsonNode event = server.calls()
                .get("/api/v1/runs/" + id + "/events")
                .json()
                .get("items")
                .get(0);
        assertThat(event.get("actor").asText()).isEqualTo("token:admin");
        assertThat(event.get("note").asText()).isEqualTo("not needed any more");
        server.calls().post("/api/v1/runs/" + id + "/cancel", "{}").problem(409, "conflict");
    }

    @Test
    void editsWhatIsNotRunning() {
        String id = later("\"payload\": {\"a\": 1}");

        Answer edited = server.calls()
                .patch("/api/v1/runs/" + id, "{\"payload\": {\"a\": 2}, \"priority\": \"low\", \"note\": \"typo\"}")
                .expecting(200);

        assertThat(edited.json().get("payload").get("a").asInt()).isEqualTo(2);
        assertThat(edited.json().get("payload_version").asInt()).isEqualTo(2);
        assertThat(edited.json().get("priority").asText()).isEqualTo("low");
    }

    @Test
    void editsOnlyTheVersionThatTheCallerHasRead() {
        String id = later("");
        Answer read = server.calls().get("/api/v1/runs/" + id);
        String tag = read.header("ETag");

        Answer edited = server.calls().patch("/api/v1/runs/" + id, "{\"tags\": [\"one\"]}", "If-Match", tag);
        Answer late = server.calls().patch("/api/v1/runs/" + id, "{\"tags\": [\"two\"]}", "If-Match", tag);

        edited.expecting(200);
        assertThat(edited.header("ETag")).isNotEqualTo(tag);
        JsonNode problem = late.problem(412, "stale");
        assertThat(problem.get("expected_version").asLong())
                .isEqualTo(read.json().get("version").asLong());
        assertThat(problem.get("current_version").asLong())
                .isEqualTo(edited.json().get("version").asLong());
        server.calls()
                .patch("/api/v1/runs/" + id, "{\"tags\": [\"two\"]}", "If-Match", "*")
                .expecting(200);
    }

    @Test
    void refusesWrongVersionsAndEmptyEdits() {
        String id = later("");

        for (String tag : new String[] {"3", "W/\"3\"", "\"x\"", "\"1\", \"2\"", "\"99999999999999999999\""}) {
            server.calls()
                    .patch("/api/v1/runs/" + id, "{\"tags\": []}", "If-Match", tag)
                    .problem(400, "invalid");
        }
        server.calls().patch("/api/v1/runs/" + id, "{\"note\": \"nothing\"}").problem(400, "invalid");
    }

    @Test
    void retriesAWaitingRunNow() {
        String id = later("");

        server.calls()
                .post("/api/v1/runs/" + id + "/retry", "{\"note\": \"cannot wait\"}")
                .expecting(200);

        assertThat(server.calls().ended(id).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void retriesASettledRunAsANewOne() {
        String id = server.calls().submit("hello", "{}");
        server.calls().ended(id);

        Answer answer =
                server.calls().post("/api/v1/runs/" + id + "/retry", "{}").expecting(201);

        assertThat(answer.json().get("copy_of").asText()).isEqualTo(id);
        assertThat(answer.header("Location"))
                .isEqualTo("/api/v1/runs/" + answer.json().get("id").asText());
    }

    @Test
    void decidesAboutDeadLetters() {
        String retried = dead();
        String resolved = dead();
        String rejected = dead();

        JsonNode letter = server.calls()
                .get("/api/v1/dead-letters/" + retried)
                .expecting(200)
                .json();
        assertThat(letter.get("reason").asText()).isEqualTo("not_retryable");
        assertThat(letter.get("status").asText()).isEqualTo("OPEN");
        assertThat(letter.get("payload").isObject()).isTrue();
        JsonNode open = server.calls()
                .get("/api/v1/dead-letters?status=open&type=broken&reason=not_retryable&category=not_found&fingerprint="
                        + letter.get("fingerprint").asText())
                .expecting(200)
                .json();
        assertThat(open.get("items"))
                .extracting(each -> each.get("id").asText())
                .contains(retried, resolved, rejected);

        String dl = "/api/v1/dead-letters/";
        server.calls()
                .post(dl + retried + "/retry", "{\"payload\": {\"fixed\": true}}")
                .expecting(200);
        JsonNode done = server.calls()
                .post(dl + resolved + "/resolve", "{\"note\": \"by hand\"}")
                .expecting(200)
                .json();
        server.calls().post(dl + rejected + "/reject", "{}").problem(400, "invalid");
        server.calls()
                .post(dl + rejected + "/reject", "{\"note\": \"too old\"}")
                .expecting(200);

        assertThat(done.get("state").asText()).isEqualTo("RESOLVED");
        server.calls().post(dl + resolved + "/resolve", "{}").problem(409, "conflict");
        assertThat(server.calls().get(dl + rejected).json().get("status").asText())
                .isEqualTo("REJECTED");
    }

    @Test
    void pausesAndResumesATypeAndEverything() {
        JsonNode paused = server.calls()
                .post("/api/v1/scheduler/pause", "{\"type\": \"hello\", \"note\": \"partner is down\"}")
                .expecting(200)
                .json();
        assertThat(paused.get("paused_types").toString()).contains("hello");
        assertThat(paused.get("paused").asBoolean()).isFalse();
        server.calls().post("/api/v1/scheduler/resume", "{\"type\": \"hello\"}").expecting(200);

        JsonNode all = server.calls()
                .post("/api/v1/scheduler/pause", "{}")
                .expecting(200)
                .json();
        assertThat(all.get("paused").asBoolean()).isTrue();
        assertThat(all.get("paused_by").asText()).isEqualTo("token:admin");
        JsonNode on = server.calls()
                .post("/api/v1/scheduler/resume", "")
                .expecting(200)
                .json();
        assertThat(on.get("paused").asBoolean()).isFalse();
        server.calls()
                .post("/api/v1/scheduler/pause", "{\"type\": \"no_such_type\"}")
                .problem(404, "not-found");
    }

    @Test
    void tellsOfTheCluster() {
        JsonNode node = server.calls()
                .get("/api/v1/nodes")
                .expecting(200)
                .json()
                .get("items")
                .get(0);
        JsonNode status = server.calls().get("/api/v1/scheduler").expecting(200).json();
        JsonNode types =
                server.calls().get("/api/v1/job-types").expecting(200).json().get("items");

        assertThat(node.get("id").asText()).isEqualTo("rest-test");
        assertThat(node.get("self").asBoolean()).isTrue();
        assertThat(node.get("started_at").asText()).endsWith("Z");
        assertThat(status.get("runs").has("SCHEDULED")).isTrue();
        assertThat(status.get("types").toString()).contains("hello");
        assertThat(types).extracting(type -> type.get("name").asText()).contains("hello", "broken");
        assertThat(types.get(0).get("retry").has("max-attempts")).isTrue();
        assertThat(server.calls()
                        .post("/api/v1/doctor", "{}")
                        .expecting(200)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    private static String later(String fields) {
        return server.calls().submit("hello", "{\"delay\": \"1h\"" + (fields.isEmpty() ? "" : ", " + fields) + "}");
    }

    private static String dead() {
        String id = server.calls().submit("broken", "{}");
        assertThat(server.calls().ended(id).get("state").asText()).isEqualTo("DEAD");
        return id;
    }

    private static JsonNode list(String query) {
        return server.calls().get("/api/v1/runs?" + query).expecting(200).json().get("items");
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        list(query).forEach(run -> ids.add(run.get("id").asText()));
        return ids;
    }
}
