package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.config.ClusterConfig;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How soon the runs of a killed node go on elsewhere, where there is room for them. */
@Tag("cluster")
class TakeoverTest {

    private static final ClusterConfig CLUSTER = ClusterNodeMain.CLUSTER;

    /** What the guarantees say: lease, two beats, one poll; and a second for a machine that is busy. */
    static final Duration BOUND = CLUSTER.lease()
            .plus(CLUSTER.beat().multipliedBy(2))
            .plus(CLUSTER.poll())
            .plusSeconds(1);

    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void runsOfAKilledNodeGoOnWithinLeaseTwoBeatsAndAPoll(TestDatabase database) throws Exception {
        try (TestSchema schema = database.fresh();
                Cluster cluster = new Cluster(schema, "takeover-" + database)) {
            List<ClusterNode> nodes = Stream.of("a", "b", "c", "d")
                    .map(id -> cluster.launch(id, 20))
                    .toList();
            nodes.forEach(ClusterNode::ready);

            for (ClusterNode victim : nodes.subList(0, 3)) {
                cluster.submit(40, WitnessJob.TYPE, "{\"millis\": 300}", Priority.NORMAL);
                Cluster.until("runs begin on " + victim.id(), ENOUGH, () -> submittedUntilOneRunsOn(cluster, victim));
                Cluster.Fault killed = cluster.kill(victim);
                cluster.quiesce(ENOUGH);

                Takeover takeover = Takeover.after(cluster, killed);
                System.out.println(database + ": " + takeover);
                assertThat(takeover.milliseconds()).isNotEmpty();
                assertThat(takeover.last()).isLessThan(BOUND.toMillis());
            }
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    private static boolean submittedUntilOneRunsOn(Cluster cluster, ClusterNode victim) {
        if (!cluster.openOn(victim).isEmpty()) {
            return true;
        }
        cluster.submit(WitnessJob.TYPE, "{\"millis\": 300}", Priority.NORMAL);
        return false;
    }
}
