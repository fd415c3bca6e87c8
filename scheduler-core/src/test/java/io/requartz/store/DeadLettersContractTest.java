package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.audit.AuditEntry;
import io.requartz.audit.AuditFilter;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkKind;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.problem.Problem;
import io.requartz.run.Run;
import io.requartz.run.RunEvent;
import io.requartz.testdb.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people do about dead letters besides retrying them, and that everything is audited; the same on every database. */
abstract class DeadLettersContractTest extends ScriptedRunsContract {

    DeadLettersContractTest(TestDatabase kind) {
        super(kind);
    }

    @Test
    void everyChangeIsAudited() {
        List<Run> letters = dead(3);
        Run waiting = scheduler
                .runs()
                .submit(wish("ok").delay(Duration.ofHours(1)).build())
                .run();
        scheduler.deadLetters().assign(letters.get(0).id(), "shop team", ANNA, "theirs");
        scheduler.deadLetters().retry(letters.get(0).id(), ANNA, "mended", null);
        scheduler.deadLetters().resolve(letters.get(1).id(), ANNA, null);
        BulkAction action = letters(BulkKind.REJECT_DEAD_LETTERS, null, "no use");
        scheduler.bulkActions().pause(action.id(), ANNA, "a moment");
        scheduler.bulkActions().resume(action.id(), ANNA, null);
        scheduler.doDuties();
        scheduler.runs().retryNow(waiting.id(), ANNA, null, "{\"script\": [\"ok\", \"ok\"]}", null);
        scheduler.runs().cancel(waiting.id(), ANNA, "not needed");

        List<AuditEntry> entries = new ArrayList<>(
                scheduler.audit().list(AuditFilter.ALL, 50, null).items());
        // what the node's start has told of its definitions is another matter
        entries.removeIf(entry -> entry.kind().equals("definitions"));
        assertThat(entries)
                .extracting(AuditEntry::action)
                .containsExactly(
                        "run.cancel",
                        "run.retry",
                        "bulk-action.done",
                        "bulk-action.resume",
                        "bulk-action.pause",
                        "dead-letters.bulk-reject",
                        "dead-letter.resolve",
                        "dead-letter.retry",
                        "dead-letter.assign");
        assertThat(entries.get(0).before()).isEqualTo("{\"state\":\"SCHEDULED\"}");
        assertThat(entries.get(0).after()).isEqualTo("{\"state\":\"CANCELLED\"}");
        assertThat(entries.get(0).note()).isEqualTo("not needed");
        assertThat(entries.get(1).after()).contains("\"payload_version\":2");
        assertThat(entries.get(2).actor()).isEqualTo("system");
        assertThat(entries.get(2).after()).contains("\"done\":1");
        assertThat(entries.get(5).after()).contains("\"matched\":1").contains("\"status\":\"OPEN\"");
        assertThat(entries.get(8).after()).isEqualTo("{\"assignee\":\"shop team\"}");
        String next = scheduler.audit().list(AuditFilter.ALL, 4, null).next();
        assertThat(scheduler.audit().list(AuditFilter.ALL, 4, next).items()).isEqualTo(entries.subList(4, 8));
        assertThat(scheduler
                        .audit()
                        .list(
                                new AuditFilter(
                                        "token:anna",
                                        null,
                                        "dead-letter",
                                        letters.get(0).id(),
                                        null,
                                        null),
                                10,
                                null)
                        .items())
                .hasSize(2);
    }

    @Test
    void deadLettersAreAssignedToSomebodyAndTakenBack() {
        List<Run> letters = dead(3);
        String id = letters.get(1).id();

        DeadLetter assigned = scheduler.deadLetters().assign(id, "ben", ANNA, null);
        assertThat(assigned.assignee()).isEqualTo("ben");
        assertThat(assigned.assignedBy()).isEqualTo("token:anna");
        assertThat(assigned.assignedAt()).isEqualTo(clock.instant());
        assertThat(assignedTo("ben")).containsExactly(id);
        assertThat(assignedTo("")).hasSize(2);

        scheduler.deadLetters().assign(id, null, ANNA, null);
        assertThat(assignedTo("")).hasSize(3);
        scheduler.deadLetters().resolve(id, ANNA, null);
        assertThatThrownBy(() -> scheduler.deadLetters().assign(id, "ben", ANNA, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("RESOLVED");
        assertThatThrownBy(() -> scheduler.deadLetters().assign(letters.get(0).id(), "two\nlines", ANNA, null))
                .isInstanceOf(Problem.class);
    }

    private List<String> assignedTo(String assignee) {
        DeadLetterFilter filter = new DeadLetterFilter(null, null, null, null, null, assignee, null, null);
        return scheduler.deadLetters().list(filter, 10, null).items().stream()
                .map(DeadLetter::runId)
                .toList();
    }

    @Test
    void failuresOfOneKindAreOneGroup() {
        Instant first = clock.instant();
        submit(2, "refuse");
        scheduler.runDue();
        clock.advance(Duration.ofMinutes(1));
        List<Run> alike = submit(1, "refuse");
        submit(1, "404");
        scheduler.runDue();
        DeadLetter sample = scheduler.deadLetters().get(alike.get(0).id());

        var groups = scheduler.deadLetters().groups(DeadLetterFilter.OPEN, 10);

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).count()).isEqualTo(3);
        assertThat(groups.get(0).fingerprint()).isEqualTo(sample.fingerprint());
        assertThat(groups.get(0).firstAt()).isEqualTo(first);
        assertThat(groups.get(0).lastAt()).isEqualTo(clock.instant());
        assertThat(groups.get(0).types()).containsExactly(Map.entry("scripted", 3L));
        assertThat(groups.get(0).message()).isEqualTo("the payload is wrong");
        assertThat(groups.get(0).category().name()).isEqualTo("validation");
        assertThat(groups.get(1).message()).isEqualTo("HTTP 404");
        assertThat(scheduler.deadLetters().groups(DeadLetterFilter.OPEN, 1)).hasSize(1);
    }

    @Test
    void whatAnEditChangedOfThePayloadIsKept() {
        Run dead = dead(1).get(0);
        scheduler.deadLetters().retry(dead.id(), ANNA, "typo", "{\"script\": [\"refuse\", \"503\"], \"shop\": 7}");

        var compared = scheduler.deadLetters().compare(dead.id());
        assertThat(compared.letter().payload()).contains("ok");
        assertThat(compared.run().payload()).contains("503");
        assertThat(compared.difference().changes())
                .extracting(change -> change.kind().label() + " " + change.path())
                .containsExactly("changed /script/1", "added /shop");
        RunEvent edited = scheduler.runs().events(dead.id()).get(0);
        assertThat(edited.kind()).isEqualTo("edited");
        assertThat(edited.detail())
                .contains("{\"kind\":\"changed\",\"path\":\"/script/1\",\"from\":\"ok\",\"to\":\"503\"}")
                .contains("{\"kind\":\"added\",\"path\":\"/shop\",\"to\":7}");
    }
}
