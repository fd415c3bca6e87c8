package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A node that froze in the middle of a transaction holds its fired rows locked until its session ends. */
@Tag("cluster")
class HeldRowsTest {

    /** Does what the test wants done while an attempt is open. */
    public static final class Interlude implements Job {
        private static Runnable action = () -> {};

        @Override
        public void execute(JobExecutionContext context) {
            action.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatADeadNodeHoldsLockedIsRecoveredOnceItIsFree(TestDatabase kind) throws Exception {
        try (Pair pair = Pair.on(kind)) {
            String run = pair.submit();
            Interlude.action = () -> {
                Interlude.action = () -> {};
                CompletableFuture<Void> freed = pair.holdFiredRows();
                pair.survivor.outliveDeadPeers();
                freed.join();
                pair.survivor.outliveDeadPeers();
                assertThat(pair.state(run)).isEqualTo(RunState.RETRYING);
                pair.survivor.runDue();
            };

            pair.frozen.turn();

            assertThat(pair.state(run)).isEqualTo(RunState.SUCCEEDED);
            assertThat(pair.survivor.runs().attempts(run))
                    .extracting(Attempt::outcome)
                    .containsExactly(AttemptOutcome.NODE_LOST, AttemptOutcome.SUCCEEDED);
        }
    }

    /** Not even for the time of its session: nobody needs a row of its. */
    @ParameterizedTest
    @EnumSource
    void othersGoOnMeanwhile(TestDatabase kind) throws Exception {
        try (Pair pair = Pair.on(kind)) {
            pair.submit();
            List<String> others = new ArrayList<>();
            Interlude.action = () -> {
                Interlude.action = () -> {};
                CompletableFuture<Void> freed = pair.holdFiredRows();
                for (int i = 0; i < 10; i++) {
                    others.add(pair.submit());
                }
                pair.survivor.runDue();
                assertThat(freed).as("the rows are still held").isNotDone();
                freed.join();
            };

            pair.frozen.turn();

            assertThat(others).hasSize(10).allMatch(run -> pair.state(run) == RunState.SUCCEEDED);
        }
    }

    /** Two nodes, driven by hand; the first is frozen while its one job runs. */
    private record Pair(TestSchema schema, HikariDataSource pool, ManualScheduler frozen, ManualScheduler survivor)
            implements AutoCloseable {

        static Pair on(TestDatabase kind) throws SQLException {
            TestSchema schema = kind.fresh();
            HikariDataSource pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 8);
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            SettableClock clock = SettableClock.atSomeTime();
            Plugins plugins = Plugins.builder().add(Interlude.class).build();
            return new Pair(
                    schema,
                    pool,
                    ManualScheduler.join("frozen", database, plugins, clock, Gate.OPEN),
                    ManualScheduler.join("survivor", database, plugins, clock, Gate.OPEN));
        }

        String submit() {
            return survivor.runs()
                    .submit(Submission.of("interlude").build())
                    .run()
                    .id();
        }

        RunState state(String run) {
            return survivor.runs().get(run).state();
        }

        /** All that are there now, for two seconds: whoever waits for them gets them then. */
        CompletableFuture<Void> holdFiredRows() {
            try {
                Connection session = schema.connect();
                session.setAutoCommit(false);
                session.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                try (Statement statement = session.createStatement()) {
                    statement
                            .executeQuery("SELECT ENTRY_ID FROM QRTZ_FIRED_TRIGGERS FOR UPDATE")
                            .close();
                }
                return CompletableFuture.runAsync(
                        () -> end(session), CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        private static void end(Connection session) {
            try (session) {
                session.rollback();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() throws SQLException {
            survivor.close();
            frozen.close();
            pool.close();
            schema.close();
        }
    }
}
