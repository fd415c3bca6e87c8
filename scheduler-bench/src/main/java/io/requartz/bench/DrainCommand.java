package io.requartz.bench;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast one node, or several, work off what is due. */
@Command(
        name = "drain",
        description = "How many no-op runs that are already due are worked off in a second, outcomes committed.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Rounds rounds;

    @Mixin
    private Workers workers;

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "COUNT",
            description = {
                "How many nodes drain it together, each a process of its own: --nodes 1,2,4 measures one, then two, then four.",
                "Default: one node, in the benchmark's own process"
            })
    private List<Integer> nodes = List.of();

    @Spec
    private CommandSpec spec;

    /**
     * One round of one engine.
     *
     * @param runs those that were there
     * @param done those that were done when it ended
     * @param cpuMillis processor time of the nodes' JVMs, all threads, a run
     */
    public record Round(
            String engine,
            int runs,
            int done,
            double seconds,
            double runsPerSecond,
            double cpuMillis,
            ServerWork server) {}

    /** All rounds. */
    public record Drained(
            Machine machine,
            int runs,
            int threads,
            Map<String, Compared.Rate> engines,
            Map<String, Double> ratios,
            List<Round> rounds)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Drain: " + runs + " runs that are due, " + threads + " threads, one node. " + machine);
            Columns table = new Columns(
                    "engine",
                    "runs/s",
                    "lowest",
                    "highest",
                    "runs done",
                    "JVM ms/run",
                    "commits/run",
                    "rows/run",
                    "log bytes/run",
                    "log syncs/run");
            engines.forEach((name, rate) -> {
                List<Round> own = rounds.stream()
                        .filter(round -> round.engine().equals(name))
                        .toList();
                Round last = own.get(own.size() - 1);
                table.row(
                        name,
                        Columns.number(rate.median(), 0),
                        Columns.number(rate.min(), 0),
                        Columns.number(rate.max(), 0),
                        last.done() + (last.done() < last.runs() ? " of " + last.runs() : ""),
                        Columns.number(Medians.median(own, Round::cpuMillis), 2),
                        Columns.perRun(last.server().commits(), last.done(), 3),
                        Columns.perRun(last.server().rows(), last.done(), 2),
                        Columns.perRun(last.server().logBytes(), last.done(), 0),
                        Columns.perRun(last.server().logSyncs(), last.done(), 3));
            });
            table.print(out);
            out.println(new Compared(engines, ratios).sentence());
        }
    }

    /** By how many nodes there were. */
    public record ByNodes(Machine machine, int runs, int threads, List<Series.Point> measurements)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Drain: " + runs + " runs that are due, " + threads
                    + " threads a node, nodes in their own processes. " + machine);
            Series.print(out, measurements);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        options.print(spec.commandLine().getOut(), nodes.isEmpty() ? here(places, machine) : apart(places, machine));
        return 0;
    }

    private Options.Report here(Places places, Machine machine) throws Exception {
        List<Engine> all = engines.all();
        List<Round> done = Turns.take(
                all,
                rounds.rounds,
                rounds.warmUp > 0,
                (engine, number) ->
                        round(engine, places, number, 1, place -> Nodes.here(engine.enter(place, workers.threads))));
        Compared compared = Compared.of(all, done, Round::engine, Round::runsPerSecond);
        return new Drained(machine, rounds.runs, workers.threads, compared.engines(), compared.ratios(), done);
    }

    private Options.Report apart(Places places, Machine machine) throws Exception {
        List<Engine> all = engines.all();
        List<Series.Point> points = new ArrayList<>();
        for (int count : nodes) {
            try (NodeProcesses processes = NodeProcesses.begin(count)) {
                List<Series.Round> done = Turns.take(all, rounds.rounds, rounds.warmUp > 0, (engine, number) -> {
                    Round round = round(
                            engine, places, number, count, place -> processes.enter(engine, place, workers.threads));
                    return new Series.Round(round.engine(), round.runsPerSecond());
                });
                points.add(Series.Point.of(count == 1 ? "1 node" : count + " nodes", count, all, done));
            }
        }
        return new ByNodes(machine, rounds.runs, workers.threads, points);
    }

    /** How the nodes come to be. */
    private interface Entry {
        Nodes into(Place place) throws Exception;
    }

    private Round round(Engine engine, Places places, int number, int processes, Entry entry) throws Exception {
        int runs = rounds.runs(engine, number) * (number == Rounds.WARM_UP ? processes : 1);
        try (Place place = places.next()) {
            engine.prepare(place);
            engine.load(place, Work.NOOP, Instant.now(), runs);
            place.settle();
            ServerWork before = ServerWork.counted(place);
            Drain drain;
            try (Nodes entered = entry.into(place)) {
                drain = Drain.of(engine, entered, place, new Drain.Asked(Work.NOOP, runs, 0, rounds.atMost));
            }
            ServerWork server = ServerWork.counted(place).since(before);
            rounds.tell(spec, engine, number, "%.0f runs/s".formatted(drain.rate()));
            return new Round(
                    engine.name(), runs, drain.done(), drain.seconds(), drain.rate(), drain.cpuMillis(), server);
        }
    }
}
