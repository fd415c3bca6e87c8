package io.requartz.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bin/bench}: measures Requartz beside other schedulers. */
@Command(
        name = "bench",
        description = "Measures Requartz beside stock Quartz and db-scheduler, on one database, in turns.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DrainCommand.class,
            SubmitCommand.class,
            LatencyCommand.class,
            RetriesCommand.class,
            BacklogCommand.class,
            MixedCommand.class,
            IdleCommand.class,
            OverheadCommand.class,
            StatementsCommand.class,
            PlannerCommand.class,
            ClassifierCommand.class,
            CodecCommand.class,
            PendingCommand.class,
            MillionCommand.class
        })
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] arguments) {
        logQuietly();
        System.exit(commandLine().execute(arguments));
    }

    /** To be called before anything logs. */
    static void logQuietly() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/requartz/bench/logback-bench.xml");
        }
    }

    /** Exit codes: 0, 1 if a measurement failed, 2 if it was asked for wrongly. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchMain()).setExecutionExceptionHandler((failed, bench, parsed) -> {
            if (failed instanceof IllegalArgumentException) {
                bench.getErr().println("error: " + failed.getMessage());
                return bench.getCommandSpec().exitCodeOnInvalidInput();
            }
            throw failed;
        });
    }
}
