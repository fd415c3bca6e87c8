package io.requartz.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.config.RequartzConfig;
import io.requartz.config.WorkersConfig;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Submission;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import io.requartz.testdb.SentTransaction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What happens to a node to which somebody gives very many runs at once. */
@Command(
        name = "million",
        description = {
            "Submits very many runs of one type whose scope is closed, lets the node set them aside, opens the scope while the type",
            "is paused, and then lets them be worked off beside runs of another type: how long transactions take meanwhile,",
            "what the node's heap holds, and how late the others begin."
        },
        mixinStandardHelpOptions = true)
final class MillionCommand implements Callable<Integer> {

    private static final String SCOPE = "shop";
    private static final String DEFINITION =
            "{\"dimensions\": [\"shop\"], \"disable-after\": 1000, \"release\": \"10000/s\"}";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int OTHERS_A_SECOND = 20;

    @Mixin
    private Options options;

    @Mixin
    private Workers workers;

    @Option(names = "--runs", defaultValue = "1000000", description = "How many. Default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--others-for",
            defaultValue = "30s",
            converter = Rounds.Seconds.class,
            description =
                    "How long runs of another type are submitted beside them, 20 a second. Default: ${DEFAULT-VALUE}")
    private Duration othersFor;

    @Spec
    private CommandSpec spec;

    /**
     * One after the other.
     *
     * @param seconds how long it took
     * @param p50 of transactions, in milliseconds
     * @param longestIs what the longest sent first
     * @param heap in bytes, what is left after a collection
     */
    public record Phase(
            String name,
            double seconds,
            int transactions,
            double p50,
            double p99,
            double longest,
            String longestIs,
            long heap) {}

    /** All phases. */
    public record Million(Machine machine, int runs, int threads, List<Phase> phases, Lag others)
            implements Options.Report {

        @Override
        public void print(PrintWriter out) {
            out.println(runs + " runs of one type, " + threads + " threads, one node. Transactions in ms. " + machine);
            Columns table = new Columns("phase", "s", "transactions", "p50", "p99", "longest", "heap, MB", "");
            for (Phase phase : phases) {
                table.row(
                        phase.name(),
                        Columns.number(phase.seconds(), 1),
                        Columns.number(phase.transactions(), 0),
                        Columns.number(phase.p50(), 1),
                        Columns.number(phase.p99(), 1),
                        Columns.number(phase.longest(), 1),
                        Columns.number(phase.heap() / 1e6, 1),
                        phase.longestIs());
            }
            table.print(out);
            out.println();
            out.println("Runs of another type meanwhile, from due until the code begins, in ms:");
            Lag.print(out, List.of(others));
        }
    }

    @Override
    public Integer call() throws Exception {
        try (Place place = new Places(options.database).next()) {
            new RequartzEngine().prepare(place);
            Machine machine = Machine.of(place);
            try (Connection onlooker = place.connect();
                    CountedDriver counted = CountedDriver.instead(place.url());
                    RequartzNode node = open(place)) {
                Story story = new Story(node, place, counted, onlooker);
                List<Phase> phases = story.tell();
                options.print(
                        spec.commandLine().getOut(),
                        new Million(
                                machine,
                                runs,
                                workers.threads,
                                phases,
                                Lag.of(Engines.REQUARTZ, OTHERS_A_SECOND, story.lags)));
            }
        }
        return 0;
    }

    private RequartzNode open(Place place) throws Exception {
        RequartzConfig config = RequartzConfig.of("bench", Path.of("."))
                .withDatabase(RequartzEngine.database(place))
                .withDefinitions(
                        DefinitionSet.EMPTY.with(DefinitionKind.SCOPE, SCOPE, new JsonMapper().readTree(DEFINITION)))
                .withWorkers(new WorkersConfig(workers.threads, WorkersConfig.DEFAULT.batch()));
        return RequartzNode.open(
                config,
                Plugins.builder()
                        .configured(MillionCommand::scoped)
                        .add(Noop.class)
                        .add(Timed.class)
                        .build());
    }

