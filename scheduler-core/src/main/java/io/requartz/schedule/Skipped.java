package io.requartz.schedule;

import java.util.Locale;

/** Why a fire made no run. */
public enum Skipped {
    /** Its time went by in an outage or while everything was paused, and the misfire rule makes no run of it. */
    MISSED,
    /** An earlier run of its cell was open. */
    OVERLAP,
    /** What it would have worked on is held: a disabled scope. */
    HELD,
    /** No run can be made of it: the job type is unknown, or the payload does not fit. */
    INVALID;

    /** As stored and shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
