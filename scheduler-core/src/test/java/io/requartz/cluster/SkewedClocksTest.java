package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Priority;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes whose clocks do not agree, by more than the lease. */
@Tag("cluster")
class SkewedClocksTest {

    private static final Duration ENOUGH = Duration.ofSeconds(60);

    @Test
    void nobodyIsTakenForDeadAndAKilledOneIsTakenOver() throws Exception {
        try (TestSchema schema = TestDatabase.POSTGRESQL.fresh();
                Cluster cluster = new Cluster(schema, "skewed")) {
            ClusterNode right = cluster.launch("right", 4);
            ClusterNode ahead = cluster.launch(NodeWish.of("ahead", 4).withClockAhead(Duration.ofHours(1)));
            ClusterNode behind = cluster.launch(NodeWish.of("behind", 4).withClockAhead(Duration.ofMillis(-2500)));
            List.of(right, ahead, behind).forEach(ClusterNode::ready);

            cluster.submit(400, WitnessJob.TYPE, "{\"millis\": 80, \"fail\": 1}", Priority.NORMAL);
            cluster.submit(20, ExclusiveWitnessJob.TYPE, "{\"millis\": 20}", Priority.HIGH);
            cluster.quiesce(ENOUGH);
            assertThat(cluster.query("SELECT DISTINCT NODE FROM RQ_ATTEMPTS ORDER BY NODE", row -> row.getString(1)))
                    .as("who worked")
                    .containsExactly("ahead", "behind", "right");
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST'"))
                    .isZero();

            cluster.submit(12, WitnessJob.TYPE, "{\"millis\": 1500}", Priority.NORMAL);
            Cluster.until("it works", ENOUGH, () -> cluster.openOn(ahead).size() >= 2);
            cluster.kill(ahead);
            cluster.quiesce(ENOUGH);

            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST'"))
                    .isPositive();
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    /** Its attempts began in the survivor's future; they did not end before they began. */
    @Test
    void theHistoryOfANodeThatWasAheadMakesSense() throws Exception {
        try (TestSchema schema = TestDatabase.H2.fresh();
                HikariDataSource pool = Pools.create("skewed", schema.jdbcUrl(), schema.user(), schema.password(), 5)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            Plugins plugins = Plugins.builder().add(ScriptedJob.class).build();
            SettableClock right = SettableClock.atSomeTime();
            SettableClock fast = SettableClock.atSomeTime();
            fast.advance(Duration.ofHours(1));
            ManualScheduler survivor = ManualScheduler.join("survivor", database, plugins, right, Gate.OPEN);
            ManualScheduler ahead = ManualScheduler.join("ahead", database, plugins, fast, Gate.OPEN);
            String run = survivor.runs()
                    .submit(Submission.of("scripted")
                            .payload("{\"script\": [\"ok\"]}")
                            .build())
                    .run()
                    .id();
            ahead.takeWithoutRunning();
            ahead.die();

            survivor.outliveDeadPeers();
            survivor.advance(Duration.ofMinutes(10));
            survivor.runDue();

            assertThat(survivor.runs().get(run).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(survivor.runs().attempts(run))
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt.endedAt()).isAfterOrEqualTo(attempt.startedAt()));
            assertThat(new Doctor(database, ManualScheduler.LEASE, right)
                            .strict()
                            .examine())
                    .isEmpty();
            survivor.close();
        }
    }
}
