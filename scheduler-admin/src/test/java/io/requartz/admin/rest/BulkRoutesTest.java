package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Calls.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkRoutesTest {

    private static final String API = "/api/v1";

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

    private static String dead() {
        String id = server.calls().submit("broken", "{}");
        server.calls().ended(id);
        return id;
    }

    private static String waiting(String tag) {
        return server.calls().submit("hello", "{\"delay\": \"1h\", \"tags\": [\"" + tag + "\"]}");
    }

    private static String selected(List<String> ids, String more) {
        return "{\"ids\": [\"" + String.join("\", \"", ids) + "\"]" + more + "}";
    }

    /** Waits until the bulk action has ended. */
    private static JsonNode ended(Answer begun) {
        String path = begun.expecting(202).header("Location");
        assertThat(path)
                .isEqualTo(API + "/bulk-actions/" + begun.json().get("id").asText());
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> server.calls().get(path).expecting(200).json(),
                        action -> action.get("finished_at").isTextual());
    }

    @Test
    void selectedDeadLettersAreResolvedAndToldSo() {
        List<String> ids = List.of(dead(), dead());
        String other = dead();

        JsonNode action = ended(
                server.calls().post(API + "/dead-letters/resolve?all=true", selected(ids, ", \"note\": \"by phone\"")));

        assertThat(action.get("state").asText()).isEqualTo("DONE");
        assertThat(action.get("kind").asText()).isEqualTo("resolve_dead_letters");
        assertThat(action.get("matched").asInt()).isEqualTo(2);
        assertThat(action.get("done").asInt()).isEqualTo(2);
        assertThat(action.get("percent").asInt()).isEqualTo(100);
        assertThat(action.get("created_by").asText()).isEqualTo("token:admin");
        assertThat(action.get("criteria").get("ids")).hasSize(2);
        for (String id : ids) {
            assertThat(state(id)).isEqualTo("RESOLVED");
        }
        assertThat(state(other)).isEqualTo("DEAD");
        JsonNode event = server.calls()
                .get(API + "/runs/" + ids.get(0) + "/events")
                .json()
                .get("items")
                .get(0);
        assertThat(event.get("detail").get("bulk_action").asText())
                .isEqualTo(action.get("id").asText());
    }

    private static String state(String id) {
        return server.calls().get(API + "/runs/" + id).json().get("state").asText();
    }

    @Test
    void aDryRunTellsHowManyAndDoesNothing() {
        String id = waiting("dry");

        JsonNode answer = server.calls()
                .post(API + "/runs/cancel?tag=dry&dry-run=true", "{}")
                .expecting(200)
                .json();

        assertThat(answer.get("matched").asInt()).isEqualTo(1);
        assertThat(answer.get("dry_run").asBoolean()).isTrue();
        assertThat(state(id)).isEqualTo("SCHEDULED");
    }

    @Test
    void runsThatMatchAreCancelled() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(waiting("stale"));
        }
        String other = waiting("fresh");

        JsonNode action = ended(server.calls().post(API + "/runs/cancel?tag=stale", "{\"note\": \"too late\"}"));

        assertThat(action.get("done").asInt()).isEqualTo(3);
        assertThat(ids).allSatisfy(id -> assertThat(state(id)).isEqualTo("CANCELLED"));
        assertThat(state(other)).isEqualTo("SCHEDULED");
    }

    @Test
    void runsThatMatchAreRetried() {
        String id = waiting("hurry");

        ended(server.calls().post(API + "/runs/retry?tag=hurry&state=SCHEDULED", "{\"rate_per_second\": 100}"));

        assertThat(server.calls().ended(id).get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatCouldNotBeDealtWithIsListedWithTheReason() {
        String taken = server.calls().submit("broken", "{\"unique_key\": \"shop 9\"}");
        server.calls().ended(taken);
        String open = server.calls().submit("broken", "{\"unique_key\": \"shop 9\", \"delay\": \"1h\"}");

        JsonNode action =
                ended(server.calls().post(API + "/dead-letters/retry?all=true", selected(List.of(taken), "")));
        JsonNode refusals = server.calls()
                .get(API + "/bulk-actions/" + action.get("id").asText() + "/refusals")
                .expecting(200)
                .json()
                .get("items");

        assertThat(action.get("failed").asInt()).isEqualTo(1);
        assertThat(action.get("left").asInt()).isZero();
        assertThat(action.get("predicted_end").isNull()).isTrue();
        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0).get("run_id").asText()).isEqualTo(taken);
        assertThat(refusals.get(0).get("reason").asText()).contains(open);
        server.calls().get(API + "/bulk-actions/no-such/refusals").problem(404, "not-found");
    }

    @Test
    void anActionIsPausedResumedAndCancelled() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(dead());
        }
        JsonNode begun = server.calls()
                .post(API + "/dead-letters/retry", selected(ids, ", \"rate_per_second\": 1"))
                .expecting(202)
                .json();
        String path = API + "/bulk-actions/" + begun.get("id").asText();

        assertThat(server.calls()
                        .post(path + "/pause", "{\"note\": \"wait\"}")
                        .expecting(200)
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("PAUSED");
        server.calls().post(path + "/pause", "{}").problem(409, "conflict");
        assertThat(server.calls()
                        .post(path + "/resume", "{}")
                        .expecting(200)
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("RUNNING");
        JsonNode cancelled =
                server.calls().post(path + "/cancel", "{}").expecting(200).json();
        assertThat(cancelled.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("done").asInt()).isLessThan(12);
        server.calls().post(path + "/resume", "{}").problem(409, "conflict");
        assertThat(server.calls()
                        .get(API + "/bulk-actions?state=cancelled&kind=retry_dead_letters")
                        .expecting(200)
                        .json()
                        .get("items")
                        .get(0)
                        .get("id")
                        .asText())
                .isEqualTo(begun.get("id").asText());
    }

    @Test
    void whatIsNotSaidIsNeverReadAsAll() {
        for (String path : List.of("/runs/cancel", "/runs/retry", "/dead-letters/retry", "/dead-letters/resolve")) {
            assertThat(server.calls()
                            .post(API + path, "{}")
                            .problem(400, "invalid")
                            .get("detail")
                            .asText())
                    .contains("which are meant");
        }
        server.calls().post(API + "/dead-letters/reject?all=true", "{}").problem(400, "invalid");
        server.calls().post(API + "/runs/cancel?tagg=x", "{}").problem(400, "invalid");
        server.calls().post(API + "/runs/cancel?all=yes", "{}").problem(400, "invalid");
        server.calls().post(API + "/runs/cancel?state=DEAD", "{}").problem(400, "invalid");
        server.calls()
                .post(API + "/runs/cancel?tag=x", "{\"rate_per_second\": 5}")
                .problem(400, "invalid");
        server.calls()
                .post(API + "/runs/retry?tag=x", "{\"rate_per_second\": 0}")
                .problem(400, "invalid");
        server.calls().post(API + "/runs/retry", "{\"ids\": [\"x\"]}").problem(400, "invalid");
        server.calls()
                .post(API + "/dead-letters/retry?status=RESOLVED&type=x", "{}")
                .problem(400, "invalid");
        server.calls().get(API + "/bulk-actions/nonsense").problem(404, "not-found");
        server.calls().get(API + "/bulk-actions?cursor=bm9uc2Vuc2U").problem(400, "invalid");
    }

    @Test
    void aDeadLetterIsAssignedAndFoundByIt() {
        String id = dead();

        JsonNode letter = server.calls()
                .post(API + "/dead-letters/" + id + "/assign", "{\"assignee\": \"ben\", \"note\": \"knows it\"}")
                .expecting(200)
                .json();

        assertThat(letter.get("assignee").asText()).isEqualTo("ben");
        assertThat(letter.get("assigned_by").asText()).isEqualTo("token:admin");
        JsonNode found =
                server.calls().get(API + "/dead-letters?assignee=ben").json().get("items");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("id").asText()).isEqualTo(id);
        server.calls().post(API + "/dead-letters/" + id + "/assign", "{}").expecting(200);
        assertThat(server.calls().get(API + "/dead-letters?assignee=ben").json().get("items"))
                .isEmpty();
        server.calls().get(API + "/dead-letters?assignee=ben&unassigned=true").problem(400, "invalid");
    }

    @Test
    void failuresOfOneKindAreOneGroup() {
        String id = dead();
        dead();

        JsonNode groups = server.calls()
                .get(API + "/dead-letters/groups?type=broken")
                .expecting(200)
                .json()
                .get("items");

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).get("count").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(groups.get(0).get("message").asText()).isEqualTo("no such document");
        assertThat(groups.get(0).get("types").get("broken").asInt())
                .isEqualTo(groups.get(0).get("count").asInt());
        assertThat(groups.get(0).get("fingerprint").asText())
                .isEqualTo(server.calls()
                        .get(API + "/dead-letters/" + id)
                        .json()
                        .get("fingerprint")
                        .asText());
    }

    @Test
    void aDeadLetterTellsWhatWasChangedOfItsPayload() {
        String id = server.calls().submit("broken", "{\"payload\": {\"shop\": 7, \"menu\": \"old\"}}");
        server.calls().ended(id);
        server.calls()
                .patch(API + "/runs/" + id, "{\"payload\": {\"shop\": 8, \"lang\": \"de\"}}")
                .expecting(200);

        JsonNode letter =
                server.calls().get(API + "/dead-letters/" + id).expecting(200).json();

        assertThat(letter.get("payload").get("shop").asInt()).isEqualTo(7);
        assertThat(letter.get("payload_now").get("shop").asInt()).isEqualTo(8);
        assertThat(letter.get("payload_changes").toString())
                .isEqualTo("[{\"kind\":\"changed\",\"path\":\"/shop\",\"from\":7,\"to\":8},"
                        + "{\"kind\":\"removed\",\"path\":\"/menu\",\"from\":\"old\"},"
                        + "{\"kind\":\"added\",\"path\":\"/lang\",\"to\":\"de\"}]");
    }

    @Test
    void acceptedChangesAreInTheAuditAndRefusedOnesAreNot() {
        String id = waiting("audited");
        server.calls()
                .post(API + "/runs/" + id + "/cancel", "{\"note\": \"not needed\"}")
                .expecting(200);
        server.calls().post(API + "/runs/" + id + "/cancel", "{}").problem(409, "conflict");

        JsonNode entries = server.calls()
                .get(API + "/audit?kind=run&subject=" + id)
                .expecting(200)
                .json()
                .get("items");

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("action").asText()).isEqualTo("run.cancel");
        assertThat(entries.get(0).get("actor").asText()).isEqualTo("token:admin");
        assertThat(entries.get(0).get("note").asText()).isEqualTo("not needed");
        assertThat(entries.get(0).get("before").get("state").asText()).isEqualTo("SCHEDULED");
        assertThat(entries.get(0).get("after").get("state").asText()).isEqualTo("CANCELLED");
        server.calls()
                .post(API + "/scheduler/pause", "{\"type\": \"broken\", \"note\": \"quiet\"}")
                .expecting(200);
        server.calls().post(API + "/scheduler/pause", "{\"type\": \"broken\"}").expecting(200);
        server.calls().post(API + "/scheduler/resume", "{\"type\": \"broken\"}").expecting(200);
        JsonNode pauses = server.calls()
                .get(API + "/audit?kind=scheduler&subject=type%3Abroken")
                .json()
                .get("items");
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(1).get("action").asText()).isEqualTo("scheduler.pause");
        assertThat(pauses.get(1).get("note").asText()).isEqualTo("quiet");
        JsonNode first =
                server.calls().get(API + "/audit?limit=1").expecting(200).json();
        assertThat(first.get("items")).hasSize(1);
        server.calls().get(API + "/audit?since=2999-01-01T00:00:00Z").expecting(200);
        server.calls().get(API + "/audit?cursor=bm9uc2Vuc2U").problem(400, "invalid");
    }
}
