package io.requartz.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How late runs begin. */
@Command(
        name = "latency",
        description = {
            "How much later than it is due a run's code begins, at a given rate of submissions; the submission is part of it.",
            "At more than 100 a second, runs are submitted 100 times a second, several with one commit."
        },
        mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {

    private static final int TICKS = 100;

    @Mixin
    private Options options;

    @Mixin
    private Engines engines;

    @Mixin
    private Workers workers;

    @Option(
            names = "--rate",
            defaultValue = "20",
            description = {
                "Runs submitted in a second, or 'half': half of what the engine drains, which is measured before.",
                "Default: ${DEFAULT-VALUE}"
            })
    private String rate;

    @Option(
            names = "--time",
            defaultValue = "30s",
            converter = Rounds.Seconds.class,
            description = "How long runs are submitted, by each engine. Default: ${DEFAULT-VALUE}")
    private Duration time;

    @Option(
            names = "--warm-up",
            defaultValue = "10s",
            converter = Rounds.Seconds.class,
            description = "How long they are before that, which does not count. Default: ${DEFAULT-VALUE}")
    private Duration warmUp;

    @Option(
            names = "--ahead",
            defaultValue = "0s",
            converter = Rounds.Seconds.class,
            description =
                    "How far ahead of their time they are submitted. Default: ${DEFAULT-VALUE}, when they are due")
    private Duration ahead;

    @Option(
            names = "--elsewhere",
            description = "They begin in another process than that which submits them, which has no workers.")
    private boolean elsewhere;

    @Option(
            names = "--drained",
            defaultValue = "20000",
            description = "Runs that are drained to find out half of what: of each engine. Default: ${DEFAULT-VALUE}")
    private int drained;

    @Spec
    private CommandSpec spec;

    /** All engines. */
    public record Latencies(Machine machine, String where, List<Lag> lags) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("From due until the code begins, " + where + ", in ms. " + machine);
            Lag.print(out, lags);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        List<Lag> lags = new ArrayList<>();
        try (NodeProcesses others = NodeProcesses.begin(elsewhere ? 1 : 0)) {
            for (Engine engine : engines.all()) {
                double wanted = rate.equals("half") ? half(engine, places) : Double.parseDouble(rate);
                System.gc();
                lags.add(measure(engine, places, others, wanted));
            }
        }
        String where = elsewhere ? "on another node" : "on the submitting node";
        options.print(spec.commandLine().getOut(), new Latencies(machine, where, lags));
        return 0;
    }

    /** The second of two rounds counts. */
    private double half(Engine engine, Places places) throws Exception {
        int runs = engine.slow() ? Math.max(1, drained / 10) : drained;
        double full = 0;
        for (int round = 0; round < 2; round++) {
            try (Place place = places.next()) {
                engine.prepare(place);
                engine.load(place, Work.NOOP, Instant.now(), runs);
                place.settle();
                try (Nodes nodes = Nodes.here(engine.enter(place, workers.threads))) {
                    full = Drain.of(engine, nodes, place, new Drain.Asked(Work.NOOP, runs, 0, Engine.PATIENCE))
                            .rate();
                }
            }
        }
        return full / 2;
    }

    private Lag measure(Engine engine, Places places, NodeProcesses others, double wanted) throws Exception {
        try (Place place = places.next()) {
            engine.prepare(place);
            try (Engine.Member submitting = engine.enter(place, workers.threads);
                    Nodes working = elsewhere ? others.enter(engine, place, workers.threads) : Nodes.lent(submitting)) {
                working.start();
                long before = working.executed(Work.TIMED);
                int warm = submit(submitting, wanted, warmUp);
                working.await(Work.TIMED, before + warm);
                working.lags();
                long began = System.nanoTime();
                int runs = submit(submitting, wanted, time);
                double rateReached = runs / ((System.nanoTime() - began) / 1e9);
                working.await(Work.TIMED, before + warm + runs);
                return Lag.of(engine.name(), rateReached, working.lags());
            }
        }
    }

    /** @return how many */
    private int submit(Engine.Member member, double wanted, Duration during) throws Exception {
        double ticks = Math.min(wanted, TICKS);
        long began = System.nanoTime();
        int submitted = 0;
        for (long tick = 0; tick < ticks * during.toNanos() / 1e9; tick++) {
            Waiting.until(began + (long) (tick * 1e9 / ticks));
            // Quartz knows no finer time
            Instant due = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(ahead);
            int count = (int) Math.round((tick + 1) * wanted / ticks) - submitted;
            if (count == 1) {
                member.submit(Work.TIMED, due);
            } else if (count > 1) {
                member.submitAll(Work.TIMED, due, count);
            }
            submitted += count;
        }
        return submitted;
    }
}
