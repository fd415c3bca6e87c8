package io.requartz.bench;

import io.requartz.bench.Options.Report;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long JMH measures what needs no database. */
final class Jmh {

    @Mixin
    Options options;

    @Option(names = "--forks", defaultValue = "2", description = "JVMs, one after the other. Default: ${DEFAULT-VALUE}")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "5",
            description = "Measured iterations of each JVM, after as many that are not. Default: ${DEFAULT-VALUE}")
    private int iterations;

    @Option(
            names = "--time",
            defaultValue = "1s",
            converter = Rounds.Seconds.class,
            description = "How long each of them is. Default: ${DEFAULT-VALUE}")
    private Duration time;

    /**
     * Average time of one call, and half of the interval that it lies in with 99.9 % confidence.
     *
     * @param with the benchmark's parameters
     */
    public record Cost(String what, String with, double micros, double error) {

        static Cost of(RunResult run) {
            Result<?> result = run.getPrimaryResult();
            List<String> with = new ArrayList<>();
            run.getParams()
                    .getParamsKeys()
                    .forEach(key -> with.add(run.getParams().getParam(key)));
            return new Cost(
                    result.getLabel(),
                    String.join(", ", with),
                    rounded(result.getScore()),
                    rounded(result.getScoreError()));
        }

        private static double rounded(double value) {
            return Double.isNaN(value) ? 0 : Math.round(value * 1000) / 1000.0;
        }
    }

    /** All of them. */
    public record Costs(String title, List<Cost> costs) implements Report {

        @Override
        public void print(PrintWriter out) {
            out.println(title + ", in us");
            Columns table = new Columns("what", "average", "+-");
            for (Cost cost : costs) {
                table.row(
                        cost.what() + " " + cost.with(),
                        Columns.number(cost.micros(), 2),
                        Columns.number(cost.error(), 2));
            }
            table.print(out);
        }
    }

    void measure(String title, Class<?> benchmark, PrintWriter out) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmark.getName())
                        .forks(forks)
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.milliseconds(time.toMillis()))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.milliseconds(time.toMillis()))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        List<Cost> costs = new ArrayList<>();
        results.forEach(result -> costs.add(Cost.of(result)));
        options.print(out, new Costs(title, costs));
    }
}
