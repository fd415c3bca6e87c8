package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.api.ErrorCategory;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that make no sense are put aside singly; what is held by a guard waits. */
class BadRowsTest {

    private static final Actor ANNA = new Actor("token:anna");

    private final SettableClock clock = SettableClock.atSomeTime();
    private final AtomicBoolean gateOpen = new AtomicBoolean(true);
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private ManualScheduler scheduler;

    private void join(TestDatabase kind) throws Exception {
        schema = kind.fresh();
        pool = Pools.create("bad rows", schema.jdbcUrl(), schema.user(), schema.password(), 4);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        Gate gate = (tx, batch) -> {
            Map<String, Gate.Hold> held = new HashMap<>();
            batch.forEach(run -> held.put(run.runId(), new Gate.Hold("breaker", "uber")));
            return gateOpen.get() ? Map.of() : held;
        };
        scheduler = ManualScheduler.join(
                "one", database, Plugins.builder().add(ScriptedJob.class).build(), clock, gate);
    }

    @AfterEach
    void leave() throws Exception {
        if (pool != null) {
            scheduler.close();
            pool.close();
            schema.close();
        }
    }

    private Run submit() {
        return scheduler
                .runs()
                .submit(Submission.of("scripted").by(ANNA).build())
                .run();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement update = connection.createStatement()) {
            assertThat(update.executeUpdate(statement)).isPositive();
            connection.commit();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void badRowsStopNothingElse(TestDatabase kind) throws Exception {
        join(kind);
        Run unreadable = submit();
        sql("UPDATE RQ_RUNS SET FAILURES_BY_CATEGORY = 'no json' WHERE ID = '" + unreadable.id() + "'");
        Run settled = submit();
        sql("UPDATE RQ_RUNS SET STATE = 'SUCCEEDED' WHERE ID = '" + settled.id() + "'");
        Run gone = submit();
        sql("DELETE FROM RQ_RUNS WHERE ID = '" + gone.id() + "'");
        Run good = submit();

        scheduler.runDue();

        assertThat(scheduler.runs().get(good.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .withPause(Duration.ZERO)
                        .examine())
                .anySatisfy(finding -> assertThat(finding.what()).contains("quarantine"));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatAGuardHoldsIsParkedWithoutUsingAnAttempt(TestDatabase kind) throws Exception {
        join(kind);
        gateOpen.set(false);
        Run run = submit();
        scheduler.runDue();

        Run parked = scheduler.runs().get(run.id());
        assertThat(parked.state()).isEqualTo(RunState.PARKED);
        assertThat(parked.reason()).isEqualTo("breaker:uber");
        assertThat(parked.attempts()).isZero();
        assertThat(scheduler.turn()).isZero();

        gateOpen.set(true);
        scheduler.runs().retryNow(run.id(), ANNA, "it is mended", null, null);
        scheduler.runDue();
        assertThat(scheduler.runs().get(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .withPause(Duration.ZERO)
                        .examine())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anAttemptLostWithItsNodeIsCountedAndTheThirdIsTheLast(TestDatabase kind) throws Exception {
        join(kind);
        Run run = submit();
        for (int i = 1; i <= 3; i++) {
            ManualScheduler dying = ManualScheduler.join(
                    "dying" + i,
                    database,
                    Plugins.builder().add(ScriptedJob.class).build(),
                    clock,
                    Gate.OPEN);
            dying.takeWithoutRunning();
            dying.die();
            scheduler.outliveDeadPeers();
            clock.advance(Duration.ofMinutes(10));
        }
        Run dead = scheduler.runs().get(run.id());
        assertThat(dead.state()).isEqualTo(RunState.DEAD);
        assertThat(dead.reason()).isEqualTo("crashed");
        assertThat(dead.lastCategory()).isEqualTo(ErrorCategory.NODE_LOST);
        assertThat(dead.attempts()).isEqualTo(3);
        scheduler.turn();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .withPause(Duration.ZERO)
                        .strict()
                        .examine())
                .isEmpty();
    }
}
