package io.requartz.bench;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How fast one node works off what is due. */
@Command(
        name = "drain",
        description = "How many no-op runs that are already due one node works off in a second, outcomes committed.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Rounds rounds;

    @Spec
    private CommandSpec spec;

    /**
     * One round of one engine.
     *
     * @param runs those that were there
     * @param done those that were done when it ended
     * @param cpuMillis processor time of this JVM, all threads, a run
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

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        List<Round> done = Turns.take(
                engines.all(), rounds.rounds, rounds.warmUp > 0, (engine, number) -> round(engine, places, number));
        Compared compared = Compared.of(done, Round::engine, Round::runsPerSecond);
        options.print(
                spec.commandLine().getOut(),
                new Drained(machine, rounds.runs, rounds.threads, compared.engines(), compared.ratios(), done));
        return 0;
    }

    private Round round(Engine engine, Places places, int number) throws Exception {
        int runs = rounds.runs(engine, number);
        try (Place place = places.next()) {
            engine.prepare(place);
            engine.load(place, Work.NOOP, Instant.now(), runs);
            place.settle();
            ServerWork before = ServerWork.counted(place);
            Drain drain;
            try (Engine.Member member = engine.enter(place, rounds.threads)) {
                drain = Drain.of(engine, member, place, new Drain.Asked(Work.NOOP, runs, 0, rounds.atMost));
            }
            ServerWork server = ServerWork.counted(place).since(before);
            rounds.tell(spec, engine, number, "%.0f runs/s".formatted(drain.rate()));
            return new Round(
                    engine.name(), runs, drain.done(), drain.seconds(), drain.rate(), drain.cpuMillis(), server);
        }
    }
}
