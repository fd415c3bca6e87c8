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
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What schedules and a heap of due runs do to each other. */
@Command(
        name = "mixed",
        description = {
            "How many no-op runs that are due one node works off in a second while schedules fire, each every second;",
            "and how late the schedules' own runs begin meanwhile."
        },
        mixinStandardHelpOptions = true)
final class MixedCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Rounds rounds;

    @Mixin
    private Workers workers;

    @Option(names = "--schedules", defaultValue = "50", description = "How many. Default: ${DEFAULT-VALUE}")
    private int schedules;

    @Spec
    private CommandSpec spec;

    /**
     * All rounds.
     *
     * @param lags of the schedules' runs that began while there was something to drain; an engine whose schedules' runs all waited
     *     until it was over has none
     */
    public record Mixed(
            Machine machine,
            int schedules,
            Map<String, Compared.Rate> engines,
            Map<String, Double> ratios,
            List<Lag> lags)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Drain while " + schedules + " schedules fire every second. " + machine);
            Columns table = new Columns("engine", "runs/s", "lowest", "highest");
            engines.forEach((name, rate) -> table.row(
                    name,
                    Columns.number(rate.median(), 0),
                    Columns.number(rate.min(), 0),
                    Columns.number(rate.max(), 0)));
            table.print(out);
            out.println(new Compared(engines, ratios).sentence());
            out.println();
            out.println("The schedules' runs, from due until the code begins, in ms:");
            Lag.print(out, lags);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        List<Engine> all = engines.all();
        Map<String, List<Long>> lags = new LinkedHashMap<>();
        Map<String, Double> seconds = new LinkedHashMap<>();
        List<Series.Round> done = Turns.take(all, rounds.rounds, rounds.warmUp > 0, (engine, number) -> {
            Drain drain = round(engine, places, number, number == 0 ? new ArrayList<>() : of(lags, engine));
            if (number > 0) {
                seconds.merge(engine.name(), drain.seconds(), Double::sum);
            }
            return new Series.Round(engine.name(), drain.rate());
        });
        List<Lag> late = new ArrayList<>();
        lags.forEach((name, micros) -> {
            if (!micros.isEmpty()) {
                late.add(Lag.of(name, micros.size() / seconds.get(name), micros));
            }
        });
        Compared compared = Compared.of(all, done, Series.Round::engine, Series.Round::rate);
        options.print(
                spec.commandLine().getOut(),
                new Mixed(machine, schedules, compared.engines(), compared.ratios(), late));
        return 0;
    }

    private static List<Long> of(Map<String, List<Long>> lags, Engine engine) {
        return lags.computeIfAbsent(engine.name(), name -> new ArrayList<>());
    }

    private Drain round(Engine engine, Places places, int number, List<Long> lags) throws Exception {
        int runs = rounds.runs(engine, number);
        try (Place place = places.next()) {
            engine.prepare(place);
            engine.load(place, Work.NOOP, Instant.now(), runs);
            try (Engine.Member member = engine.enter(place, workers.threads)) {
                member.schedule(schedules);
                place.settle();
                Nodes nodes = Nodes.lent(member);
                nodes.lags();
                Drain drain = Drain.of(engine, nodes, place, new Drain.Asked(Work.NOOP, runs, 0, rounds.atMost));
                lags.addAll(nodes.lags());
                rounds.tell(spec, engine, number, "%.0f runs/s".formatted(drain.rate()));
                return drain;
            }
        }
    }
}
