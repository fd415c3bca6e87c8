package io.requartz.jobstore;

import io.requartz.time.Ticker;
import java.time.InstantSource;

/** When to look for foreign triggers: when one is due, and from time to time; seldom if there are none and none was stored lately. */
final class ForeignTurns {

    private static final int POLLS_IF_NONE = 5;

    private final InstantSource clock;
    private final Ticker ticker;
    private final long pollNanos;
    private final long seldomNanos;
    private volatile long storedAt;
    private long lookedAt;
    private long nextAt;

    ForeignTurns(long pollNanos, InstantSource clock, Ticker ticker) {
        this.pollNanos = pollNanos;
        this.seldomNanos = POLLS_IF_NONE * pollNanos;
        this.clock = clock;
        this.ticker = ticker;
        this.storedAt = ticker.nanoTime();
        this.lookedAt = storedAt;
    }

    /** Whether it is time; the answer is used. */
    boolean come() {
        long now = ticker.nanoTime();
        boolean none = nextAt == Long.MAX_VALUE && now - storedAt >= seldomNanos;
        if (clock.millis() < nextAt && now - lookedAt < (none ? seldomNanos : pollNanos)) {
            return false;
        }
        lookedAt = now;
        return true;
    }

    /** @param millis when the earliest is due; {@link Long#MAX_VALUE} if there is none */
    void next(long millis) {
        nextAt = millis;
    }

    /** By Quartz's API on this node, in a transaction that commits soon. */
    void stored() {
        storedAt = ticker.nanoTime();
    }
}
