package io.requartz.node;

import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How soon a node looks again for runs that others have submitted: after a twentieth of the time for which it has found none, at
 * least 25 ms. While runs flow it is prompt, and an idle node asks no more often than {@code cluster.poll}. Thread-safe.
 */
final class Pace {

    private static final long FASTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final int PART = 20;

    private final long slowestNanos;
    private final Ticker ticker;
    private volatile long activeAt;

    Pace(Duration slowest, Ticker ticker) {
        this.slowestNanos = slowest.toNanos();
        this.ticker = ticker;
        this.activeAt = ticker.nanoTime() - PART * slowestNanos;
    }

    /** Runs were found. */
    void active() {
        activeAt = ticker.nanoTime();
    }

    long nanos() {
        long quiet = ticker.nanoTime() - activeAt;
        return Math.min(slowestNanos, Math.max(FASTEST_NANOS, quiet / PART));
    }

    /** Whether whoever waits for the next look should be told that it may come sooner now. */
    boolean slow() {
        return nanos() > FASTEST_NANOS;
    }
}
