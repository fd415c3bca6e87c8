package io.requartz.bench;

import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requartz as it ships: history, fencing and all, everything by default but the number of threads. */
final class RequartzContender implements Contender {

    private static final int LOADERS = 8;

    @Override
    public String name() {
        return "requartz";
    }

    @Override
    public void prepare(Place place) {
        open(place, 1).close();
    }

    @Override
    public void load(Place place, int runs) throws Exception {
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        try (RequartzNode node = open(place, 1)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int loader = 0; loader < LOADERS; loader++) {
                int share = runs / LOADERS + (loader < runs % LOADERS ? 1 : 0);
                parts.add(loaders.submit(() -> submit(node, share)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            loaders.shutdown();
        }
    }

    private static void submit(RequartzNode node, int runs) {
        for (int i = 0; i < runs; i++) {
            node.runs().submit(Submission.of("noop").build());
        }
    }

    @Override
    public Bout enter(Place place, int threads) {
        RequartzNode node = open(place, threads);
        return new Bout() {
            @Override
            public void start() {
                node.start();
            }

            @Override
            public Timing once() throws InterruptedException {
                return RequartzContender.once(node);
            }

            @Override
            public void close() {
                node.close();
            }
        };
    }

    private static Timing once(RequartzNode node) throws InterruptedException {
        long outcomes = node.changes().count();
        long began = System.nanoTime();
        Run run = node.runs().submit(Submission.of("noop").build()).run();
        long submitted = System.nanoTime();
        node.changes().awaitSince(outcomes, PATIENCE);
        long committed = System.nanoTime();
        RunState state = node.runs().get(run.id()).state();
        if (state != RunState.SUCCEEDED) {
            throw new IllegalStateException("run " + run.id() + " is " + state);
        }
        return new Timing(
                submitted - began, Noop.begun() - submitted, Noop.ended() - Noop.begun(), committed - Noop.ended());
    }

    @Override
    public List<String> openRows() {
        return List.of(
                "SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS",
                "SELECT COUNT(*) FROM QRTZ_TRIGGERS",
                "SELECT COUNT(*) FROM RQ_RUNS WHERE STATE <> 'SUCCEEDED'");
    }

    private static RequartzNode open(Place place, int threads) {
        RequartzConfig config = RequartzConfig.of("bench", Path.of("."))
                .withDatabase(new DatabaseConfig(
                        place.url(),
                        place.user() == null ? "" : place.user(),
                        Secret.of(place.password() == null ? "" : place.password()),
                        10,
                        Duration.ofSeconds(10)))
                .withWorkers(new WorkersConfig(threads, WorkersConfig.DEFAULT.batch()));
        return RequartzNode.open(config, Plugins.builder().add(Noop.class).build());
    }
}
