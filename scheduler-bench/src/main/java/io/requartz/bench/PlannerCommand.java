package io.requartz.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What deciding about one failure costs, by JMH. */
@Command(
        name = "planner",
        description = "Microseconds that deciding about one failure takes, measured by JMH. Uses no database.",
        mixinStandardHelpOptions = true)
final class PlannerCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Option(names = "--forks", defaultValue = "2", description = "JVMs, one after the other. Default: ${DEFAULT-VALUE}")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "5",
            description = "Measured seconds of each JVM, after as many that are not. Default: ${DEFAULT-VALUE}")
    private int iterations;

    @Spec
    private CommandSpec spec;

    /** Average time of one decision, and half of the interval that it lies in with 99.9 % confidence. */
    public record Cost(String what, String policy, double micros, double error) {

        static Cost of(RunResult run) {
            Result<?> result = run.getPrimaryResult();
            return new Cost(
                    result.getLabel(),
                    run.getParams().getParam("policy"),
                    rounded(result.getScore()),
                    rounded(result.getScoreError()));
        }

        private static double rounded(double value) {
            return Double.isNaN(value) ? 0 : Math.round(value * 1000) / 1000.0;
        }
    }

    /** All of them. */
    public record Costs(List<Cost> costs) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Deciding about one failure, in us");
            Columns table = new Columns("what, policy", "average", "+-");
            for (Cost cost : costs) {
                table.row(
                        cost.what() + " " + cost.policy(),
                        Columns.number(cost.micros(), 2),
                        Columns.number(cost.error(), 2));
            }
            table.print(out);
        }
    }

    @Override
    public Integer call() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PlannerBenchmark.class.getName())
                        .forks(forks)
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        List<Cost> costs = new ArrayList<>();
        results.forEach(result -> costs.add(Cost.of(result)));
        options.print(spec.commandLine().getOut(), new Costs(costs));
        return 0;
    }
}
