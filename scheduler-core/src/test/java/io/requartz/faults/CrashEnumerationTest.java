package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Run;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets a node die, or its database fail, at every single call that reaches the database, one after the other, and looks whether
 * what is left makes sense and is finished by whoever survives.
 */
abstract class CrashEnumerationTest extends CallByCall {

    private static final Actor ANNA = new Actor("token:anna");

    /** What happens while the fault strikes. */
    enum Story {
        SUCCESS("ok"),
        FAILURE_WITH_RETRY("503", "ok"),
        /** It dies, a person brings it back, and then it succeeds. */
        DEAD_LETTER_AND_BACK("refuse", "ok"),
        /** A node died after its job had failed, before the outcome was written; what follows happens to the one that recovers it. */
        RECOVERY("503", "ok");

        private final String script;

        Story(String... script) {
            this.script = String.join("\", \"", script);
        }

        Submission wish() {
            return Submission.of("scripted")
                    .payload("{\"script\": [\"" + script + "\"]}")
                    .idempotencyKey("the one")
                    .uniqueWhileOpen("shop 7")
                    .by(ANNA)
                    .build();
        }
    }

    /** @param step 1 for every call; n for every n-th, beginning elsewhere for each fault */
    CrashEnumerationTest(TestDatabase kind, int step) {
        super(kind, step);
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void everythingIsFinishedOnceWhereverItDies(Story story) throws Exception {
        for (Fault fault : Fault.values()) {
            atCalls(fault, 10, k -> survives(story, fault, k));
        }
    }

    /** False if the story was over before its k-th call. */
    private boolean survives(Story story, Fault fault, int k) throws Exception {
        empty();
        observer = null;
        clock = SettableClock.atSomeTime();
        if (story == Story.RECOVERY) {
            leaveSomethingToRecover(story);
        }
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim =
                join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        if (story == Story.RECOVERY) {
            victim.beatThrough(ManualScheduler.LEASE.minus(ManualScheduler.BEAT));
        }
        faulty.arm(k, fault);
        boolean acknowledged = story == Story.RECOVERY;
        try {
            acknowledged |= play(victim, story, faulty);
        } finally {
            faulty.disarm();
            victim.die();
        }
        if (!faulty.fired()) {
            return false;
        }
        String where = story + ", " + fault + " at call " + k + ": " + faulty.firedAt();
        finish(acknowledged, where);
        return true;
    }

    /** What it had begun may not stay with it for ever: nobody else takes it over. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EXECUTE_THEN_THROW", "DEADLOCK"})
    void aNodeThatOutlivesAFaultFinishesEverythingItself(Fault fault) throws Exception {
        atEveryCall(10, k -> outlives(fault, k));
    }

    /** False if everything was over before the k-th call. */
    private boolean outlives(Fault fault, int k) throws Exception {
        empty();
        observer = null;
        clock = SettableClock.atSomeTime();
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler node =
                join("alone", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        node.runs().submit(Story.FAILURE_WITH_RETRY.wish());
        faulty.arm(k, fault);
        for (int i = 0; i < 12 && !nothingOpen(); i++) {
            try {
                node.turn();
            } catch (RuntimeException failed) {
                // the scheduler's thread goes on
            } finally {
                clock.advance(Duration.ofMinutes(1));
            }
        }
        boolean met = faulty.fired();
        faulty.disarm();

        String where = fault + " at call " + k + ": " + faulty.firedAt();
        assertThat(node.runs().list(RunFilter.ALL, 10, null).items())
                .as(where)
                .singleElement()
                .extracting(Run::state)
                .isEqualTo(RunState.SUCCEEDED);
        node.close();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .as(where)
                .isEmpty();
        return met;
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(
                name, on, Plugins.builder().add(ScriptedJob.class).build(), clock, io.requartz.guard.Gate.OPEN);
    }

    /** A node that died after its job had run, before the outcome was written. */
    private void leaveSomethingToRecover(Story story) {
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler dead =
                join("dead", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        dead.runs().submit(story.wish());
        for (int k = 1; ; k++) {
            faulty.arm(k, Fault.HALT_BEFORE);
            try {
                dead.turn();
            } catch (RuntimeException died) {
                if (runningRuns() == 1) {
                    break;
                }
            }
        }
        dead.die();
    }

    private void bringBackTheDead(ManualScheduler node) {
        for (DeadLetter letter :
                node.deadLetters().list(DeadLetterFilter.OPEN, 10, null).items()) {
            node.deadLetters().retry(letter.runId(), ANNA, "mended", null);
            node.runDue();
        }
    }

    private boolean nothingOpen() {
        return observer().runs().list(RunFilter.ALL, 10, null).items().stream()
                .allMatch(run -> run.state().settled());
    }

    private long runningRuns() {
        return observer().runs().list(RunFilter.ALL, 10, null).items().stream()
                .filter(run -> run.state() == RunState.RUNNING)
                .count();
    }

    private ManualScheduler observer;

    /** Reads, and never joins. */
    private ManualScheduler observer() {
        if (observer == null) {
            observer = ManualScheduler.observe(database, clock);
        }
        return observer;
    }

    /** What the victim does until it is done or dies. True if its submission was acknowledged. */
    private boolean play(ManualScheduler victim, Story story, FaultyDataSource faulty) {
        boolean acknowledged = false;
        for (int step = 0; step < 12 && !faulty.halted() && !(acknowledged && nothingOpen()); step++) {
            try {
                if (story == Story.RECOVERY) {
                    victim.outliveDeadPeers();
                    acknowledged = true;
                } else if (!acknowledged) {
                    victim.runs().submit(story.wish());
                    acknowledged = true;
                }
                victim.runDue();
                bringBackTheDead(victim);
            } catch (RuntimeException failed) {
                // dead, or a failure that a node outlives: the next step tells
            } finally {
                clock.advance(Duration.ofMinutes(1));
            }
        }
        return acknowledged;
    }

    /** A survivor takes over, and everything must come to its end and fit together. */
    private void finish(boolean acknowledged, String where) {
        ManualScheduler survivor = join("survivor", database);
        survivor.outliveDeadPeers();
        for (int i = 0; i < 12 && !nothingOpen(); i++) {
            survivor.runDue();
            bringBackTheDead(survivor);
            survivor.advance(Duration.ofMinutes(10));
        }
        List<Run> runs =
                new ArrayList<>(survivor.runs().list(RunFilter.ALL, 10, null).items());
        assertThat(runs).as(where).hasSizeLessThanOrEqualTo(1);
        if (acknowledged) {
            assertThat(runs).as(where + ": an acknowledged run is never lost").hasSize(1);
        }
        for (Run run : runs) {
            assertThat(run.state()).as(where).isEqualTo(RunState.SUCCEEDED);
            List<Attempt> attempts = survivor.runs().attempts(run.id());
            assertThat(attempts).as(where).allMatch(attempt -> attempt.outcome() != null);
            assertThat(attempts.stream()
                            .filter(attempt -> attempt.outcome() == AttemptOutcome.SUCCEEDED)
                            .count())
                    .as(where)
                    .isEqualTo(1);
        }
        survivor.close();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .withPause(Duration.ZERO)
                        .strict()
                        .examine())
                .as(where)
                .isEmpty();
    }
}
