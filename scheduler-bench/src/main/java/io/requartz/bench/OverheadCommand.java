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

    @Mixin
    private Engines engines;

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
     * @param p10 a tenth was faster: amember what it takes when nobody else has the processor or the disk
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

    /** All phases of one engine. */
    public record Latency(String engine, List<Phase> phases) {}

    /** All engines. */
    public record Added(Machine machine, int runs, List<Latency> latencies) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Overhead: " + runs + " runs, one at a time, in ms. " + machine);
            Columns table = new Columns("engine, phase", "p10", "median", "p90", "p99");
            for (Latency latency : latencies) {
                for (Phase phase : latency.phases()) {
                    table.row(
                            latency.engine() + " " + phase.name(),
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
        List<Engine> all = engines.all();
        List<List<Timing>> timings = new ArrayList<>();
        all.forEach(engine -> timings.add(new ArrayList<>()));
        List<Place> own = new ArrayList<>();
        Machine machine = Machine.of(places);
        try {
            for (Engine engine : all) {
                Place place = places.next();
                own.add(place);
                engine.prepare(place);
            }
            for (int i = 0; i < all.size(); i++) {
                turn(all.get(i), own.get(i), Math.min(runs, FIRST_WARM_UP));
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < all.size(); i++) {
                    int share = runs / rounds + (round < runs % rounds ? 1 : 0);
                    timings.get(i).addAll(turn(all.get(i), own.get(i), share));
                }
            }
            List<Latency> latencies = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                latencies.add(new Latency(all.get(i).name(), phases(timings.get(i))));
            }
            options.print(spec.commandLine().getOut(), new Added(machine, runs, latencies));
            return 0;
        } finally {
            for (Place place : own) {
                place.close();
            }
        }
    }

    private List<Timing> turn(Engine engine, Place place, int count) throws Exception {
        try (Engine.Member member = engine.enter(place, threads)) {
            member.start();
            for (int i = 0; i < Math.min(WARM_UP, count); i++) {
                member.once();
            }
            List<Timing> timings = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                timings.add(member.once());
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
