package io.requartz.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a scheduler adds to one attempt when it has nothing else to do. */
@Command(
        name = "overhead",
        description =
                "Milliseconds that are added to one attempt, one run at a time: submitted, executed, its outcome committed.",
        mixinStandardHelpOptions = true)
final class OverheadCommand implements Callable<Integer> {

    /** Of each turn: what a freshly started scheduler has to find out. */
    private static final int WARM_UP = 100;

    /** Once, before the first turn: what the JVM has to compile. */
    private static final int FIRST_WARM_UP = 1_500;

    @Mixin
    private Options options;

    @Option(names = "--runs", defaultValue = "1000", description = "Runs of each, in all. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Turns that they are split into. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--threads", defaultValue = "1", description = "Worker threads. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Spec
    private CommandSpec spec;

    /**
     * In milliseconds.
     *
     * @param p10 a tenth was faster: about what it takes when nobody else has the processor or the disk
     */
    public record Phase(String name, double p10, double median, double p90, double p99) {

        static Phase of(String name, List<Timing> timings, ToLongFunction<Timing> nanos) {
            return new Phase(
                    name,
                    at(timings, nanos, 0.1),
                    at(timings, nanos, 0.5),
                    at(timings, nanos, 0.9),
                    at(timings, nanos, 0.99));
        }

        private static double at(List<Timing> timings, ToLongFunction<Timing> nanos, double part) {
            double value = Medians.quantile(timings, timing -> nanos.applyAsLong(timing) / 1e6, part);
            return Math.round(value * 1000) / 1000.0;
        }
    }

    /** All phases of one contender. */
    public record Latency(String contender, List<Phase> phases) {}

    /** All contenders. */
    public record Added(Machine machine, int runs, List<Latency> latencies) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Overhead: " + runs + " runs, one at a time, in ms. " + machine);
            Columns table = new Columns("contender, phase", "p10", "median", "p90", "p99");
            for (Latency latency : latencies) {
                for (Phase phase : latency.phases()) {
                    table.row(
                            latency.contender() + " " + phase.name(),
                            Columns.number(phase.p10(), 2),
                            Columns.number(phase.median(), 2),
                            Columns.number(phase.p90(), 2),
                            Columns.number(phase.p99(), 2));
                }
            }
            table.print(out);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        List<Contender> contenders = List.of(new RequartzContender(), QuartzContender.byDefault());
        List<List<Timing>> timings = List.of(new ArrayList<>(), new ArrayList<>());
        List<Place> own = new ArrayList<>();
        Machine machine;
        try (Place place = places.next()) {
            machine = Machine.of(place);
        }
        try {
            for (Contender contender : contenders) {
                Place place = places.next();
                own.add(place);
                contender.prepare(place);
                contender.load(place, 0);
            }
            for (int i = 0; i < contenders.size(); i++) {
                turn(contenders.get(i), own.get(i), Math.min(runs, FIRST_WARM_UP));
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < contenders.size(); i++) {
                    int share = runs / rounds + (round < runs % rounds ? 1 : 0);
                    timings.get(i).addAll(turn(contenders.get(i), own.get(i), share));
                }
            }
            List<Latency> latencies = new ArrayList<>();
            for (int i = 0; i < contenders.size(); i++) {
                latencies.add(new Latency(contenders.get(i).name(), phases(timings.get(i))));
            }
            options.print(spec.commandLine().getOut(), new Added(machine, runs, latencies));
            return 0;
        } finally {
            for (Place place : own) {
                place.close();
            }
        }
    }

    private List<Timing> turn(Contender contender, Place place, int count) throws Exception {
        try (Contender.Bout bout = contender.enter(place, threads)) {
            bout.start();
            for (int i = 0; i < Math.min(WARM_UP, count); i++) {
                bout.once();
            }
            List<Timing> timings = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                timings.add(bout.once());
            }
            return timings;
        }
    }

    private static List<Phase> phases(List<Timing> timings) {
        return List.of(
                Phase.of("submit", timings, Timing::submit),
                Phase.of("submitted -> begins", timings, Timing::start),
                Phase.of("ends -> committed", timings, Timing::end),
                Phase.of("added to the attempt", timings, Timing::added),
                Phase.of("all but the job", timings, Timing::whole));
    }
}
