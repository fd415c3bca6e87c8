package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.node.Doctor;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeState;
import io.requartz.store.ScopedTypes;
import io.requartz.testdb.TestDatabase;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets a node die, or its database fail, at every call of a scope's story: three failures disable it, a fourth run is held, a probe
 * succeeds, what was held goes on. Then a survivor tells the story again from its beginning, as clients do that had no answer, and
 * everything must come to its end and fit together.
 */
abstract class ScopeCrashEnumerationTest extends CallByCall {

    private static final Actor ANNA = new Actor("token:anna");

    /** @param step 1 for every call; n for every n-th, beginning elsewhere for each fault */
    ScopeCrashEnumerationTest(TestDatabase kind, int step) {
        super(kind, step);
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(name, on, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
    }

    private static Run submit(ManualScheduler node, String type, String key, String step) {
        return node.runs()
                .submit(Submission.of(type)
                        .payload(ScopedTypes.payload(1, step))
                        .idempotencyKey(key)
                        .by(ANNA)
                        .build())
                .run();
    }

    /** Each step may have been done before. */
    private void tell(ManualScheduler node) {
        for (int i = 1; i <= 3; i++) {
            submit(node, "hourly", "failing " + i, "500");
        }
        node.runDue();
        submit(node, "hourly", "held", "ok");
        node.runDue();
        submit(node, "daily", "probe", "ok");
        node.runDue();
        node.releaseParked();
        node.runDue();
    }

    @Test
    void theStoryIsWhatItIsMeantToBe() throws Exception {
        empty("RQ_SCOPES", "RQ_SCOPE_DIMENSIONS", "RQ_PARKED");
        clock = SettableClock.atSomeTime();
        ManualScheduler node = join("whole", database);
        for (int i = 1; i <= 3; i++) {
            submit(node, "hourly", "failing " + i, "500");
        }
        node.runDue();
        assertThat(state(node).automatic()).isTrue();
        Run held = submit(node, "hourly", "held", "ok");
        node.runDue();
        assertThat(node.runs().get(held.id()).state()).isEqualTo(RunState.PARKED);
        tell(node);
        assertThat(state(node).disabled()).isFalse();
        assertThat(node.runs().get(held.id()).state()).isEqualTo(RunState.SUCCEEDED);
        node.close();
    }

    private static ScopeState state(ManualScheduler node) {
        return node.scopes()
                .list(ScopeFilter.ALL, 10, null)
                .items()
                .get(0)
                .scope()
                .state();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everythingIsFinishedOnceWhereverItDies(Fault fault) throws Exception {
        atCalls(fault, 60, k -> survives(fault, k));
    }

    /** False if the story was over before its k-th call. */
    private boolean survives(Fault fault, int k) throws Exception {
        empty("RQ_SCOPES", "RQ_SCOPE_DIMENSIONS", "RQ_PARKED");
        clock = SettableClock.atSomeTime();
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim =
                join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        faulty.arm(k, fault);
        try {
            tell(victim);
        } catch (RuntimeException failed) {
            // dead, or without an answer
        } finally {
            faulty.disarm();
            victim.die();
        }
        if (!faulty.fired()) {
            return false;
        }
        finish(fault + " at call " + k + ": " + faulty.firedAt());
        return true;
    }

    private void finish(String where) {
        ManualScheduler survivor = join("survivor", database);
        survivor.outliveDeadPeers();
        tell(survivor);
        for (int i = 0; i < 12 && !nothingOpen(survivor); i++) {
            survivor.releaseParked();
            survivor.advance(Duration.ofMinutes(10));
            survivor.runDue();
        }
        List<Run> runs = survivor.runs().list(RunFilter.ALL, 10, null).items();
        assertThat(runs).as(where).hasSize(5);
        for (Run run : runs) {
            assertThat(run.state()).as(where).isIn(RunState.SUCCEEDED, RunState.FAILED, RunState.DEAD);
            assertThat(survivor.runs().attempts(run.id()))
                    .as(where)
                    .allMatch(attempt -> attempt.outcome() != null)
                    .filteredOn(ScopeCrashEnumerationTest::wasExecutedToItsEnd)
                    .as(where)
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(state(survivor).disabled()).as(where).isFalse();
        survivor.close();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .as(where)
                .isEmpty();
    }

    private static boolean wasExecutedToItsEnd(Attempt attempt) {
        return attempt.outcome() == AttemptOutcome.SUCCEEDED || attempt.outcome() == AttemptOutcome.FAILED;
    }

    private static boolean nothingOpen(ManualScheduler node) {
        return node.runs().list(RunFilter.ALL, 10, null).items().stream()
                .noneMatch(run -> run.state().open());
    }
}
