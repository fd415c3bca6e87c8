package io.requartz.bench;

import io.requartz.testdb.SentStatement;
import io.requartz.testdb.SentTransaction;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a cluster asks of its database that has nothing to do. */
@Command(
        name = "idle",
        description =
                "Statements a second of a cluster that has nothing to do, counted between its nodes and the driver.",
        mixinStandardHelpOptions = true)
final class IdleCommand implements Callable<Integer> {

    /** Until pools are filled and everything that is done once has been. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    @Mixin
    private Options options;

    @Option(names = "--nodes", defaultValue = "3", description = "How many. Default: ${DEFAULT-VALUE}")
    private int nodes;

    @Option(
            names = "--time",
            defaultValue = "30s",
            converter = Rounds.Seconds.class,
            description = "How long. Default: ${DEFAULT-VALUE}")
    private Duration time;

    @Spec
    private CommandSpec spec;

    /** Statements of one text, of all nodes. */
    public record Shape(String statement, double perSecond) {}

    /**
     * Of all nodes, by the second.
     *
     * @param commits transactions that sent something, committed or not
     */
    public record Idle(Machine machine, int nodes, double statements, double commits, List<Shape> shapes)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println(nodes + " idle nodes, in all: " + Columns.number(statements, 1) + " statements and "
                    + Columns.number(commits, 1) + " transactions a second. " + machine);
            Columns table = new Columns("statement", "a second");
            for (Shape shape : shapes) {
                String text = shape.statement();
                table.row(
                        text.length() > 110 ? text.substring(0, 107) + "..." : text,
                        Columns.number(shape.perSecond(), 2));
            }
            table.print(out);
        }
    }

    @Override
    public Integer call() throws Exception {
        Places places = new Places(options.database);
        Machine machine = Machine.of(places);
        try (Place place = places.next()) {
            RequartzEngine engine = new RequartzEngine();
            engine.prepare(place);
            List<Engine.Member> members = new ArrayList<>();
            try (CountedDriver counted = CountedDriver.instead(place.url())) {
                for (int i = 0; i < nodes; i++) {
                    members.add(engine.enterAs("idle-" + i, place, 10));
                    members.get(i).start();
                }
                LockSupport.parkNanos(SETTLING.toNanos());
                counted.take();
                long began = System.nanoTime();
                LockSupport.parkNanos(time.toNanos());
                List<SentTransaction> sent = counted.take();
                double seconds = (System.nanoTime() - began) / 1e9;
                options.print(spec.commandLine().getOut(), idle(machine, sent, seconds));
            } finally {
                for (Engine.Member member : members) {
                    member.close();
                }
            }
        }
        return 0;
    }

    private Idle idle(Machine machine, List<SentTransaction> sent, double seconds) {
        Map<String, Integer> byText = sent.stream()
                .flatMap(transaction -> transaction.sent().stream())
                .collect(Collectors.groupingBy(
                        statement -> statement.sql().strip().replaceAll("\\s+", " "),
                        Collectors.summingInt(SentStatement::times)));
        List<Shape> shapes = byText.entrySet().stream()
                .map(entry -> new Shape(entry.getKey(), hundredth(entry.getValue() / seconds)))
                .sorted(Comparator.comparingDouble(Shape::perSecond).reversed().thenComparing(Shape::statement))
                .toList();
        double statements = byText.values().stream().mapToInt(Integer::intValue).sum() / seconds;
        return new Idle(machine, nodes, hundredth(statements), hundredth(sent.size() / seconds), shapes);
    }

    private static double hundredth(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
