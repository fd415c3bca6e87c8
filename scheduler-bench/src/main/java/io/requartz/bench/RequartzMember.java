package io.requartz.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Pools;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One node. */
record RequartzMember(RequartzNode node, Place place) implements Engine.Member {

    private static final int LOADERS = 4;
    private static final int COMMITTED_AT_ONCE = 1_000;

    @Override
    public void start() {
        node.start();
    }

    @Override
    public void submit(Work work, Instant due) {
        node.runs().submit(wish(work, due));
    }

    private static Submission wish(Work work, Instant due) {
        return Submission.of(work.type()).at(due).build();
    }

    @Override
    public void load(Work work, Instant due, int runs) throws Exception {
        JobTypeDefinition type = node.runs().type(work.type()).orElseThrow();
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        try (HikariDataSource pool = Pools.create("load", place.url(), place.user(), place.password(), LOADERS)) {
            Database database = Database.of(pool, "load");
            List<Future<?>> parts = new ArrayList<>();
            for (int first = 0; first < runs; first += COMMITTED_AT_ONCE) {
                int count = Math.min(COMMITTED_AT_ONCE, runs - first);
                parts.add(loaders.submit(() -> database.transactions().run("load runs", tx -> {
                    for (int i = 0; i < count; i++) {
                        node.runs().add(tx, wish(work, due), type, null, null, null);
                    }
                })));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            loaders.shutdown();
        }
    }

    @Override
    public Timing once() throws InterruptedException {
        long outcomes = node.changes().count();
        long began = System.nanoTime();
        Run run = node.runs().submit(Submission.of(Work.NOOP.type()).build()).run();
        long submitted = System.nanoTime();
        node.changes().awaitSince(outcomes, Engine.PATIENCE);
        long committed = System.nanoTime();
        RunState state = node.runs().get(run.id()).state();
        if (state != RunState.SUCCEEDED) {
            throw new IllegalStateException("run " + run.id() + " is " + state);
        }
        return new Timing(
                submitted - began, Done.begun() - submitted, Done.ended() - Done.begun(), committed - Done.ended());
    }

    @Override
    public void close() {
        node.close();
    }
}
