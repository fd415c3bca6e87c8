package io.requartz.walk;

import io.requartz.run.RunState;
import io.requartz.scope.Stands;
import java.util.Locale;

/** The job types of the walk, as {@link io.requartz.store.ScopedTypes} defines them. */
enum Kind {
    /** Closed when it fails. */
    HOURLY(Stands.GATED),
    /** Tried four times. */
    SCRIPTED(Stands.GATED),
    /** Tried four times; a probe. */
    DAILY(Stands.PROBE);

    static final int ATTEMPTS = 4;
    static final int CRASHES = 3;

    /** Is tried again and counts. */
    static final String FAILS = "500";

    /** Is tried again, and its scope does not count it. */
    static final String FAILS_UNCOUNTED = "429";

    /** Is not tried again, and counts. */
    static final String REFUSES = "refuse";

    static final String SUCCEEDS = "ok";

    private final Stands stands;

    Kind(Stands stands) {
        this.stands = stands;
    }

    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    Stands stands() {
        return stands;
    }

    /** What the policy makes of a failure, the n-th of its cycle. */
    RunState after(String step, int failures) {
        if (this == HOURLY) {
            return RunState.FAILED;
        }
        return step.equals(REFUSES) || failures >= ATTEMPTS ? RunState.DEAD : RunState.RETRYING;
    }
}
