package io.requartz.cluster;

import io.requartz.run.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client that submits 20 runs a second of all kinds from several threads, whatever answer it gets. */
final class Workload implements AutoCloseable {

    private static final int THREADS = 4;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50L * THREADS);
    private static final Priority[] PRIORITIES = Priority.values();

    private final Cluster cluster;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger submitted = new AtomicInteger();
    private volatile boolean closed;

    private Workload(Cluster cluster) {
        this.cluster = cluster;
    }

    static Workload start(Cluster cluster, long seed) {
        Workload workload = new Workload(cluster);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            workload.threads.add(new Thread(() -> workload.submit(random), "client " + i));
        }
        workload.threads.forEach(Thread::start);
        return workload;
    }

    int submitted() {
        return submitted.get();
    }

    private void submit(Random random) {
        long next = System.nanoTime();
        while (!closed) {
            one(random);
            submitted.incrementAndGet();
            // what an outage held up is not made up for
            next = Math.max(next + EVERY_NANOS, System.nanoTime() - EVERY_NANOS);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void one(Random random) {
        Priority priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
        int kind = random.nextInt(100);
        int shop = random.nextInt(5);
        int more = random.nextInt(2000);
        if (kind < 55) {
            cluster.trySubmit(WitnessJob.TYPE, "{\"millis\": " + more % 20 + "}", priority);
        } else if (kind < 70) {
            cluster.trySubmit(WitnessJob.TYPE, "{\"millis\": 5, \"fail\": " + (1 + more % 3) + "}", priority);
        } else if (kind < 72) {
            cluster.trySubmit(WitnessJob.TYPE, "{\"fail\": 99}", priority);
        } else if (kind < 77) {
            cluster.trySubmit(WitnessJob.TYPE, "{\"millis\": " + (500 + more) + "}", priority);
        } else if (kind < 80) {
            cluster.trySubmit(WitnessJob.TYPE, "{\"millis\": " + (500 + more) + ", \"stubborn\": true}", priority);
        } else if (kind < 85) {
            cluster.trySubmit(ExclusiveWitnessJob.TYPE, "{\"millis\": " + more % 60 + "}", priority);
        } else {
            cluster.trySubmit(
                    ScopedWitnessJob.TYPE,
                    "{\"millis\": 5, \"shop\": " + shop + ", \"fail\": " + more % 2 + "}",
                    priority);
        }
    }

    /** Waits for the answers that are outstanding. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
