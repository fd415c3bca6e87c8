package io.requartz.deadletter;

import java.util.Locale;

/** Why a run will not be tried again by itself. */
public enum DeadLetterReason {
    /** Its attempts are used up. */
    EXHAUSTED,
    /** The policy does not try this category again. */
    NOT_RETRYABLE,
    /** Three attempts of one cycle were lost with their nodes. */
    CRASHED,
    /** The job asked to be unscheduled. */
    UNSCHEDULED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
