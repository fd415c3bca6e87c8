package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node id belongs to one living node. */
@Tag("cluster")
class SameNodeIdTest {

    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @Test
    void theSecondOfTwoRefusesToStartAndTheFirstGoesOn() throws Exception {
        try (TestSchema schema = TestDatabase.MARIADB.fresh();
                Cluster cluster = new Cluster(schema, "same-id")) {
            ClusterNode first = cluster.launch("shop", 2).ready();
            cluster.submit(1, WitnessJob.TYPE, "{\"millis\": 5000}", Priority.NORMAL);
            Cluster.until("it works", ENOUGH, () -> !cluster.openOn(first).isEmpty());

            ClusterNode second = cluster.launch("shop", 2);

            assertThat(second.answer())
                    .startsWith(ClusterNodeMain.REFUSED)
                    .contains("Another node with the id 'shop' is alive", "(pid " + first.pid() + ")", "node.id");
            assertThat(second.exitCode(ENOUGH)).isEqualTo(ClusterNodeMain.REFUSED_CODE);
            cluster.quiesce(ENOUGH);
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    @Test
    void ofTwoThatStartAtOnceOneGetsTheId() throws Exception {
        try (TestSchema schema = TestDatabase.POSTGRESQL.fresh();
                Cluster cluster = new Cluster(schema, "twins")) {
            List<ClusterNode> twins = List.of(cluster.launch("twin", 2), cluster.launch("twin", 2));

            assertThat(twins.stream().map(ClusterNode::answer))
                    .satisfiesOnlyOnce(answer -> assertThat(answer).isEqualTo(ClusterNodeMain.READY))
                    .satisfiesOnlyOnce(answer -> assertThat(answer).startsWith(ClusterNodeMain.REFUSED));
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_NODES")).isOne();
        }
    }

    @Test
    void aKilledNodeComesBackAfterALeaseAndRecoversItself() throws Exception {
        try (TestSchema schema = TestDatabase.POSTGRESQL.fresh();
                Cluster cluster = new Cluster(schema, "back-again")) {
            ClusterNode before = cluster.launch("shop", 2).ready();
            String run = cluster.submit(WitnessJob.TYPE, "{\"millis\": 1000}", Priority.NORMAL);
            Cluster.until("it works", ENOUGH, () -> !cluster.openOn(before).isEmpty());
            Fault killed = cluster.kill(before);

            ClusterNode after = cluster.launch("shop", 2).ready();
            cluster.quiesce(ENOUGH);

            System.out.println(Takeover.after(cluster, killed) + ", with the start of a JVM");
            assertThat(cluster.runs().attempts(run))
                    .extracting(Attempt::outcome)
                    .containsExactly(AttemptOutcome.NODE_LOST, AttemptOutcome.SUCCEEDED);
            assertThat(cluster.query("SELECT PID FROM RQ_NODES", row -> row.getLong(1)))
                    .containsExactly(after.pid());
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }
}
