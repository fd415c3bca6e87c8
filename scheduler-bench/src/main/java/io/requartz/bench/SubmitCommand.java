package io.requartz.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast runs are accepted. */
@Command(
        name = "submit",
        description = {
            "How many runs are accepted in a second, committed: one by one, and many with one call and one commit.",
            "Nothing works on them."
        },
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Rounds rounds;

    @Option(
            names = "--threads",
            defaultValue = "8",
            description = "Threads that submit side by side. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--at-once",
            split = ",",
            paramLabel = "COUNT",
            defaultValue = "1,100,1000",
            description = {
                "Runs with one call and one commit; each of these is measured, several with ten times --runs.",
                "Default: ${DEFAULT-VALUE}"
            })
    private List<Integer> atOnce;

    @Spec
    private CommandSpec spec;

    /** By what was measured: so many at once. */
    public record Submissions(Machine machine, int threads, List<Series.Point> measurements) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Submit: runs a second, committed, from " + threads + " threads. " + machine);
            Series.print(out, measurements);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        List<Engine> all = engines.all();
        List<Series.Point> points = new ArrayList<>();
        for (int count : atOnce) {
            List<Series.Round> done = Turns.take(
                    all, rounds.rounds, rounds.warmUp > 0, (engine, number) -> round(engine, places, number, count));
            points.add(Series.Point.of(count == 1 ? "one by one" : count + " at once", count, all, done));
        }
        options.print(spec.commandLine().getOut(), new Submissions(machine, threads, points));
        return 0;
    }

    private Series.Round round(Engine engine, Places places, int number, int count) throws Exception {
        int runs = rounds.runs(engine, number) * (count == 1 ? 1 : 10);
        try (Place place = places.next()) {
            engine.prepare(place);
            try (Engine.Member member = engine.enter(place, threads)) {
                Instant due = Instant.now().plus(Duration.ofDays(30));
                double seconds = new Submitters(threads).submit(member, Work.NOOP, due, runs, count);
                if (place.number(engine.openRuns()) != runs) {
                    throw new IllegalStateException(engine.name() + " has not stored what was submitted");
                }
                rounds.tell(spec, engine, number, count + " at once, %.0f runs/s".formatted(runs / seconds));
                return new Series.Round(engine.name(), runs / seconds);
            }
        }
    }
}
