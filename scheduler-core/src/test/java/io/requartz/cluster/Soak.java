package io.requartz.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.run.Actor;
import io.requartz.run.Priority;
import io.requartz.testdb.DatabaseServer;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A cluster at work, to which one thing after the other is done; then it is left in peace, and checked. What is submitted and what is
 * done follows from the seed; what comes of it also from the machine.
 */
final class Soak {

    private static final Actor ANNA = new Actor("token:anna");
    private static final String SCHEDULE = "each-second";
    private static final long SCHEDULE_MILLIS = 1000;
    private static final Duration SETTLES = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
    private static final int BURST = 200;
    private static final int LOG_LINES_A_SECOND = 10;

    private final Plan plan;
    private final Telling telling;
    private final Verdicts verdicts = new Verdicts();
    private Dump before;

    /**
     * @param kills ends it when so many processes were killed; 0: only time does
     * @param pause the longest between two faults
     * @param check how often it is checked while it goes on
     */
    record Plan(TestDatabase database, long seed, Duration time, int kills, Duration pause, Duration check) {}

    private Soak(Plan plan, Telling telling) {
        this.plan = plan;
        this.telling = telling;
    }

    /** What came of it. */
    record Result(Verdicts verdicts, Map<String, Integer> done, int kills, String figures) {}

    static Result run(Plan plan, Telling telling) throws Exception {
        boolean own = plan.database() != TestDatabase.MYSQL;
        if (!own) {
            try (TestSchema schema = plan.database().fresh()) {
                return new Soak(plan, telling).on(schema, null);
            }
        }
        try (DatabaseServer server = plan.database().startServer();
                TestSchema schema = server.createSchema("soak")) {
            return new Soak(plan, telling).on(schema, server);
        }
    }

    /** @param server that may be killed; null if it may not */
    private Result on(TestSchema schema, DatabaseServer server) throws Exception {
        try (Machinery machinery = Machinery.start(schema, "soak-" + plan.database())) {
            Cluster cluster = machinery.cluster();
            long calm = burst(cluster);
            Figures first = Figures.of(machinery);
            cluster.schedules()
                    .create(
                            SCHEDULE,
                            new JsonMapper()
                                    .readTree(
                                            "{\"type\": \"witness\", \"every\": \"1s\", \"payload\": {\"millis\": 20}}"),
                            ANNA,
                            null);
            Nemesis nemesis = new Nemesis(machinery, server, new Random(plan.seed()), telling);
            long began = System.nanoTime();
            try (Workload workload = Workload.start(cluster, plan.seed() + 1)) {
                rage(machinery, nemesis, began);
                telling.now("heals and comes to rest; " + workload.submitted() + " runs were submitted");
            }
            machinery.heal();
            cluster.schedules().pause(SCHEDULE, ANNA, null);
            cluster.quiesce(SETTLES);
            double seconds = (System.nanoTime() - began) / 1e9;
            long after = burst(cluster);
            check(cluster, Checker.atRest(cluster.evidence()));
            ScheduleChecks.noTimeIsLeftOut(before, SCHEDULE, SCHEDULE_MILLIS, verdicts);
            TakeoverChecks.killed(cluster, nemesis.deeds(), verdicts);
            Figures last = Figures.of(machinery);
            flat(first, last, calm, after, cluster, seconds);
            return new Result(
                    verdicts,
                    nemesis.counts(),
                    nemesis.kills(),
                    first + " before, " + last + " after; a burst of " + BURST + " took " + calm + " ms before, "
                            + after + " ms after");
        }
    }

    private void rage(Machinery machinery, Nemesis nemesis, long began) throws IOException {
        long checked = System.nanoTime();
        while (System.nanoTime() - began < plan.time().toNanos()
                && (plan.kills() == 0 || nemesis.kills() < plan.kills())) {
            nemesis.strike();
            LockSupport.parkNanos(nemesis.pause(plan.pause()).toNanos());
            if (System.nanoTime() - checked > plan.check().toNanos()) {
                machinery.heal();
                telling.now("checks while it goes on; " + nemesis.kills() + " killed so far");
                check(machinery.cluster(), Checker.atAnyTime(machinery.cluster().evidenceSoFar()));
                checked = System.nanoTime();
            }
        }
    }

    private void check(Cluster cluster, Verdicts found) {
        Dump now = cluster.dump();
        if (before != null) {
            RunChecks.settledRunsStayed(before, now, found);
        }
        before = now;
        Checker.ask(cluster.doctor().withPause(LOOK_AGAIN), found);
        verdicts.add(found);
        found.violations().forEach(telling::now);
    }

    /** @return how many milliseconds some quick runs take, all in all */
    private static long burst(Cluster cluster) {
        long began = System.nanoTime();
        cluster.submit(BURST, WitnessJob.TYPE, "{\"millis\": 1}", Priority.NORMAL);
        cluster.quiesce(SETTLES);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private void flat(Figures first, Figures last, long calm, long after, Cluster cluster, double seconds) {
        verdicts.expect(
                last.threads() <= first.threads() * 1.5, "I12", () -> "threads a node: " + first + ", then " + last);
        verdicts.expect(
                last.connections() <= Figures.MOST_CONNECTIONS,
                "I12",
                () -> "connections a node: " + first + ", then " + last);
        verdicts.expect(last.memory() <= first.memory() * 2, "I12", () -> "memory a node: " + first + ", then " + last);
        // a burst is short, and the machine has others to serve
        verdicts.expect(
                after <= 2 * calm + 3000,
                "I12",
                () -> "a burst took " + calm + " ms before, and " + after + " ms afterwards");
        for (ClusterNode node : cluster.nodes()) {
            verdicts.expect(
                    node.output().size() <= Math.max(200, seconds * LOG_LINES_A_SECOND),
                    "I12",
                    () -> node.id() + " (pid " + node.pid() + ") has written "
                            + node.output().size() + " lines");
            verdicts.expect(
                    node.output().stream().noneMatch(line -> line.contains("OutOfMemoryError")),
                    "I12",
                    () -> node.id() + " (pid " + node.pid() + ") ran out of memory");
        }
    }
}
