package io.requartz.run;

/** How an attempt ended. An attempt without one is open. */
public enum AttemptOutcome {
    SUCCEEDED,
    /** The job failed, or its outcome could not be told. */
    FAILED,
    /** Its node died; counts as a failure. */
    NODE_LOST,
    /** Given back before it was done, by a node that stops or may not start it; counts for nothing. */
    HANDED_OVER,
    /** It ended because a person cancelled the run. */
    CANCELLED;

    /** Whether it raises the cycle's failures. */
    public boolean countsAsFailure() {
        return this == FAILED || this == NODE_LOST;
    }
}