    private static JobTypeDefinition scoped(JobTypeDefinition type) {
        return !type.name().equals(Work.NOOP.type()) ? type : type.standing(new Standing(SCOPE, Stands.GATED));
    }

    /** What is done, once. */
    private final class Story {

        private final RequartzNode node;
        private final Place place;
        private final CountedDriver counted;
        private final Connection onlooker;
        private final List<Phase> phases = new ArrayList<>();
        private final List<Long> lags = new ArrayList<>();

        /** @param onlooker whose questions are not counted among the node's */
        Story(RequartzNode node, Place place, CountedDriver counted, Connection onlooker) {
            this.node = node;
            this.place = place;
            this.counted = counted;
            this.onlooker = onlooker;
        }

        List<Phase> tell() throws Exception {
            node.start();
            node.control().pause(Work.NOOP.type(), Actor.SYSTEM, null);
            submit(1);
            long scope = node.scopes()
                    .list(ScopeFilter.ALL, 1, null)
                    .items()
                    .get(0)
                    .scope()
                    .id();
            node.scopes().disable(scope, Actor.SYSTEM, null);
            phase("submitted", () -> submit(runs - 1));
            place.settle();
            phase("set aside", () -> {
                node.control().resume(Work.NOOP.type(), Actor.SYSTEM, null);
                awaitHeld(runs);
            });
            place.settle();
            phase("let go while the type is paused", () -> {
                node.control().pause(Work.NOOP.type(), Actor.SYSTEM, null);
                node.scopes().enable(scope, Actor.SYSTEM, null);
                awaitHeld(0);
            });
            place.settle();
            phase("worked off beside another type", () -> {
                long before = Done.executed(Work.NOOP);
                Lags.take();
                node.control().resume(Work.NOOP.type(), Actor.SYSTEM, null);
                submitOthers();
                lags.addAll(Lags.take());
                Waiting.untilExecuted(Work.NOOP, before + runs);
            });
            return phases;
        }

        private void phase(String name, Step step) throws Exception {
            counted.take();
            List<SentTransaction> longest = new ArrayList<>();
            List<Long> nanos = new ArrayList<>();
            Sampler sampler = new Sampler(() -> {
                for (SentTransaction one : counted.take()) {
                    nanos.add(one.nanos());
                    if (longest.isEmpty() || one.nanos() > longest.get(0).nanos()) {
                        longest.clear();
                        longest.add(one);
                    }
                }
            });
            long began = System.nanoTime();
            try (sampler) {
                step.run();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            spec.commandLine().getErr().println(name + " after " + Columns.number(seconds, 1) + " s");
            phases.add(new Phase(
                    name,
                    seconds,
                    nanos.size(),
                    millis(nanos, 0.5),
                    millis(nanos, 0.99),
                    millis(nanos, 1),
                    longest.get(0).shapes().toString(),
                    HeapUse.afterCollections()));
        }

        private double millis(List<Long> nanos, double part) {
            return Math.round(Medians.quantile(nanos, Long::doubleValue, part) / 1e5) / 10.0;
        }

        private void submit(int count) {
            Submission wish =
                    Submission.of(Work.NOOP.type()).payload("{\"shop\": \"7\"}").build();
            Iterator<Submission> wishes =
                    Stream.generate(() -> wish).limit(count).iterator();
            node.runs().submitInParts(wishes, part -> {});
        }

        private void awaitHeld(long wanted) throws SQLException {
            while (Place.number(onlooker, "SELECT COUNT(*) FROM RQ_PARKED") != wanted) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }

        private void submitOthers() {
            long began = System.nanoTime();
            int count = (int) (othersFor.toMillis() * OTHERS_A_SECOND / 1000);
            long before = Done.executed(Work.TIMED);
            for (int i = 0; i < count; i++) {
                Waiting.until(began + i * 1_000_000_000L / OTHERS_A_SECOND);
                node.runs()
                        .submit(Submission.of(Work.TIMED.type())
                                .at(Instant.now())
                                .build());
            }
            Waiting.untilExecuted(Work.TIMED, before + count);
        }
    }

    /** A part of the story. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
