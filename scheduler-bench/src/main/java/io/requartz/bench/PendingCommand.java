package io.requartz.bench;

import io.requartz.config.RequartzConfig;
import io.requartz.config.WorkersConfig;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import io.requartz.run.Submission;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What runs that wait for their retry cost the node in memory. */
@Command(
        name = "pending",
        description =
                "Heap that runs cost a node while they wait for their retry. The database's own memory does not count: use a server.",
        mixinStandardHelpOptions = true)
final class PendingCommand implements Callable<Integer> {

    private static final int SUBMITTERS = 4;
    private static final String WAITING = "SELECT COUNT(*) FROM RQ_RUNS WHERE STATE = 'RETRYING'";

    @Mixin
    private Options options;

    @Option(names = "--runs", defaultValue = "100000", description = "Runs that wait. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Spec
    private CommandSpec spec;

    /** In bytes; before: after a tenth as many runs, so that what is loaded once does not count. */
    public record Heap(Machine machine, int runs, long before, long after) implements Options.Report {

        /** What one more pending retry costs. */
        public double bytesARun() {
            return Math.round((after - before) * 10.0 / runs) / 10.0;
        }

        @Override
        public void print(PrintWriter out) {
            out.println("Heap with " + runs + " runs that wait for their retry. " + machine);
            Columns table = new Columns("", "MB");
            table.row("before", Columns.number(before / 1e6, 2));
            table.row("after", Columns.number(after / 1e6, 2));
            table.row("grown by", Columns.number((after - before) / 1e6, 2));
            table.print(out);
        }
    }

    @Override
    public Integer call() throws Exception {
        try (Place place = new Places(options.database).next()) {
            Machine machine;
            try (RequartzNode node = open(place)) {
                machine = Machine.of(place);
                node.start();
                fail(node, place, Math.max(1, runs / 10), 0);
                long before = HeapUse.afterCollections();
                fail(node, place, runs, Math.max(1, runs / 10));
                options.print(spec.commandLine().getOut(), new Heap(machine, runs, before, HeapUse.afterCollections()));
            }
        }
        return 0;
    }

    /** Submits runs that fail at once and wait an hour for their retry, and waits until all of them do. */
    private static void fail(RequartzNode node, Place place, int count, int already) throws Exception {
        ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                int share = count / SUBMITTERS + (i < count % SUBMITTERS ? 1 : 0);
                parts.add(submitters.submit(() -> submit(node, share)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            submitters.shutdown();
        }
        long deadline = System.nanoTime() + Engine.PATIENCE.toNanos();
        while (place.number(WAITING) < count + already) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not all runs have failed within " + Engine.PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static void submit(RequartzNode node, int count) {
        for (int i = 0; i < count; i++) {
            node.runs()
                    .submit(Submission.of("failing")
                            .payload("{\"status\": 503}")
                            .policy("{\"backoff\": {\"fixed\": \"1h\"}, \"jitter\": \"none\"}")
                            .build());
        }
    }

    private static RequartzNode open(Place place) {
        RequartzConfig config = RequartzConfig.of("bench", Path.of("."))
                .withDatabase(RequartzEngine.database(place))
                .withWorkers(new WorkersConfig(4, WorkersConfig.DEFAULT.batch()));
        return RequartzNode.open(config, Plugins.builder().add(Failing.class).build());
    }
}
