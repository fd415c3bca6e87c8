package io.requartz.cluster;

import io.requartz.run.Priority;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client that submits 20 runs a second of all kinds, whatever answer it gets. */
final class Workload implements AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Priority[] PRIORITIES = Priority.values();

    private final Cluster cluster;
    private final Random random;
    private final Thread thread;
    private volatile boolean closed;
    private final AtomicInteger submitted = new AtomicInteger();

    private Workload(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
        this.thread = new Thread(this::submit, "client");
    }

    static Workload start(Cluster cluster, Random random) {
        Workload workload = new Workload(cluster, random);
        workload.thread.start();
        return workload;
    }

    int submitted() {
        return submitted.get();
    }

    private void submit() {
        long next = System.nanoTime();
        while (!closed) {
            one();
            submitted.incrementAndGet();
            // what an outage held up is not made up for
            next = Math.max(next + EVERY_NANOS, System.nanoTime() - EVERY_NANOS);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void one() {
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

    /** Waits for the answer that is outstanding. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
