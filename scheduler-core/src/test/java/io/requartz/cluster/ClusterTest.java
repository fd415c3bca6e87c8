package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes, one database, thousands of runs; one node is killed, another freezes and comes back. None is lost, none is done twice. */
@Tag("cluster")
class ClusterTest {

    private static final int RUNS = 3_000;
    private static final int LONG_RUNS = 10;
    private static final int EXCLUSIVE_RUNS = 40;
    private static final int THREADS = 4;
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void everyRunEndsOnceWhateverHappensToNodes(TestDatabase database) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println(database + ": seed " + seed);
        try (TestSchema schema = database.fresh();
                Cluster cluster = new Cluster(schema, "chaos-" + database)) {
            List<ClusterNode> nodes = List.of("a", "b", "c").stream()
                    .map(id -> cluster.launch(id, THREADS))
                    .toList();
            nodes.forEach(ClusterNode::ready);

            CompletableFuture<Void> crowd = CompletableFuture.runAsync(() -> submitCrowd(cluster, new Random(seed)));
            Cluster.Fault killed = killWithLongRuns(cluster, nodes.get(0));
            Cluster.Fault paused = freezeWithLongRuns(cluster, nodes.get(1));
            crowd.join();
            cluster.quiesce(ENOUGH);

            assertThat(Checker.violations(cluster)).isEmpty();
            for (Cluster.Fault fault : List.of(killed, paused)) {
                Takeover takeover = Takeover.after(cluster, fault);
                System.out.println(database + ": " + takeover);
                // begun again when there is room: TakeoverTest measures that on nodes that have some
                assertThat(takeover.milliseconds()).isNotEmpty();
                assertThat(takeover.closedFirst()).isLessThan(TakeoverTest.BOUND.toMillis());
            }
            aLateOutcomeWroteNothing(cluster, paused);
            stopOneAfterTheOther(cluster, nodes.get(1), nodes.get(2));
            assertThat(Checker.violations(cluster)).isEmpty();
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_NODES")).isZero();
        }
    }

    /** A third fail, once or more; some of them always. */
    private static void submitCrowd(Cluster cluster, Random random) {
        for (int i = 0; i < RUNS; i++) {
            int fail = random.nextInt(3) > 0 ? 0 : random.nextInt(100) == 0 ? 99 : 1 + random.nextInt(2);
            cluster.submit(
                    WitnessJob.TYPE,
                    "{\"fail\": " + fail + ", \"millis\": " + random.nextInt(10) + "}",
                    Priority.NORMAL);
            if (i % (RUNS / EXCLUSIVE_RUNS) == 0) {
                cluster.submit(ExclusiveWitnessJob.TYPE, "{\"millis\": 100}", Priority.NORMAL);
            }
        }
    }

    private static Cluster.Fault killWithLongRuns(Cluster cluster, ClusterNode victim) {
        List<String> runs = cluster.submit(LONG_RUNS, WitnessJob.TYPE, "{\"millis\": 2500}", Priority.HIGHEST);
        Cluster.until("a long run begins on " + victim.id(), ENOUGH, () -> begun(cluster, victim, runs));
        Cluster.Fault fault = cluster.kill(victim);
        awaitBegunAgain(cluster, victim, runs);
        return fault;
    }

    /** Its jobs sleep through their own end, and care about no interrupt: they report when others have long taken over. */
    private static Cluster.Fault freezeWithLongRuns(Cluster cluster, ClusterNode victim) {
        List<String> runs = new ArrayList<>(
                cluster.submit(LONG_RUNS, WitnessJob.TYPE, "{\"millis\": 1500, \"stubborn\": true}", Priority.HIGHEST));
        runs.addAll(cluster.submit(
                2, ExclusiveWitnessJob.TYPE, "{\"millis\": 1500, \"stubborn\": true}", Priority.HIGHEST));
        Cluster.until("a long run begins on " + victim.id(), ENOUGH, () -> begun(cluster, victim, runs));
        Cluster.Fault fault = cluster.pause(victim);
        awaitBegunAgain(cluster, victim, runs);
        victim.resume();
        Cluster.until(
                victim.id() + " is back with a new boot and works",
                ENOUGH,
                () -> cluster.count(
                                "SELECT COUNT(*) FROM RQ_ATTEMPTS a JOIN RQ_NODES n ON a.FIRE_ID LIKE CONCAT(n.BOOT_ID, '.%')"
                                        + " WHERE n.NODE_ID = '" + victim.id() + "' AND n.STARTED_AT > " + fault.wall()
                                        + " AND n.STATE = 'ACTIVE'")
                        > 0);
        return fault;
    }

    private static boolean begun(Cluster cluster, ClusterNode node, List<String> runs) {
        return cluster.openOn(node).stream()
                        .filter(open -> runs.contains(open.run()))
                        .count()
                >= 2;
    }

    private static void awaitBegunAgain(Cluster cluster, ClusterNode victim, List<String> runs) {
        List<Sighting> orphans = cluster.openOn(victim).stream()
                .filter(open -> runs.contains(open.run()))
                .toList();
        Cluster.until(
                "what " + victim.id() + " had begun is begun again",
                ENOUGH,
                () -> orphans.stream()
                        .allMatch(orphan -> cluster.sightings().stream()
                                .anyMatch(sighting ->
                                        sighting.run().equals(orphan.run()) && sighting.attempt() > orphan.attempt())));
    }

    private static void aLateOutcomeWroteNothing(Cluster cluster, Cluster.Fault paused) {
        List<Sighting> late = cluster.sightings().stream()
                .filter(sighting -> sighting.pid() == paused.pid()
                        && sighting.kind() == Sighting.Kind.EFFECT
                        && sighting.nanos() > paused.nanos())
                .filter(sighting -> outcome(cluster, sighting).equals("NODE_LOST"))
                .toList();
        assertThat(late).as("attempts that came too late").isNotEmpty();
        late.forEach(sighting ->
                assertThat(cluster.runs().get(sighting.run()).attempts()).isGreaterThan(sighting.attempt()));
    }

    private static String outcome(Cluster cluster, Sighting sighting) {
        return cluster.query(
                        "SELECT OUTCOME FROM RQ_ATTEMPTS WHERE RUN_ID = '" + sighting.run() + "' AND ATTEMPT_NO = "
                                + sighting.attempt(),
                        row -> row.getString(1))
                .get(0);
    }

    private static void stopOneAfterTheOther(Cluster cluster, ClusterNode first, ClusterNode second) {
        // longer than the first may take to stop, also if the second begins late
        List<String> runs = cluster.submit(2 * THREADS, WitnessJob.TYPE, "{\"millis\": 10000}", Priority.NORMAL);
        Cluster.until("both are at work", ENOUGH, () -> begun(cluster, first, runs) && begun(cluster, second, runs));
        List<Sighting> open = cluster.openOn(first);

        first.terminate();
        assertThat(first.exitCode(Duration.ofSeconds(15))).isZero();
        cluster.quiesce(ENOUGH);

        open.forEach(handed -> {
            assertThat(outcome(cluster, handed)).isEqualTo("HANDED_OVER");
            assertThat(cluster.runs().get(handed.run()).failures()).isZero();
        });
        second.terminate();
        assertThat(second.exitCode(Duration.ofSeconds(15))).isZero();
    }
}
