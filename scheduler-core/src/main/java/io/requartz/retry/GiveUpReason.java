package io.requartz.retry;

import java.util.Locale;

/** Why a run is not tried again. */
public enum GiveUpReason {
    /** Its attempts are used up, or its backoff leaves the retry to the schedule. */
    EXHAUSTED,
    /** The policy does not try this category again. */
    NOT_RETRYABLE,
    /** Three attempts of the cycle were lost with their nodes. */
    CRASHED,
    /** The time that the policy gives a cycle is over, or would be before the next attempt. */
    ELAPSED,
    /** The job itself asked to be unscheduled; no policy plans this. */
    UNSCHEDULED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
