package io.requartz.guard;

import io.requartz.run.PendingTriggers.Pending;
import io.requartz.run.Priority;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What guards hold: exactly one entry for each PARKED run. A run is locked before its entry. */
public interface ParkedRuns {

    /** @param dueAt when it would have started */
    record Parked(String runId, Gate.Hold hold, Instant since, Priority priority, Instant dueAt) {}

    /**
     * A parked run, locked.
     *
     * @param attempts started so far
     */
    record Held(
            String runId,
            String type,
            Priority priority,
            int attempts,
            boolean failedBefore,
            Instant since,
            Instant dueAt) {

        /** How long the guard has held it by then: what is counted is from when it would have started. */
        public Duration heldUntil(Instant then) {
            Instant from = dueAt.isAfter(since) ? dueAt : since;
            return then.isAfter(from) ? Duration.between(from, then) : Duration.ZERO;
        }

        public Pending trigger(Instant due) {
            return new Pending(runId, attempts + 1, type, priority, due);
        }
    }

    /** With its new due time. */
    record Released(Held held, Instant due) {}

    /** Their runs become PARKED in the same transaction. */
    void insert(Tx tx, List<Parked> parked);

    /** What this guard holds runs by. */
    List<String> keys(Tx tx, String guard);

    /** Ids of runs that are held by this, highest priority first, then who has waited longest; not locked. */
    List<String> waiting(Tx tx, Gate.Hold hold, int limit);

    /** Those of these runs that are still held by this, in the order in which they are given; what others have locked is left out. */
    List<Held> lock(Tx tx, Gate.Hold hold, Collection<String> runIds);

    /** The runs become SCHEDULED or RETRYING; their triggers are the caller's to insert. */
    void release(Tx tx, List<Released> released);
}
