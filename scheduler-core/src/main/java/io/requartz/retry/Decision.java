package io.requartz.retry;

import java.time.Duration;
import java.time.Instant;

/** What follows from a failed attempt. */
public sealed interface Decision {

    /** The decision, with its numbers, in a sentence for people. */
    String why();

    /**
     * Another attempt.
     *
     * @param delay from the decision on, jitter included; never negative
     * @param at when the attempt may start
     * @param strategy name of the backoff that gave the delay, or {@code retry-after}
     */
    record Retry(Duration delay, Instant at, String strategy, String why) implements Decision {}

    /**
     * No other attempt in this cycle.
     *
     * @param close true: the run ends as FAILED; false: it is DEAD and waits for a person
     */
    record GiveUp(GiveUpReason reason, boolean close, String why) implements Decision {}
}
