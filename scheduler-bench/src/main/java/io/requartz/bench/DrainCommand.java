package io.requartz.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast one node works off what is due. */
@Command(
        name = "drain",
        description = "How many no-op runs that are already due one node works off in a second, outcomes committed.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Option(names = "--runs", defaultValue = "5000", description = "Runs a round. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each, in turns. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--threads", defaultValue = "20", description = "Worker threads. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "requartz,quartz,quartz-batch-20,quartz-batch-50",
            description = {
                "Who takes part: requartz, quartz (its defaults), quartz-batch-N (acquires N at once, under its lock).",
                "Default: ${DEFAULT-VALUE}"
            })
    private List<String> names;

    @Option(
            names = "--warm-up",
            defaultValue = "1000",
            description = "Runs of a first round of each, which does not count. Default: ${DEFAULT-VALUE}")
    private int warmUp;

    @Spec
    private CommandSpec spec;

    /**
     * One round of one contender.
     *
     * @param cpuMillis processor time of this JVM, all threads, a run; what others do to the machine changes it less than the rate
     */
    public record Round(String contender, double seconds, double runsPerSecond, double cpuMillis, ServerWork server) {}

    /** All rounds. */
    public record Drained(Machine machine, int runs, int threads, List<Round> rounds) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Drain: " + runs + " runs that are due, " + threads + " threads, one node. " + machine);
            Columns table = new Columns(
                    "contender",
                    "runs/s",
                    "lowest",
                    "highest",
                    "JVM ms/run",
                    "commits/run",
                    "rows/run",
                    "log bytes/run",
                    "log syncs/run");
            for (String name : rounds.stream().map(Round::contender).distinct().toList()) {
                List<Round> own = rounds.stream()
                        .filter(round -> round.contender().equals(name))
                        .toList();
                ServerWork server = own.get(own.size() - 1).server();
                table.row(
                        name,
                        Columns.number(Medians.median(own, Round::runsPerSecond), 0),
                        Columns.number(Medians.quantile(own, Round::runsPerSecond, 0), 0),
                        Columns.number(Medians.quantile(own, Round::runsPerSecond, 1), 0),
                        Columns.number(Medians.median(own, Round::cpuMillis), 2),
                        Columns.perRun(server.commits(), runs, 3),
                        Columns.perRun(server.rows(), runs, 2),
                        Columns.perRun(server.logBytes(), runs, 0),
                        Columns.perRun(server.logSyncs(), runs, 3));
            }
            table.print(out);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        List<Contender> contenders =
                new ArrayList<>(names.stream().map(Contender::named).toList());
        Machine machine;
        try (Place place = places.next()) {
            machine = Machine.of(place);
        }
        if (warmUp > 0) {
            for (Contender contender : contenders) {
                round(contender, places, warmUp);
            }
        }
        List<Round> done = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            for (Contender contender : contenders) {
                Round round = round(contender, places, runs);
                done.add(round);
                spec.commandLine()
                        .getErr()
                        .printf("round %d, %s: %.0f runs/s%n", i + 1, round.contender(), round.runsPerSecond());
            }
            // whoever came last comes first: what one leaves behind (dirty pages, a checkpoint) does not always meet
            // the same next
            Collections.reverse(contenders);
        }
        options.print(spec.commandLine().getOut(), new Drained(machine, runs, threads, done));
        return 0;
    }

    private Round round(Contender contender, Places places, int count) throws Exception {
        try (Place place = places.next()) {
            contender.prepare(place);
            contender.load(place, count);
            settle(place);
            ServerWork before = ServerWork.counted(place);
            long nanos;
            long cpu;
            try (Contender.Bout bout = contender.enter(place, threads);
                    Connection watch = place.connect()) {
                long target = Noop.executed() + count;
                long cpuBefore = cpuNanos();
                long began = System.nanoTime();
                bout.start();
                Noop.awaitExecuted(target);
                awaitNothingOpen(watch, contender);
                nanos = System.nanoTime() - began;
                cpu = cpuNanos() - cpuBefore;
                if (Noop.executed() != target) {
                    throw new IllegalStateException(
                            contender.name() + " executed " + (Noop.executed() - target) + " runs too many");
                }
            }
            ServerWork server = ServerWork.counted(place).since(before);
            double seconds = nanos / 1e9;
            return new Round(contender.name(), seconds, count / seconds, cpu / 1e6 / count, server);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** What a database that has been up for a while has behind it: statistics, and no burst of dirty pages. */
    private static void settle(Place place) throws SQLException {
        if (place.postgresql()) {
            try (Connection connection = place.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
                statement.execute("CHECKPOINT");
            }
        }
    }

    private static void awaitNothingOpen(Connection watch, Contender contender) throws SQLException {
        long deadline = System.nanoTime() + Contender.PATIENCE.toNanos();
        for (String count : contender.openRows()) {
            while (Place.number(watch, count) > 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(contender.name() + ": still something open: " + count);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
        }
    }
}
