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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A node that froze in the middle of a transaction holds its fired rows locked until its session ends. */
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
        try (TestSchema schema = kind.fresh();
                HikariDataSource pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 8)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            SettableClock clock = SettableClock.atSomeTime();
            Plugins plugins = Plugins.builder().add(Interlude.class).build();
            ManualScheduler frozen = ManualScheduler.join("frozen", database, plugins, clock, Gate.OPEN);
            ManualScheduler survivor =
                    ManualScheduler.join("survivor", database, plugins, clock, Gate.OPEN);
            String run = survivor.runs().submit(Submission.of("interlude").build()).run().id();
            Interlude.action = () -> {
                Interlude.action = () -> {};
                CompletableFuture<Void> freed = holdFiredRows(schema);
                survivor.outliveDeadPeers();
                freed.join();
                survivor.outliveDeadPeers();
                assertThat(survivor.runs().get(run).state()).isEqualTo(RunState.RETRYING);
                survivor.runDue();
            };

            frozen.turn();

            assertThat(survivor.runs().get(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(survivor.runs().attempts(run))
                    .extracting(Attempt::outcome)
                    .containsExactly(AttemptOutcome.NODE_LOST, AttemptOutcome.SUCCEEDED);
            survivor.close();
            frozen.close();
        }
    }

    /** For a second: whoever waits for the rows then gets them. */
    private static CompletableFuture<Void> holdFiredRows(TestSchema schema) {
        try {
            Connection session = schema.connect();
            session.setAutoCommit(false);
            try (Statement statement = session.createStatement()) {
                statement.executeQuery("SELECT ENTRY_ID FROM QRTZ_FIRED_TRIGGERS FOR UPDATE").close();
            }
            return CompletableFuture.runAsync(
                    () -> end(session), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
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
}
