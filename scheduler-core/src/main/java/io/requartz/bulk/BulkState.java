package io.requartz.bulk;

/** How far a bulk action is. RUNNING and PAUSED may become each other and CANCELLED; only RUNNING becomes DONE. */
public enum BulkState {
    RUNNING,
    PAUSED,
    DONE,
    CANCELLED;

    public boolean finished() {
        return this == DONE || this == CANCELLED;
    }
}
