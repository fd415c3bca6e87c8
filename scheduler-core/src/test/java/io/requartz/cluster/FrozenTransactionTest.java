package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.wire.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node freezes in the middle of a COMMIT: the transaction is open, with its locks, until the server ends it. Later the node goes on where
 * it was, and its COMMIT arrives after all.
 */
@Tag("cluster")
class FrozenTransactionTest {

    private static final Duration ENOUGH = Duration.ofSeconds(60);

    /** Until the server ends an idle transaction, and who waited for its locks goes on. */
    private static final Duration LOCKS_END =
            Duration.ofSeconds(15).plus(TakeoverTest.BOUND).plusSeconds(10);

    private static final int RUNS = 200;

    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void othersGoOnAndWhatItHeldFollows(TestDatabase database) throws Exception {
        try (TestSchema schema = database.fresh();
                TcpProxy proxy = TcpProxy.to(schema.server().port().orElseThrow(), schema.jdbcUrl());
                Cluster cluster = new Cluster(schema, "frozen-" + database)) {
            ClusterNode victim = cluster.launch(NodeWish.of("victim", 4).through(proxy.port()));
            ClusterNode other = cluster.launch("other", 4).ready();
            victim.ready();

            CompletableFuture<Fault> frozen = new CompletableFuture<>();
            busy(cluster, victim, "{\"millis\": 3000}");
            List<Sighting> open = cluster.openOn(victim);
            proxy.holdCommitOf(Nemesis.OUTCOMES, () -> frozen.complete(cluster.pause(victim)));
            cluster.submit(RUNS, WitnessJob.TYPE, "{\"millis\": 5, \"fail\": 1}", Priority.NORMAL);
            Fault fault = frozen.get(ENOUGH.toSeconds(), TimeUnit.SECONDS);
            cluster.submit(10, ExclusiveWitnessJob.TYPE, "{\"millis\": 5}", Priority.NORMAL);
            long others = System.nanoTime();
            Cluster.until(
                    "what others can take is done",
                    ENOUGH,
                    () -> cluster.count("SELECT COUNT(*) FROM RQ_RUNS WHERE FINISHED_AT IS NOT NULL") >= RUNS / 2);
            Duration half = Duration.ofNanos(System.nanoTime() - others);
            Cluster.until(
                    "its runs are taken over",
                    ENOUGH,
                    () -> open.stream()
                            .allMatch(seen -> cluster.count(
                                            "SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME IS NOT NULL AND RUN_ID = '"
                                                    + seen.run() + "' AND ATTEMPT_NO = " + seen.attempt())
                                    > 0));
            Duration taken = Duration.ofNanos(System.nanoTime() - fault.nanos());
            cluster.quiesce(ENOUGH);
            Duration all = Duration.ofNanos(System.nanoTime() - fault.nanos());

            proxy.heal();
            victim.resume();
            Cluster.until("it is back", ENOUGH, () -> worksAgain(cluster, victim, fault));
            cluster.quiesce(ENOUGH);

            System.out.println(database + ": half done after " + half.toMillis()
                    + " ms, open runs taken over after " + taken.toMillis() + " ms, all done after " + all.toMillis()
                    + " ms");
            assertThat(other.alive()).isTrue();
            assertThat(half).as("others did not wait for the locks").isLessThan(Duration.ofSeconds(10));
            assertThat(all).isLessThan(LOCKS_END);
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    /** It holds nothing then but its own row, and nobody may have to wait for that. */
    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void aNodeThatFreezesInABeatIsTakenOverInTime(TestDatabase database) throws Exception {
        try (TestSchema schema = database.fresh();
                TcpProxy proxy = TcpProxy.to(schema.server().port().orElseThrow(), schema.jdbcUrl());
                Cluster cluster = new Cluster(schema, "frozen-beat-" + database)) {
            ClusterNode victim = cluster.launch(NodeWish.of("victim", 4).through(proxy.port()));
            cluster.launch("other", 8).ready();
            victim.ready();
            busy(cluster, victim, "{\"millis\": 2000}");

            CompletableFuture<Fault> frozen = new CompletableFuture<>();
            proxy.holdAfter(Pattern.compile("UPDATE RQ_NODES SET BEAT"), () -> frozen.complete(cluster.pause(victim)));
            Fault fault = frozen.get(ENOUGH.toSeconds(), TimeUnit.SECONDS);
            cluster.quiesce(ENOUGH);
            Takeover takeover = Takeover.after(cluster, fault);
            System.out.println(database + ": " + takeover);
            proxy.heal();
            victim.resume();
            Cluster.until("it is back", ENOUGH, () -> worksAgain(cluster, victim, fault));
            cluster.quiesce(ENOUGH);

            assertThat(takeover.milliseconds()).isNotEmpty();
            assertThat(takeover.last()).isLessThan(TakeoverTest.BOUND.toMillis());
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    /** Submits until the node has got something of it: the others may have taken the first. */
    private static void busy(Cluster cluster, ClusterNode node, String payload) {
        Cluster.until("it works", ENOUGH, () -> {
            cluster.submit(WitnessJob.TYPE, payload, Priority.HIGHEST);
            return !cluster.openOn(node).isEmpty();
        });
    }

    private static boolean worksAgain(Cluster cluster, ClusterNode node, Fault since) {
        cluster.submit(WitnessJob.TYPE, "{\"millis\": 50}", Priority.HIGHEST);
        return cluster.openOn(node).stream().anyMatch(open -> open.nanos() > since.nanos() + 1_000_000_000L);
    }
}
