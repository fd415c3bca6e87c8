package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.audit.AuditEntry;
import io.requartz.audit.AuditFilter;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRequest;
import io.requartz.bulk.BulkState;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunEvent;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets a node die, or its database fail, at every single call of a bulk action, and looks whether it was done to each run exactly
 * once when a survivor has gone on with it.
 */
abstract class BulkCrashEnumerationTest extends CallByCall {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int RUNS = 7;
    private static final AuditFilter OF_BULK_ACTIONS = new AuditFilter(null, null, "bulk-action", null, null, null);

    enum Story {
        /** At one a second, so that it takes several parts. */
        RETRY("refuse", "retried", RunState.SUCCEEDED),
        CANCEL("ok", "cancelled", RunState.CANCELLED);

        private final String first;
        private final String event;
        private final RunState end;

        Story(String first, String event, RunState end) {
            this.first = first;
            this.event = event;
            this.end = end;
        }

        Submission wish() {
            return Submission.of("scripted")
                    .payload("{\"script\": [\"" + first + "\", \"ok\"]}")
                    .delay(this == CANCEL ? Duration.ofDays(1) : Duration.ZERO)
                    .tags(List.of("meant"))
                    .by(ANNA)
                    .build();
        }

        BulkRequest request() {
            return this == RETRY
                    ? BulkRequest.of(
                            BulkKind.RETRY_DEAD_LETTERS, BulkCriteria.letters(DeadLetterFilter.OPEN), true, 1, "mended")
                    : BulkRequest.of(BulkKind.CANCEL_RUNS, BulkCriteria.runs(RunFilter.ALL), true, null, "stale");
        }
    }

    /** @param step 1 for every call; n for every n-th, beginning elsewhere for each fault */
    BulkCrashEnumerationTest(TestDatabase kind, int step) {
        super(kind, step);
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void itIsDoneToEachRunOnceWhereverTheNodeDies(Story story) throws Exception {
        for (Fault fault : Fault.values()) {
            atCalls(fault, 10, k -> survives(story, fault, k));
        }
    }

    /** False if the story was over before its k-th call. */
    private boolean survives(Story story, Fault fault, int k) throws Exception {
        empty("RQ_AUDIT", "RQ_BULK_ACTIONS");
        clock = SettableClock.atSomeTime();
        makeRuns(story);
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim =
                join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        faulty.arm(k, fault);
        boolean acknowledged = false;
        try {
            acknowledged = play(victim, story, faulty);
        } finally {
            faulty.disarm();
            victim.die();
        }
        if (!faulty.fired()) {
            return false;
        }
        finish(story, acknowledged, story + ", " + fault + " at call " + k + ": " + faulty.firedAt());
        return true;
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(
                name, on, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
    }

    private void makeRuns(Story story) {
        try (ManualScheduler maker = join("maker", database)) {
            for (int i = 0; i < RUNS; i++) {
                maker.runs().submit(story.wish());
            }
            maker.runDue();
        }
    }

    /** What the victim does until it is done or dies. True if the action was acknowledged. */
    private boolean play(ManualScheduler victim, Story story, FaultyDataSource faulty) {
        boolean acknowledged = false;
        for (int i = 0; i < 6 && !faulty.halted(); i++) {
            try {
                if (!acknowledged) {
                    victim.bulkActions().begin(story.request(), ANNA);
                    acknowledged = true;
                }
                victim.workOffBulkActions();
            } catch (RuntimeException failed) {
                // dead, or a failure that a node outlives: the next step tells
            } finally {
                clock.advance(Duration.ofSeconds(1));
            }
        }
        return acknowledged;
    }

    /** A survivor goes on, and all must fit together. */
    private void finish(Story story, boolean acknowledged, String where) {
        ManualScheduler survivor = join("survivor", database);
        for (int i = 0; i < 20 && running(survivor); i++) {
            survivor.workOffBulkActions();
            survivor.runDue();
            survivor.advance(Duration.ofSeconds(1));
        }
        survivor.advance(Duration.ofSeconds(20));
        survivor.runDue();
        List<BulkAction> actions =
                survivor.bulkActions().list(BulkFilter.ALL, 10, null).items();
        if (acknowledged || !actions.isEmpty()) {
            requireDoneOnce(survivor, story, actions, where);
        }
        requireAudited(survivor, actions, where);
        survivor.outliveDeadPeers();
        survivor.close();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .as(where)
                .isEmpty();
    }

    private static boolean running(ManualScheduler node) {
        return !node.bulkActions()
                .list(new BulkFilter(null, BulkState.RUNNING), 1, null)
                .items()
                .isEmpty();
    }

    private static void requireDoneOnce(ManualScheduler survivor, Story story, List<BulkAction> actions, String where) {
        assertThat(actions).as(where).isNotEmpty().allSatisfy(action -> {
            assertThat(action.state()).isEqualTo(BulkState.DONE);
            assertThat(action.progress().failed()).isZero();
            assertThat(action.progress().seen()).isEqualTo(action.progress().matched());
        });
        assertThat(actions.stream()
                        .mapToLong(action -> action.progress().done())
                        .sum())
                .as(where)
                .isEqualTo(RUNS);
        List<Run> runs = survivor.runs().list(RunFilter.ALL, 20, null).items();
        assertThat(runs).as(where).hasSize(RUNS).allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(story.end);
            assertThat(survivor.runs().events(run.id()))
                    .extracting(RunEvent::kind)
                    .containsExactly(story.event);
        });
    }

    private static void requireAudited(ManualScheduler survivor, List<BulkAction> actions, String where) {
        List<AuditEntry> entries =
                survivor.audit().list(OF_BULK_ACTIONS, 50, null).items();
        for (BulkAction action : actions) {
            assertThat(entries.stream()
                            .filter(entry -> entry.subject().equals(action.id()))
                            .map(AuditEntry::action))
                    .as(where)
                    .startsWith(action.progress().matched() == 0 ? action.kind().action() : "bulk-action.done")
                    .endsWith(action.kind().action());
        }
        assertThat(entries).as(where).hasSizeLessThanOrEqualTo(2 * actions.size());
    }
}
