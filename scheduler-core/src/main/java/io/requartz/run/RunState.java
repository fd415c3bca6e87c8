package io.requartz.run;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a run stands. The legal transitions stand here and nowhere else; docs/lifecycle.md draws them.
 *
 * <p>Settled states never change. {@link #DEAD} waits for a person, and only a person leaves it.
 */
public enum RunState {
    /** Has a trigger and waits for its time. */
    SCHEDULED,
    /** Held back by a guard; has no trigger while it waits. */
    PARKED,
    /** One attempt is open, on one node. */
    RUNNING,
    /** An attempt failed; has a trigger for the next one. */
    RETRYING,
    SUCCEEDED,
    /** Failed under a policy that closes instead of keeping a dead letter. */
    FAILED,
    CANCELLED,
    /** Will not be tried again by itself; a dead letter. */
    DEAD,
    /** A dead letter that a person called done. */
    RESOLVED,
    /** A dead letter that a person gave up. */
    REJECTED;

    private static final Map<RunState, Set<RunState>> NEXT = Map.of(
            SCHEDULED, EnumSet.of(RUNNING, PARKED, CANCELLED),
            PARKED, EnumSet.of(SCHEDULED, RETRYING, CANCELLED),
            // back to SCHEDULED: the attempt was handed over before any had failed
            RUNNING, EnumSet.of(SUCCEEDED, RETRYING, FAILED, DEAD, CANCELLED, SCHEDULED, PARKED),
            RETRYING, EnumSet.of(RUNNING, PARKED, CANCELLED),
            DEAD, EnumSet.of(SCHEDULED, RESOLVED, REJECTED));

    /** Done for good. */
    public static final Set<RunState> SETTLED =
            Set.copyOf(EnumSet.of(SUCCEEDED, FAILED, CANCELLED, RESOLVED, REJECTED));

    /** Something will still happen by itself; a {@code unique: while-open} key is held. */
    public static final Set<RunState> OPEN = Set.copyOf(EnumSet.of(SCHEDULED, PARKED, RUNNING, RETRYING));

    public boolean settled() {
        return SETTLED.contains(this);
    }

    public boolean open() {
        return OPEN.contains(this);
    }

    /** Whether it has a trigger: exactly one, always. */
    public boolean hasTrigger() {
        return this == SCHEDULED || this == RETRYING;
    }

    public boolean canBecome(RunState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    public Set<RunState> successors() {
        return NEXT.getOrDefault(this, Set.of());
    }

    /**
     * @return {@code next}
     * @throws IllegalStateException if there is no such transition
     */
    public RunState become(RunState next) {
        if (!canBecome(next)) {
            throw new IllegalStateException("a run cannot go from " + this + " to " + next);
        }
        return next;
    }
}
