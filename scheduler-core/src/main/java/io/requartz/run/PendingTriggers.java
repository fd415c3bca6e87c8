package io.requartz.run;

import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The Quartz triggers of waiting runs: exactly one a run that is SCHEDULED or RETRYING, named after the run and its next attempt.
 * A trigger is locked before its run, everywhere.
 */
public interface PendingTriggers {

    /** A trigger to be. {@code attempt} is the number that the attempt will have. */
    record Pending(String runId, int attempt, String type, Priority priority, Instant due) {

        public String name() {
            return triggerName(runId, attempt);
        }
    }

    static String triggerName(String runId, int attempt) {
        return runId + "#" + attempt;
    }

    void insert(Tx tx, List<Pending> triggers);

    /** Locks the trigger until the commit; false if it is not there (any more). */
    boolean lock(Tx tx, String runId, int attempt);

    /** Locks these in the order of their names. @return the names of those that are there */
    Set<String> lockAll(Tx tx, Collection<String> names);

    void delete(Tx tx, String runId, int attempt);

    void move(Tx tx, String runId, int attempt, Priority priority, Instant due);
}
