package io.requartz.bench;

import io.requartz.testdb.SentTransaction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What goes over the connections. */
@Command(
        name = "statements",
        description = "Statements, round trips and commits of a run, counted between the scheduler and its pool.",
        mixinStandardHelpOptions = true)
final class StatementsCommand implements Callable<Integer> {

    @Mixin
    private Options options;

    @Option(
            names = "--runs",
            defaultValue = "100",
            description = "Runs of the scenarios with many. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--threads",
            defaultValue = "20",
            description = "Worker threads of stock Quartz. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Spec
    private CommandSpec spec;

    /** One thing that was done, and what it sent; by run where there are many. */
    public record Scenario(
            String engine, String what, int runs, int statements, int roundTrips, int commits, List<Sent> sent) {

        static Scenario of(String engine, String what, int runs, List<SentTransaction> transactions) {
            return new Scenario(
                    engine,
                    what,
                    runs,
                    transactions.stream().mapToInt(SentTransaction::statements).sum(),
                    transactions.stream().mapToInt(SentTransaction::roundTrips).sum(),
                    (int) transactions.stream()
                            .filter(SentTransaction::committed)
                            .count(),
                    transactions.stream().map(Sent::of).toList());
        }
    }

    /** One transaction. */
    public record Sent(boolean committed, List<String> statements) {

        static Sent of(SentTransaction transaction) {
            return new Sent(transaction.committed(), transaction.shapes());
        }
    }

    /** All of them. */
    public record Counted(String database, List<Scenario> scenarios) implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println("Statements on " + database + ", by run; a batch of n is n statements and one round trip");
            Columns table = new Columns("engine, what", "statements", "round trips", "commits");
            for (Scenario scenario : scenarios) {
                table.row(
                        scenario.engine() + ": " + scenario.what(),
                        Columns.number((double) scenario.statements() / scenario.runs(), 2),
                        Columns.number((double) scenario.roundTrips() / scenario.runs(), 2),
                        Columns.number((double) scenario.commits() / scenario.runs(), 2));
            }
            table.print(out);
            scenarios.stream().filter(scenario -> scenario.runs() == 1).forEach(scenario -> printSent(out, scenario));
        }

        private static void printSent(PrintWriter out, Scenario scenario) {
            out.println();
            out.println(scenario.engine() + ": " + scenario.what());
            for (Sent sent : scenario.sent()) {
                sent.statements().forEach(statement -> out.println("    " + statement));
                out.println(sent.committed() ? "  COMMIT" : "  (no commit)");
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        List<Scenario> scenarios = new ArrayList<>();
        String database;
        try (Place place = places.next()) {
            database = Machine.of(place).database();
        }
        try (Place place = places.next()) {
            scenarios.addAll(new RequartzStatements(runs).count(place));
        }
        for (QuartzEngine quartz : List.of(QuartzEngine.byDefault(), QuartzEngine.tuned())) {
            try (Place place = places.next()) {
                scenarios.addAll(new QuartzStatements(quartz, runs, threads).count(place));
            }
        }
        options.print(spec.commandLine().getOut(), new Counted(database, scenarios));
        return 0;
    }
}
