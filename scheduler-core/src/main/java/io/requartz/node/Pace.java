package io.requartz.node;

import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How soon a node looks again for runs that others have submitted: after a twentieth of the time for which it has found none, at
 * least 20 ms, and never more than a fifth of its time. While runs flow it is prompt, and an idle node asks no more often than {@code cluster.poll}. Thread-safe.
 */
final class Pace {

    private static final long FASTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int PART = 20;
    private static final int COST = 5;
    private static final int SMOOTHED_OVER = 16;

    private final long slowestNanos;
    private final Ticker ticker;
    private volatile long activeAt;
    private volatile long costNanos;

    Pace(Duration slowest, Ticker ticker) {
        this.slowestNanos = slowest.toNanos();
        this.ticker = ticker;
        this.activeAt = ticker.nanoTime() - PART * slowestNanos;
    }

    /** Runs were found. */
    void active() {
        activeAt = ticker.nanoTime();
    }

    /**
     * A look that found nothing took so long: there may be many types, or the database may be busy. A single slow one says little.
     * For one thread.
     */
    void cost(long nanos) {
        long mean = costNanos;
        costNanos = mean + (nanos - mean) / SMOOTHED_OVER;
    }

    long nanos() {
        long quiet = ticker.nanoTime() - activeAt;
        return Math.min(slowestNanos, Math.max(Math.max(FASTEST_NANOS, COST * costNanos), quiet / PART));
    }

    /** Whether whoever waits for the next look should be told that it may come sooner now. */
    boolean slow() {
        return nanos() > Math.max(FASTEST_NANOS, COST * costNanos);
    }
}
