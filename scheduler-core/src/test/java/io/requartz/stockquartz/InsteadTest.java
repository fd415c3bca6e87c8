package io.requartz.stockquartz;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** What Requartz does where Quartz's own store goes wrong: the stories of {@link StockStoreTest} and {@link StockSchedulerTest}. */
class InsteadTest {

    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private final SettableClock clock = SettableClock.atSomeTime();

    /** Does what the test wants done while it runs, once. */
    public static final class Plain implements Job {
        private static Runnable meanwhile = () -> {};

        @Override
        public void execute(JobExecutionContext context) {
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
        }
    }

    /** One at a time. */
    @DisallowConcurrentExecution
    public static final class OneAtATime implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            // its store is what is looked at
        }
    }

    /** Cannot be made the first time. */
    public static final class Unmakeable implements Job {
        private static final AtomicInteger MADE = new AtomicInteger();

        public Unmakeable() {
            if (MADE.incrementAndGet() == 1) {
                throw new IllegalStateException("its jar is being replaced");
            }
        }

        @Override
        public void execute(JobExecutionContext context) {
            // it was made
        }
    }

    @BeforeEach
    void prepare() throws SQLException {
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("instead", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
    }

    @AfterEach
    void cleanUp() throws SQLException {
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .strict().examine().stream()
                                .filter(finding -> !finding.what().contains("quarantine")))
                .isEmpty();
        pool.close();
        schema.close();
    }

    private ManualScheduler node(String id) {
        return ManualScheduler.join(
                id,
                database,
                Plugins.builder()
                        .add(Plain.class)
                        .add(OneAtATime.class)
                        .add(Unmakeable.class)
                        .build(),
                clock,
                Gate.OPEN);
    }

    private static String submit(ManualScheduler node, String type) {
        return node.runs().submit(Submission.of(type).build()).run().id();
    }

    private static Stream<AttemptOutcome> outcomes(ManualScheduler node, String run) {
        return node.runs().attempts(run).stream().map(Attempt::outcome);
    }

    @Test
    void aRunThatWasExecutingGoesOnElsewhere() {
        ManualScheduler dying = node("dying");
        ManualScheduler survivor = node("survivor");
        String run = submit(dying, "plain");
        dying.takeWithoutRunning();
        dying.die();

        survivor.outliveDeadPeers();
        survivor.runDue();

        assertThat(outcomes(survivor, run)).containsExactly(AttemptOutcome.NODE_LOST, AttemptOutcome.SUCCEEDED);
        survivor.close();
    }

    @Test
    void aJobThatMustRunAloneRunsAlone() {
        ManualScheduler a = node("a");
        ManualScheduler b = node("b");
        List<String> runs = List.of(submit(a, "one_at_a_time"), submit(a, "one_at_a_time"));

        assertThat(a.takeWithoutRunning()).isOne();
        for (int i = 0; i < 3; i++) {
            assertThat(b.takeWithoutRunning()).isZero();
        }
        a.die();
        b.outliveDeadPeers();
        b.runDue();

        assertThat(runs).allMatch(run -> b.runs().get(run).state() == RunState.SUCCEEDED);
        b.close();
    }

    @Test
    void aBadRowIsPutAsideAndTheOthersRun() throws SQLException {
        ManualScheduler node = node("a");
        String bad = submit(node, "plain");
        String good = submit(node, "plain");
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM RQ_RUNS WHERE ID = '" + bad + "'");
            statement.executeUpdate("DELETE FROM RQ_RUN_EVENTS WHERE RUN_ID = '" + bad + "'");
        }

        node.runDue();

        assertThat(node.runs().get(good).state()).isEqualTo(RunState.SUCCEEDED);
        node.close();
    }

    @Test
    void anOutcomeThatComesTooLateWritesNothing() {
        ManualScheduler frozen = node("frozen");
        ManualScheduler other = node("other");
        String run = submit(frozen, "plain");
        Plain.meanwhile = () -> {
            other.outliveDeadPeers();
            other.runDue();
        };

        frozen.turn();

        assertThat(outcomes(other, run)).containsExactly(AttemptOutcome.NODE_LOST, AttemptOutcome.SUCCEEDED);
        other.close();
        frozen.close();
    }

    @Test
    void aJobThatCannotBeMadeFailsOnceAndIsTriedAgain() {
        Unmakeable.MADE.set(0);
        ManualScheduler node = node("a");
        String first = submit(node, "unmakeable");
        node.runDue();
        String second = submit(node, "unmakeable");
        node.runDue();
        assertThat(node.runs().get(first).state()).isEqualTo(RunState.RETRYING);
        assertThat(node.runs().get(second).state()).isEqualTo(RunState.SUCCEEDED);

        node.advance(java.time.Duration.ofHours(1));
        node.runDue();

        assertThat(outcomes(node, first)).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
        node.close();
    }
}
