package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.util.List;

/**
 * Invariants of what guards hold (I1), of scopes' counts (I4) and of schedules' fires (I10), as queries for what breaks them: the same
 * on all databases, finding nothing in a sound one.
 */
public final class ScopeInvariantRows {

    // ---- I1

    public List<Breach> parkedWithoutEntry(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.TYPE, r.REASON, p.GUARD, p.HOLD_KEY FROM RQ_RUNS r LEFT JOIN RQ_PARKED p ON p.RUN_ID = r.ID
                WHERE r.STATE = 'PARKED'
                    AND (p.RUN_ID IS NULL OR r.REASON IS NULL OR r.REASON <> CONCAT(p.GUARD, ':', p.HOLD_KEY))""");
    }

    public List<Breach> entriesWithoutParked(Tx tx) {
        return Breach.query(tx, """
                SELECT p.RUN_ID AS RUN, p.GUARD, p.HOLD_KEY, r.STATE FROM RQ_PARKED p LEFT JOIN RQ_RUNS r ON r.ID = p.RUN_ID
                WHERE r.ID IS NULL OR r.STATE <> 'PARKED'""");
    }

    public List<Breach> heldByNoScope(Tx tx) {
        return Breach.query(tx, """
                SELECT p.RUN_ID AS RUN, p.HOLD_KEY FROM RQ_PARKED p
                WHERE p.GUARD = 'scope' AND p.HOLD_KEY NOT IN (SELECT CONCAT(s.ID, '') FROM RQ_SCOPES s)""");
    }

    // ---- I4

    /** Those that carry the scope's epoch: the trailing ones, in the order of their commits. */
    public List<Breach> failuresMiscounted(Tx tx) {
        return Breach.query(tx, """
                SELECT s.ID AS SCOPE, s.NAME, s.FAILURES, s.EPOCH, COALESCE(c.N, 0) AS COUNTED
                FROM RQ_SCOPES s LEFT JOIN (
                    SELECT SCOPE_ID, SCOPE_EPOCH, COUNT(*) AS N FROM RQ_ATTEMPTS
                    WHERE SCOPE_ID IS NOT NULL AND OUTCOME = 'FAILED' GROUP BY SCOPE_ID, SCOPE_EPOCH) c
                    ON c.SCOPE_ID = s.ID AND c.SCOPE_EPOCH = s.EPOCH
                WHERE COALESCE(c.N, 0) <> s.FAILURES""");
    }

    /** Lost with its node, handed over, cancelled; or in an epoch that has not begun. */
    public List<Breach> countedWrongly(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.OUTCOME, a.SCOPE_ID, a.SCOPE_EPOCH, s.EPOCH
                FROM RQ_ATTEMPTS a LEFT JOIN RQ_SCOPES s ON s.ID = a.SCOPE_ID
                WHERE a.SCOPE_ID IS NOT NULL AND CASE
                    WHEN a.OUTCOME = 'FAILED' AND a.SCOPE_EPOCH <= s.EPOCH THEN 0 ELSE 1 END = 1""");
    }

    public List<Breach> halfDisabled(Tx tx) {
        return Breach.query(tx, """
                SELECT s.ID AS SCOPE, s.NAME, s.DISABLED_AT, s.DISABLED_BY, s.AUTOMATIC, s.FAILURES FROM RQ_SCOPES s
                WHERE CASE
                    WHEN s.DISABLED_AT IS NULL AND s.DISABLED_BY IS NULL AND s.AUTOMATIC = FALSE THEN 0
                    WHEN s.DISABLED_AT IS NOT NULL AND s.DISABLED_BY IS NOT NULL AND (s.AUTOMATIC = FALSE OR s.FAILURES > 0) THEN 0
                    ELSE 1 END = 1""");
    }

    public List<Breach> runsOfNoScope(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.TYPE, r.SCOPE_ID FROM RQ_RUNS r LEFT JOIN RQ_SCOPES s ON s.ID = r.SCOPE_ID
                WHERE r.SCOPE_ID IS NOT NULL AND s.ID IS NULL""");
    }

    // ---- I10

    /** What a person asked for besides is no fire. */
    public List<Breach> firesThatMadeTwoRuns(Tx tx) {
        return Breach.query(tx, """
                SELECT r.SCHEDULE, r.SCHEDULED_AT, r.CELL, COUNT(*) AS RUNS FROM RQ_RUNS r
                WHERE r.SCHEDULE IS NOT NULL AND r.SCHEDULED_AT IS NOT NULL AND r.MANUAL = FALSE AND r.COPY_OF IS NULL
                GROUP BY r.SCHEDULE, r.SCHEDULED_AT, r.CELL HAVING COUNT(*) > 1""");
    }
}
