package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Priority;
import io.requartz.testdb.DatabaseServer;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away for much longer than a lease: nobody takes anybody for dead, and what was done meanwhile is written later. */
@Tag("cluster")
class DatabaseAwayTest {

    /** A longer outage finds more: {@code -Drequartz.test.outage=30}. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("requartz.test.outage", 10));

    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final int MOST_LINES_A_SECOND = 10;

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void frozenNobodyIsTakenForDeadAndNothingIsDoneTwice(TestDatabase database) throws Exception {
        nobodyIsTakenForDeadAndNothingIsDoneTwice(database, Outage.Kind.FREEZE);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void killedNobodyIsTakenForDeadAndNothingIsDoneTwice(TestDatabase database) throws Exception {
        nobodyIsTakenForDeadAndNothingIsDoneTwice(database, Outage.Kind.KILL);
    }

    private static void nobodyIsTakenForDeadAndNothingIsDoneTwice(TestDatabase database, Outage.Kind kind)
            throws Exception {
        try (DatabaseServer server = database.startServer();
                TestSchema schema = server.createSchema("away");
                Cluster cluster = new Cluster(schema, "away-" + database + "-" + kind)) {
            List<ClusterNode> nodes = new ArrayList<>();
            for (String id : List.of("a", "b", "c")) {
                nodes.add(cluster.launch(id, 6));
            }
            nodes.forEach(ClusterNode::ready);
            // some end while the database is away, some when it is back
            List<String> runs = cluster.submit(6, WitnessJob.TYPE, "{\"millis\": 4000}", Priority.HIGHEST);
            runs.addAll(cluster.submit(
                    6, WitnessJob.TYPE, "{\"millis\": " + AWAY.plusSeconds(4).toMillis() + "}", Priority.HIGHEST));
            Cluster.until(
                    "all of them run",
                    ENOUGH,
                    () -> nodes.stream()
                                    .mapToInt(node -> cluster.openOn(node).size())
                                    .sum()
                            == runs.size());
            cluster.submit(200, WitnessJob.TYPE, "{\"millis\": 20, \"fail\": 1}", Priority.NORMAL);

            Map<ClusterNode, Integer> lines = new HashMap<>();
            Map<ClusterNode, List<String>> said = new HashMap<>();
            try (Outage outage = Outage.begin(kind, server)) {
                nodes.forEach(node -> lines.put(node, node.output().size()));
                await(kind + " of " + outage).atMost(ENOUGH).pollDelay(AWAY).until(() -> true);
                nodes.forEach(node -> said.put(node, said(node, lines.get(node))));
            }
            long back = System.nanoTime();
            Cluster.until("the database answers", ENOUGH, () -> answers(cluster));
            long answered = System.nanoTime();
            cluster.quiesce(ENOUGH);

            System.out.println(
                    database + " " + kind + ": answers after " + (answered - back) / 1_000_000 + " ms, all done "
                            + (System.nanoTime() - answered) / 1_000_000 + " ms later; lines logged: "
                            + said.values().stream().map(List::size).toList());
            assertThat(Checker.violations(cluster)).isEmpty();
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST'"))
                    .isZero();
            runs.forEach(run -> assertThat(cluster.runs().attempts(run))
                    .extracting(Attempt::outcome)
                    .containsExactly(AttemptOutcome.SUCCEEDED));
            int most = MOST_LINES_A_SECOND * (int) AWAY.toSeconds();
            assertThat(said.values()).allSatisfy(output -> assertThat(output).hasSizeLessThanOrEqualTo(most));
        }
    }

    private static List<String> said(ClusterNode node, int after) {
        List<String> output = node.output();
        return List.copyOf(output.subList(after, output.size()));
    }

    private static boolean answers(Cluster cluster) {
        try {
            return cluster.count("SELECT COUNT(*) FROM RQ_NODES") == 3;
        } catch (IllegalStateException away) {
            return false;
        }
    }
}
