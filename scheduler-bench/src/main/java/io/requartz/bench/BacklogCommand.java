package io.requartz.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether what waits slows down what is due. */
@Command(
        name = "backlog",
        description =
                "How many no-op runs that are due one node works off in a second while others wait for a later time.",
        mixinStandardHelpOptions = true)
final class BacklogCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Rounds rounds;

    @Mixin
    private Workers workers;

    @Option(
            names = "--waiting",
            split = ",",
            paramLabel = "COUNT",
            defaultValue = "0,1000,100000,1000000",
            description = "Runs that wait; each of these is measured. Default: ${DEFAULT-VALUE}")
    private List<Integer> waiting;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draws the rates into this SVG file, too.")
    private Path chart;

    @Spec
    private CommandSpec spec;

    /**
     * By how many wait.
     *
     * @param kept by engine: what is left of the rate with the fewest waiting when the most do
     */
    public record Backlog(
            Machine machine, int runs, int threads, List<Series.Point> measurements, Map<String, Double> kept)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Drain: " + runs + " runs that are due, others wait, " + threads + " threads, one node. "
                    + machine);
            Series.print(out, measurements);
            kept.forEach((name, part) ->
                    out.println(name + ": with the most waiting it is " + Columns.number(part, 2) + " as fast"));
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        List<Engine> all = engines.all();
        List<Series.Point> points = new ArrayList<>();
        for (int count : waiting) {
            points.add(measure(all, places, count));
        }
        Backlog backlog = new Backlog(machine, rounds.runs, workers.threads, points, kept(points));
        options.print(spec.commandLine().getOut(), backlog);
        if (chart != null) {
            Files.writeString(
                    chart,
                    new Chart("Runs worked off in a second, by how many others wait", machine.database(), points).svg(),
                    StandardCharsets.UTF_8);
        }
        return 0;
    }

    private static Map<String, Double> kept(List<Series.Point> points) {
        Map<String, Double> kept = new LinkedHashMap<>();
        points.get(0).engines().forEach((name, rate) -> {
            double last = points.get(points.size() - 1).engines().get(name).median();
            kept.put(name, Math.round(last / rate.median() * 1000) / 1000.0);
        });
        return kept;
    }

    /** Those that wait are there from the first round of their engine to its last. */
    private Series.Point measure(List<Engine> all, Places places, int count) throws Exception {
        Map<String, Place> own = new HashMap<>();
        try {
            for (Engine engine : all) {
                Place place = places.next();
                own.put(engine.name(), place);
                engine.prepare(place);
                engine.load(place, Work.NOOP, Instant.now().plus(Duration.ofDays(60)), count);
                spec.commandLine().getErr().println(engine.name() + ": " + count + " wait");
            }
            List<Series.Round> done = Turns.take(
                    all,
                    rounds.rounds,
                    rounds.warmUp > 0,
                    (engine, number) -> round(engine, own.get(engine.name()), number, count));
            return Series.Point.of(Columns.number(count, 0) + " wait", count, all, done);
        } finally {
            for (Place place : own.values()) {
                place.close();
            }
        }
    }

    private Series.Round round(Engine engine, Place place, int number, int count) throws Exception {
        int runs = rounds.runs(engine, number);
        // what the round before had no time for
        int left = Math.toIntExact(place.number(engine.openRuns())) - count;
        engine.load(place, Work.NOOP, Instant.now(), Math.max(0, runs - left));
        place.settle();
        try (Nodes nodes = Nodes.here(engine.enter(place, workers.threads))) {
            Drain drain = Drain.of(
                    engine, nodes, place, new Drain.Asked(Work.NOOP, Math.max(runs, left), count, rounds.atMost));
            rounds.tell(spec, engine, number, count + " wait, %.0f runs/s".formatted(drain.rate()));
            return new Series.Round(engine.name(), drain.rate());
        }
    }
}
