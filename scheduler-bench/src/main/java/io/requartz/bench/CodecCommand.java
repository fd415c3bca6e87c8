package io.requartz.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What reading and checking a payload costs, by JMH. */
@Command(
        name = "codec",
        description = "Microseconds that reading and checking one payload takes, measured by JMH. Uses no database.",
        mixinStandardHelpOptions = true)
final class CodecCommand implements Callable<Integer> {

    @Mixin
    private Jmh jmh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws RunnerException {
        jmh.measure(
                "Reading and checking one payload",
                PayloadBenchmark.class,
                spec.commandLine().getOut());
        return 0;
    }
}
