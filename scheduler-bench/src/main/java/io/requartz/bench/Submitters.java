package io.requartz.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that submit side by side. */
record Submitters(int threads) {

    /** For what is not timed. */
    static final int LOADERS = 4;

    static final int LOADED_AT_ONCE = 1_000;

    /**
     * Submits runs, and waits until all are committed.
     *
     * @param atOnce 1: one by one, each with its own commit; more: so many with one
     * @return how long it took, in seconds
     */
    double submit(Engine.Member member, Work work, Instant due, int runs, int atOnce) throws Exception {
        AtomicInteger left = new AtomicInteger(runs);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long began = System.nanoTime();
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(() -> {
                    for (int before = left.getAndAdd(-atOnce); before > 0; before = left.getAndAdd(-atOnce)) {
                        if (atOnce == 1) {
                            member.submit(work, due);
                        } else {
                            member.submitAll(work, due, Math.min(before, atOnce));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
            return (System.nanoTime() - began) / 1e9;
        } finally {
            pool.shutdown();
        }
    }
}
