package io.requartz.bench;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What failing costs. */
@Command(
        name = "retries",
        description = {
            "How many executions one node makes in a second of runs that fail twice, are tried again at once, and then succeed;",
            "beside those of runs that succeed at once. Stock Quartz has no retries, so it takes no part."
        },
        mixinStandardHelpOptions = true)
final class RetriesCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Rounds rounds;

    @Mixin
    private Workers workers;

    @Spec
    private CommandSpec spec;

    /**
     * Executions by the second.
     *
     * @param kept by engine: what is left of the drain's rate
     */
    public record Retries(Machine machine, List<Series.Point> measurements, Map<String, Double> kept)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Executions a second. " + machine);
            Series.print(out, measurements);
            kept.forEach((name, part) -> out.println(
                    name + ": an execution that fails twice in three is " + Columns.number(part, 2) + " as fast"));
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        List<Engine> able =
                engines.all().stream().filter(engine -> engine.does(Work.FLAKY)).toList();
        List<Series.Point> points = new ArrayList<>();
        for (Work work : List.of(Work.NOOP, Work.FLAKY)) {
            List<Series.Round> done = Turns.take(
                    able, rounds.rounds, rounds.warmUp > 0, (engine, number) -> round(engine, places, number, work));
            String what = work == Work.NOOP ? "succeed at once" : "fail twice";
            points.add(Series.Point.of(what, work.executions(), able, done));
        }
        Map<String, Double> kept = new LinkedHashMap<>();
        points.get(0)
                .engines()
                .forEach((name, rate) -> kept.put(
                        name, Math.round(points.get(1).engines().get(name).median() / rate.median() * 1000) / 1000.0));
        options.print(spec.commandLine().getOut(), new Retries(machine, points, kept));
        return 0;
    }

    /** As many executions of either kind. */
    private Series.Round round(Engine engine, Places places, int number, Work work) throws Exception {
        int runs = Math.max(1, rounds.runs(engine, number) / work.executions());
        try (Place place = places.next()) {
            engine.prepare(place);
            engine.load(place, work, Instant.now(), runs);
            place.settle();
            try (Nodes nodes = Nodes.here(engine.enter(place, workers.threads))) {
                double rate = Drain.of(engine, nodes, place, new Drain.Asked(work, runs, 0, rounds.atMost))
                        .rate();
                rounds.tell(spec, engine, number, work.type() + ", %.0f executions/s".formatted(rate));
                return new Series.Round(engine.name(), rate);
            }
        }
    }
}
