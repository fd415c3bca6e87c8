package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.run.Actor;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All nodes are killed at once, in the middle of their work, and started again. */
@Tag("cluster")
class WholeClusterTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final long SECOND = 1000;

    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void whatWasUnderWayGoesOnAndNoTimeIsLeftOut(TestDatabase database) throws Exception {
        try (TestSchema schema = database.fresh();
                Cluster cluster = new Cluster(schema, "whole-" + database)) {
            List<ClusterNode> first = launch(cluster);
            cluster.schedules()
                    .create(
                            "each-second",
                            new JsonMapper()
                                    .readTree(
                                            "{\"type\": \"witness\", \"every\": \"1s\", \"payload\": {\"millis\": 20}}"),
                            ANNA,
                            null);
            cluster.submit(6, WitnessJob.TYPE, "{\"millis\": 4000}", Priority.HIGHEST);
            cluster.submit(10, ExclusiveWitnessJob.TYPE, "{\"millis\": 100}", Priority.NORMAL);
            cluster.submit(600, WitnessJob.TYPE, "{\"millis\": 20, \"fail\": 1}", Priority.NORMAL);
            Cluster.until(
                    "all work",
                    ENOUGH,
                    () -> first.stream().noneMatch(node -> cluster.openOn(node).isEmpty()));

            first.forEach(cluster::kill);
            List<ClusterNode> second = launch(cluster);
            Cluster.until(
                    "all work again",
                    ENOUGH,
                    () -> second.stream().noneMatch(node -> cluster.openOn(node).isEmpty()));
            String fired = "SELECT COUNT(*) FROM RQ_SCHEDULE_FIRES";
            long fires = cluster.count(fired);
            Cluster.until("the schedule goes on", ENOUGH, () -> cluster.count(fired) > fires + 1);
            cluster.schedules().pause("each-second", ANNA, null);
            cluster.quiesce(ENOUGH);

            Verdicts verdicts = Checker.verdicts(cluster);
            ScheduleChecks.noTimeIsLeftOut(cluster.evidence().dump(), "each-second", SECOND, verdicts);
            assertThat(verdicts.violations()).isEmpty();
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST'"))
                    .isPositive();
        }
    }

    private static List<ClusterNode> launch(Cluster cluster) {
        List<ClusterNode> nodes =
                Stream.of("a", "b", "c").map(id -> cluster.launch(id, 4)).toList();
        nodes.forEach(ClusterNode::ready);
        return nodes;
    }
}
