package io.requartz.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What telling the category of one failure costs, by JMH. */
@Command(
        name = "classifier",
        description = "Microseconds that telling one failure's category takes, measured by JMH. Uses no database.",
        mixinStandardHelpOptions = true)
final class ClassifierCommand implements Callable<Integer> {

    @Mixin
    private Jmh jmh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws RunnerException {
        jmh.measure(
                "Telling one failure's category",
                ClassifierBenchmark.class,
                spec.commandLine().getOut());
        return 0;
    }
}
