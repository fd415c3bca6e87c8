package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Priority;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.wire.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** SIGTERM: what runs may end until the deadline, the rest goes on elsewhere at once, and counts for nothing. */
@Tag("cluster")
class GracefulStopTest {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    /** What docs/operations.md tells supervisors to wait beyond the deadline. */
    private static final Duration SUPERVISOR = Duration.ofSeconds(30);

    /** Until the JVM has noticed the signal, on a busy machine. */
    private static final Duration NOTICED = Duration.ofMillis(300);

    @Test
    void letsShortJobsEndHandsLongOnesOverAndStartsNothing() throws Exception {
        try (TestSchema schema = TestDatabase.POSTGRESQL.fresh();
                Cluster cluster = new Cluster(schema, "graceful-stop")) {
            ClusterNode leaving = cluster.launch("leaving", 6, DEADLINE).ready();
            List<String> quick = cluster.submit(2, WitnessJob.TYPE, "{\"millis\": 2000}", Priority.HIGHEST);
            List<String> slow = cluster.submit(3, WitnessJob.TYPE, "{\"millis\": 15000}", Priority.HIGHEST);
            Cluster.until("they run", ENOUGH, () -> cluster.openOn(leaving).size() == 5);
            ClusterNode staying = cluster.launch("staying", 6, DEADLINE).ready();
            cluster.submit(300, WitnessJob.TYPE, "{\"millis\": 20}", Priority.NORMAL);

            Fault told = cluster.terminate(leaving);
            int code = leaving.exitCode(ENOUGH);
            Duration took = Duration.ofNanos(System.nanoTime() - told.nanos());
            cluster.quiesce(ENOUGH);

            System.out.println("stopped after " + took.toMillis() + " ms");
            assertThat(code).isZero();
            assertThat(took).isLessThan(DEADLINE.plusSeconds(2));
            assertThat(Checker.violations(cluster)).isEmpty();
            quick.forEach(id -> assertThat(cluster.runs().attempts(id))
                    .extracting(Attempt::node, Attempt::outcome)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("leaving", AttemptOutcome.SUCCEEDED)));
            slow.forEach(id -> assertHandedOver(cluster, id, staying));
            assertThat(cluster.sightings())
                    .filteredOn(sighting -> sighting.pid() == leaving.pid() && sighting.kind() == Sighting.Kind.BEGIN)
                    .extracting(Sighting::nanos)
                    .allMatch(nanos -> nanos < told.nanos() + NOTICED.toNanos());
            assertThat(cluster.query("SELECT NODE_ID FROM RQ_NODES", row -> row.getString(1)))
                    .containsExactly("staying");
        }
    }

    private static void assertHandedOver(Cluster cluster, String id, ClusterNode to) {
        Run run = cluster.runs().get(id);
        List<Attempt> attempts = cluster.runs().attempts(id);

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.failures()).isZero();
        assertThat(attempts)
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.HANDED_OVER, AttemptOutcome.SUCCEEDED);
        assertThat(attempts.get(1).node()).isEqualTo(to.id());
        assertThat(Duration.between(attempts.get(0).endedAt(), attempts.get(1).startedAt()))
                .as("from the hand-over to the next start")
                .isLessThan(ClusterNodeMain.CLUSTER.poll().plusMillis(500));
    }

    /** What it cannot write it leaves to others; it does not keep its supervisor waiting for that. */
    @Test
    @EnabledIfSystemProperty(named = "requartz.test.long", matches = "true", disabledReason = "it takes half a minute")
    void withoutADatabaseItEndsAllTheSame() throws Exception {
        try (TestSchema schema = TestDatabase.POSTGRESQL.fresh();
                TcpProxy proxy = TcpProxy.to(schema.server().port().orElseThrow(), schema.jdbcUrl());
                Cluster cluster = new Cluster(schema, "stop-without-database")) {
            ClusterNode leaving = cluster.launch(
                            NodeWish.of("leaving", 6).through(proxy.port()).stoppingWithin(DEADLINE))
                    .ready();
            cluster.submit(4, WitnessJob.TYPE, "{\"millis\": 1500}", Priority.HIGHEST);
            Cluster.until("they run", ENOUGH, () -> cluster.openOn(leaving).size() == 4);
            cluster.launch("staying", 6, DEADLINE).ready();

            Fault cutOff = cluster.cutOff(leaving);
            proxy.blackhole();
            cluster.terminate(leaving);
            int code = leaving.exitCode(ENOUGH.multipliedBy(4));
            Duration took = Duration.ofNanos(System.nanoTime() - cutOff.nanos());
            cluster.quiesce(ENOUGH);

            System.out.println("stopped after " + took.toMillis() + " ms");
            assertThat(code).isZero();
            assertThat(took).isLessThan(DEADLINE.plus(SUPERVISOR));
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }

    /** Under full load too, nothing is left to be found by peers a lease later. */
    @Test
    void underLoadLeavesNothingBehind() throws Exception {
        try (TestSchema schema = TestDatabase.MARIADB.fresh();
                Cluster cluster = new Cluster(schema, "stop-under-load")) {
            ClusterNode first = cluster.launch("first", 4).ready();
            cluster.submit(3_000, WitnessJob.TYPE, "{\"millis\": 5}", Priority.NORMAL);
            first.terminate();
            assertThat(first.exitCode(ENOUGH)).isZero();

            assertThat(cluster.count("SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS"))
                    .isZero();
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_RUNS WHERE STATE = 'RUNNING'"))
                    .isZero();
            assertThat(cluster.count(
                            "SELECT COUNT(*) FROM RQ_ATTEMPTS WHERE OUTCOME NOT IN ('SUCCEEDED', 'HANDED_OVER')"))
                    .isZero();
            assertThat(cluster.count("SELECT COUNT(*) FROM RQ_NODES")).isZero();
            cluster.launch("second", 4).ready();
            cluster.quiesce(ENOUGH);
            assertThat(Checker.violations(cluster)).isEmpty();
        }
    }
}
