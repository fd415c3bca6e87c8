package io.requartz.deadletter;

import io.requartz.retry.GiveUpReason;
import java.util.Locale;

/** Why a run will not be tried again by itself. */
public enum DeadLetterReason {
    /** Its attempts are used up. */
    EXHAUSTED,
    /** The policy does not try this category again. */
    NOT_RETRYABLE,
    /** Three attempts of one cycle were lost with their nodes. */
    CRASHED,
    /** The policy's time for the cycle is over. */
    ELAPSED,
    /** The job asked to be unscheduled. */
    UNSCHEDULED,
    /** It was the failure that disabled its scope, under a policy that would have closed it. */
    SCOPE_DISABLED;

    public static DeadLetterReason of(GiveUpReason reason) {
        return valueOf(reason.name());
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
