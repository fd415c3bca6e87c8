package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.run.Actor;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes that all want to fire one schedule each second, while two of them are killed. */
@Tag("cluster")
class ScheduleRaceTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final Set<String> CELLS = Set.of("shop=1", "shop=2", "shop=3");
    private static final int THREADS = 4;
    private static final long SECOND = 1_000;
    private static final int TIMES_BETWEEN = 5;

    /** A time and cell as the database has it. */
    private record Fire(long time, String cell, String run, String skipped) {}

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void eachTimeAndCellMakesOneRunOrSaysWhyNot(TestDatabase database) throws Exception {
        try (TestSchema schema = database.fresh();
                Cluster cluster = new Cluster(schema, "schedule-" + database)) {
            List<ClusterNode> nodes = Stream.of("a", "b", "c")
                    .map(id -> cluster.launch(id, THREADS))
                    .toList();
            nodes.forEach(ClusterNode::ready);
            cluster.schedules().create("race", new JsonMapper().readTree("""
                    {"type": "witness", "every": "1s", "payload": {"millis": 100},
                     "matrix": {"shop": [1, 2, 3]}}"""), ANNA, null);

            awaitMoreTimes(cluster);
            cluster.kill(nodes.get(0));
            awaitMoreTimes(cluster);
            ClusterNode again = cluster.launch("a", THREADS).ready();
            cluster.kill(nodes.get(1));
            awaitMoreTimes(cluster);
            Cluster.until(
                    "who was killed fires again",
                    ENOUGH,
                    () -> !cluster.openOn(again).isEmpty());
            cluster.schedules().pause("race", ANNA, null);
            cluster.quiesce(ENOUGH);

            assertThat(Checker.violations(cluster)).isEmpty();
            List<Fire> fires = fires(cluster);
            System.out.println(database + ": " + told(fires));
            noTimeIsLeftOut(fires);
            eachHasItsOwnRun(cluster, fires);
        }
    }

    /** Whatever becomes of it. */
    private static void awaitMoreTimes(Cluster cluster) {
        String times = "SELECT COUNT(DISTINCT FIRE_TIME) FROM RQ_SCHEDULE_FIRES";
        long before = cluster.count(times);
        Cluster.until("some more times", ENOUGH, () -> cluster.count(times) >= before + TIMES_BETWEEN);
    }

    private static List<Fire> fires(Cluster cluster) {
        return cluster.query(
                "SELECT FIRE_TIME, CELL, RUN_ID, SKIPPED FROM RQ_SCHEDULE_FIRES ORDER BY FIRE_TIME, CELL",
                row -> new Fire(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    private static Map<String, Integer> told(List<Fire> fires) {
        Map<String, Integer> told = new TreeMap<>();
        fires.forEach(fire -> told.merge(fire.run() != null ? "run" : fire.skipped(), 1, Integer::sum));
        return told;
    }

    private static void noTimeIsLeftOut(List<Fire> fires) {
        TreeMap<Long, Set<String>> cells = new TreeMap<>();
        for (Fire fire : fires) {
            assertThat(fire.run() == null).as("a run, or why none: %s", fire).isEqualTo(fire.skipped() != null);
            assertThat(cells.computeIfAbsent(fire.time(), time -> new TreeSet<>())
                            .add(fire.cell()))
                    .as("once: %s", fire)
                    .isTrue();
        }
        for (long time = cells.firstKey(); time <= cells.lastKey(); time += SECOND) {
            Set<String> answered = cells.get(time);
            // one row stands for all cells of a time that was missed
            assertThat(answered).as("cells of %d", time).isIn(CELLS, Set.of(""));
        }
        assertThat(cells).hasSizeGreaterThanOrEqualTo(3 * TIMES_BETWEEN);
        assertThat((cells.lastKey() - cells.firstKey()) / SECOND + 1).isEqualTo(cells.size());
    }

    private static void eachHasItsOwnRun(Cluster cluster, List<Fire> fires) {
        Map<String, String> byRun = new HashMap<>();
        cluster.query("SELECT ID, SCHEDULED_AT, CELL FROM RQ_RUNS", row -> {
            String fire = row.getLong(2) + " " + row.getString(3);
            assertThat(byRun.containsValue(fire)).as("two runs of %s", fire).isFalse();
            return byRun.put(row.getString(1), fire);
        });
        Map<String, String> expected = new HashMap<>();
        fires.stream()
                .filter(fire -> fire.run() != null)
                .forEach(fire -> expected.put(fire.run(), fire.time() + " " + fire.cell()));
        assertThat(byRun).isEqualTo(expected).hasSizeGreaterThan(CELLS.size() * TIMES_BETWEEN);
    }
}
