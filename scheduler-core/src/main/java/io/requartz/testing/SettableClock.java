package io.requartz.testing;

import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that stands still until a test moves it, for wall clock and monotonic clock alike. Thread-safe. */
public final class SettableClock implements InstantSource {

    private final AtomicReference<Instant> now;
    private final Instant began;

    public SettableClock(Instant start) {
        this.began = start;
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
        now.updateAndGet(time -> time.plus(by));
    }

    /** Only forward, as a monotonic clock goes with it. */
    public void set(Instant time) {
        if (time.isBefore(now.get())) {
            throw new IllegalArgumentException("the clock stands at " + now.get() + " and is not set back to " + time);
        }
        now.set(time);
    }

    public Ticker ticker() {
        return () -> Duration.between(began, now.get()).toNanos();
    }
}
