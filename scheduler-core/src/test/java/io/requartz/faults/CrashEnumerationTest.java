package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
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
import io.requartz.testdb.TestSchema;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets a node die, or its database fail, at every single call that reaches the database, one after the other, and looks whether
 * what is left makes sense and is finished by whoever survives.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrashEnumerationTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int NO_MORE_CALLS = 500;

    /** What happens while the fault strikes. */
    enum Story {
        SUCCESS(List.of("ok"), RunState.SUCCEEDED),
        FAILURE_WITH_RETRY(List.of("503", "ok"), RunState.SUCCEEDED),
        FAILURE_TO_DEAD_LETTER(List.of("503", "503", "503", "503", "503", "503", "503", "503"), RunState.DEAD),
        RECOVERY(List.of("503", "ok"), RunState.SUCCEEDED);

        private final List<String> script;
        private final RunState end;

        Story(List<String> script, RunState end) {
            this.script = script;
            this.end = end;
        }

        Submission wish() {
            return Submission.of("scripted")
                    .payload("{\"script\": [\"" + String.join("\", \"", script) + "\"]}")
                    .idempotencyKey("the one")
                    .uniqueWhileOpen("shop 7")
                    .by(ANNA)
                    .build();
        }
    }

    private final TestDatabase kind;
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private SettableClock clock;

    CrashEnumerationTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeAll
    void prepare() throws Exception {
        schema = kind.fresh();
        pool = Pools.create("crashes", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
    }

    @AfterAll
    void cleanUp() throws Exception {
        if (schema != null) {
            pool.close();
            schema.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void everythingIsFinishedOnceWhereverItDies(Story story) throws Exception {
        for (Fault fault : Fault.values()) {
            for (int k = 1; k < NO_MORE_CALLS; k++) {
                if (!survives(story, fault, k)) {
                    break;
                }
            }
        }
    }

    /** False if the story was over before its k-th call. */
    private boolean survives(Story story, Fault fault, int k) throws Exception {
        empty();
        clock = SettableClock.atSomeTime();
        if (story == Story.RECOVERY) {
            leaveSomethingToRecover(story);
        }
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim = join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        faulty.arm(k, fault);
        boolean acknowledged = story == Story.RECOVERY;
        try {
            acknowledged |= play(victim, story);
        } finally {
            faulty.disarm();
            victim.die();
        }
        if (!faulty.fired()) {
            return false;
        }
        String where = story + ", " + fault + " at call " + k + ": " + faulty.firedAt();
        finish(story, acknowledged, where);
        return true;
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(
                name, on, Plugins.builder().add(ScriptedJob.class).build(), clock, io.requartz.guard.Gate.OPEN);
    }

    /** A node that died after its job had run, before the outcome was written. */
    private void leaveSomethingToRecover(Story story) {
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler dead = join("dead", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
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
    private boolean play(ManualScheduler victim, Story story) {
        boolean acknowledged = false;
        for (int step = 0; step < 12; step++) {
            try {
                if (story == Story.RECOVERY) {
                    victim.outliveDeadPeers();
                } else if (!acknowledged) {
                    victim.runs().submit(story.wish());
                    acknowledged = true;
                }
                victim.runDue();
            } catch (RuntimeException failed) {
                // dead, or a failure that a node outlives: the next step tells
                continue;
            } finally {
                clock.advance(Duration.ofMinutes(1));
            }
        }
        return acknowledged;
    }

    /** A survivor takes over, and everything must come to its end and fit together. */
    private void finish(Story story, boolean acknowledged, String where) {
        ManualScheduler survivor = join("survivor", database);
        survivor.outliveDeadPeers();
        for (int i = 0; i < 12; i++) {
            survivor.runDue();
            survivor.advance(Duration.ofMinutes(10));
        }
        List<Run> runs = new ArrayList<>(survivor.runs().list(RunFilter.ALL, 10, null).items());
        assertThat(runs).as(where).hasSizeLessThanOrEqualTo(1);
        if (acknowledged) {
            assertThat(runs).as(where + ": an acknowledged run is never lost").hasSize(1);
        }
        for (Run run : runs) {
            assertThat(run.state()).as(where).isEqualTo(story.end);
            List<Attempt> attempts = survivor.runs().attempts(run.id());
            assertThat(attempts).as(where).allMatch(attempt -> attempt.outcome() != null);
            assertThat(attempts.stream().filter(attempt -> attempt.outcome() == AttemptOutcome.SUCCEEDED).count())
                    .as(where)
                    .isEqualTo(story.end == RunState.SUCCEEDED ? 1 : 0);
        }
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).examine())
                .as(where)
                .isEmpty();
        survivor.close();
    }

    private void empty() throws SQLException {
        observer = null;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "QRTZ_TRIGGERS",
                    "QRTZ_SIMPLE_TRIGGERS",
                    "QRTZ_FIRED_TRIGGERS",
                    "RQ_NODES",
                    "RQ_RUNS",
                    "RQ_RUN_TAGS",
                    "RQ_ATTEMPTS",
                    "RQ_RUN_EVENTS",
                    "RQ_DEAD_LETTERS",
                    "RQ_QUARANTINE")) {
                statement.executeUpdate("DELETE FROM " + table);
            }
            connection.commit();
        }
    }
}
