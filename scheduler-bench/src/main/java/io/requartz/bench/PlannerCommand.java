package io.requartz.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What deciding about one failure costs, by JMH. */
@Command(
        name = "planner",
        description = "Microseconds that deciding about one failure takes, measured by JMH. Uses no database.",
        mixinStandardHelpOptions = true)
final class PlannerCommand implements Callable<Integer> {

    @Mixin
    private Jmh jmh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws RunnerException {
        jmh.measure(
                "Deciding about one failure",
                PlannerBenchmark.class,
                spec.commandLine().getOut());
        return 0;
    }
}
