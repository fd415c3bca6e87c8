package io.requartz.testing;

import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Time that stands still until a test moves it, for wall clock and monotonic clock alike; the wall clock can be set too. Thread-safe. */
public final class SettableClock implements InstantSource {

    private final AtomicReference<Instant> now;
    private final AtomicLong elapsed = new AtomicLong();

    public SettableClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** Some Tuesday morning. */
    public static SettableClock atSomeTime() {
        return new SettableClock(Instant.parse("2026-03-03T09:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    public void advance(Duration by) {
        elapsed.addAndGet(by.toNanos());
        now.updateAndGet(time -> time.plus(by));
    }

    /** Only forward, as a monotonic clock goes with it. */
    public void set(Instant time) {
        Instant before = now.get();
        if (time.isBefore(before)) {
            throw new IllegalArgumentException("the clock stands at " + before + " and is not set back to " + time);
        }
        advance(Duration.between(before, time));
    }

    /** As somebody does who sets the machine's clock, forward or back: no time goes by on the monotonic clock. */
    public void shift(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    public Ticker ticker() {
        return elapsed::get;
    }
}
