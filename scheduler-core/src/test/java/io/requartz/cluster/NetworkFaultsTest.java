package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.wire.TcpProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network between nodes and their database: commits whose answer is lost, slowness, and silence. */
@Tag("cluster")
class NetworkFaultsTest {

    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final int RUNS = 200;
    private static final int MOST_RUNS = 10 * RUNS;
    private static final int CUTS = 30;

    /** A node waits for an answer no longer than this; then it tries anew. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    /** Two nodes and a client, each with its own way to the database. */
    private record Net(TestSchema schema, List<TcpProxy> proxies, Cluster cluster, List<ClusterNode> nodes)
            implements AutoCloseable {

        static Net on(TestDatabase database, String name) throws SQLException {
            TestSchema schema = database.fresh();
            List<TcpProxy> proxies = List.of(proxy(schema), proxy(schema), proxy(schema));
            Cluster cluster =
                    new Cluster(schema, name + "-" + database, proxies.get(2).port());
            List<ClusterNode> nodes = List.of(
                    cluster.launch(NodeWish.of("a", 4).through(proxies.get(0).port())),
                    cluster.launch(NodeWish.of("b", 4).through(proxies.get(1).port())));
            nodes.forEach(ClusterNode::ready);
            return new Net(schema, proxies, cluster, nodes);
        }

        private static TcpProxy proxy(TestSchema schema) {
            return TcpProxy.to(schema.server().port().orElseThrow(), schema.jdbcUrl());
        }

        @Override
        public void close() throws SQLException {
            cluster.close();
            proxies.forEach(TcpProxy::close);
            schema.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void commitsWhoseAnswerIsLostLoseAndRepeatNothing(TestDatabase database) throws Exception {
        try (Net net = Net.on(database, "commits")) {
            AtomicInteger submitted = new AtomicInteger();
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> submit(net, submitted)))
                            .limit(3)
                            .toArray(CompletableFuture[]::new))
                    .join();
            net.proxies().forEach(TcpProxy::heal);
            net.cluster().quiesce(ENOUGH);

            List<Integer> cuts =
                    net.proxies().stream().map(TcpProxy::cutAfterCommits).toList();
            System.out.println(database + ": answers lost to nodes and client: " + cuts);
            assertThat(cuts).allMatch(each -> each > 0);
            assertThat(Checker.violations(net.cluster())).isEmpty();
            assertThat(net.cluster().count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST'"))
                    .isZero();
            assertThat(effects(net.cluster()))
                    .allSatisfy((run, effects) -> assertThat(effects)
                            .as("how often run %s did its work", run)
                            .isOne());
        }
    }

    private static void submit(Net net, AtomicInteger submitted) {
        for (int i = submitted.getAndIncrement();
                i < RUNS || (cuts(net) < CUTS && i < MOST_RUNS);
                i = submitted.getAndIncrement()) {
            if (i % 5 == 0) {
                net.proxies().get(i / 5 % 3).cutAfterCommit(1);
            }
            net.cluster()
                    .trySubmit(
                            WitnessJob.TYPE,
                            "{\"millis\": 2, \"fail\": " + (i % 3 == 0 ? 1 : 0) + "}",
                            Priority.NORMAL);
        }
    }

    private static int cuts(Net net) {
        return net.proxies().stream().mapToInt(TcpProxy::cutAfterCommits).sum();
    }

    private static Map<String, Long> effects(Cluster cluster) {
        return cluster.sightings().stream()
                .filter(sighting -> sighting.kind() == Sighting.Kind.EFFECT)
                .collect(Collectors.groupingBy(Sighting::run, HashMap::new, Collectors.counting()));
    }

    /** Slow for all: beats come late, and nobody may be taken for dead for it. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void aSlowDatabaseKillsNobody(TestDatabase database) throws Exception {
        try (Net net = Net.on(database, "slow")) {
            Cluster cluster = net.cluster();
            List<String> runs = cluster.submit(8, WitnessJob.TYPE, "{\"millis\": 6000}", Priority.HIGHEST);
            Cluster.until(
                    "they run",
                    ENOUGH,
                    () -> net.nodes().stream()
                                    .mapToInt(node -> cluster.openOn(node).size())
                                    .sum()
                            == runs.size());
            net.proxies().forEach(proxy -> proxy.delay(Duration.ofMillis(50)));
            cluster.submit(10, WitnessJob.TYPE, "{\"millis\": 5}", Priority.NORMAL);
            net.proxies().forEach(proxy -> proxy.delay(Duration.ofMillis(500)));
            // longer than a lease, and through the ends of what runs
            Cluster.until(
                    "all that runs has ended",
                    ENOUGH,
                    () -> cluster.sightings().stream()
                                    .filter(seen -> seen.kind() == Sighting.Kind.END && runs.contains(seen.run()))
                                    .count()
                            == runs.size());
            net.proxies().forEach(TcpProxy::heal);
            cluster.quiesce(ENOUGH);

            assertThat(Checker.violations(cluster)).isEmpty();
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST'"))
                    .isZero();
        }
    }

    /** As behind a firewall that has forgotten the connections: nobody answers on them, and nobody says that they are gone. */
    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void aNodeWhoseConnectionsAreLostComesBackByItself(TestDatabase database) throws Exception {
        try (Net net = Net.on(database, "lost")) {
            Cluster cluster = net.cluster();
            ClusterNode victim = net.nodes().get(0);
            cluster.submit(8, WitnessJob.TYPE, "{\"millis\": 1000}", Priority.HIGHEST);
            cluster.submit(200, WitnessJob.TYPE, "{\"millis\": 20, \"fail\": 1}", Priority.NORMAL);
            Cluster.until("it works", ENOUGH, () -> cluster.openOn(victim).size() >= 2);

            Cluster.Fault lost = cluster.cutOff(victim);
            net.proxies().get(0).lose();
            Cluster.until("it takes runs again", ENOUGH, () -> {
                cluster.submit(WitnessJob.TYPE, "{\"millis\": 5}", Priority.HIGHEST);
                return beganSince(cluster, victim, lost);
            });
            Duration away = Duration.ofNanos(System.nanoTime() - lost.nanos());
            cluster.quiesce(ENOUGH);

            System.out.println(
                    database + ": works again after " + away.toMillis() + " ms; " + Takeover.after(cluster, lost));
            assertThat(away).isLessThan(SOCKET_TIMEOUT.plusSeconds(10));
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    /** Taken after the connections were lost, and not only begun. */
    private static boolean beganSince(Cluster cluster, ClusterNode node, Cluster.Fault fault) {
        return cluster.count("SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE NODE = '" + node.id() + "' AND STARTED_AT > "
                        + (fault.wall() + 1000))
                > 0;
    }
}
