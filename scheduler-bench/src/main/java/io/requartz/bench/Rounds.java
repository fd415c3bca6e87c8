package io.requartz.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How much each engine gets to do, and how often. */
final class Rounds {

    /** Its number among the rounds. */
    static final int WARM_UP = 0;

    @Option(names = "--runs", defaultValue = "50000", description = "Runs a round. Default: ${DEFAULT-VALUE}")
    int runs;

    @Option(
            names = "--runs-slow",
            defaultValue = "5000",
            description = {
                "Runs a round of quartz and quartz-tuned, if fewer. They are not slower with fewer: Quartz sorts what is due.",
                "Default: ${DEFAULT-VALUE}"
            })
    int runsSlow;

    @Option(
            names = "--at-most",
            defaultValue = "30s",
            converter = Seconds.class,
            paramLabel = "TIME",
            description = {
                "When a round ends though not all is done; its rate is that of the runs that were. Default: ${DEFAULT-VALUE}"
            })
    Duration atMost;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each, in turns. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "30000",
            description = {
                "Runs of a first round of each, for each process, which does not count; a tenth of it for quartz and quartz-tuned. 0: none.",
                "Default: ${DEFAULT-VALUE}"
            })
    int warmUp;

    /** @param number {@link #WARM_UP}, or which it is, counted from 1 */
    int runs(Engine engine, int number) {
        if (number == WARM_UP) {
            return engine.slow() ? Math.max(1, warmUp / 10) : warmUp;
        }
        return engine.slow() ? Math.min(runs, runsSlow) : runs;
    }

    /** Says how far it is. */
    void tell(CommandSpec spec, Engine engine, int number, String result) {
        String round = number == WARM_UP ? "warm-up" : "round " + number + " of " + rounds;
        spec.commandLine().getErr().println(round + ", " + engine.name() + ": " + result);
        spec.commandLine().getErr().flush();
    }

    /** As in {@code 30s}, {@code 500ms} or {@code 2m}. */
    static final class Seconds implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            return Duration.parse(
                    text.endsWith("ms") ? "PT" + millis(text) + "S" : "PT" + text.toUpperCase(Locale.ROOT));
        }

        private static String millis(String text) {
            return BigDecimal.valueOf(Long.parseLong(text.substring(0, text.length() - 2)), 3)
                    .toPlainString();
        }
    }
}
