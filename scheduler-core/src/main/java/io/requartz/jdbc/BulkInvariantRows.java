package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;

/** What should hold of bulk actions, as queries for what breaks it: the same on all databases, finding nothing in a sound one. */
public final class BulkInvariantRows {

    public List<Breach> finishedOrNot(Tx tx) {
        return Breach.query(tx, """
                SELECT b.ID, b.STATE, b.FINISHED_AT FROM RQ_BULK_ACTIONS b
                WHERE b.STATE IN ('DONE', 'CANCELLED') AND b.FINISHED_AT IS NULL
                    OR b.STATE IN ('RUNNING', 'PAUSED') AND b.FINISHED_AT IS NOT NULL""");
    }

    /** At the end all that matched are counted; on the way, whatever is counted has been looked at. */
    public List<Breach> miscounted(Tx tx) {
        return Breach.query(tx, """
                SELECT b.ID, b.STATE, b.MATCHED, b.DONE, b.SKIPPED, b.FAILED, b.CURSOR_ID FROM RQ_BULK_ACTIONS b
                WHERE b.STATE = 'DONE' AND b.DONE + b.SKIPPED + b.FAILED <> b.MATCHED
                    OR b.DONE < 0 OR b.SKIPPED < 0 OR b.FAILED < 0
                    OR b.DONE + b.FAILED > 0 AND b.CURSOR_ID IS NULL
                    OR b.CURSOR_ID > b.UP_TO_ID""");
    }

    /** Running ones that were due by then, and that nobody has worked on since. */
    public List<Breach> left(Tx tx, Instant before) {
        return Breach.query(tx, """
                SELECT b.ID, b.KIND, b.NEXT_AT, b.WORKED_AT FROM RQ_BULK_ACTIONS b
                WHERE b.STATE = 'RUNNING' AND b.NEXT_AT < ? AND COALESCE(b.WORKED_AT, b.CREATED_AT) < ?""", before, before);
    }

    public List<Breach> withoutAudit(Tx tx) {
        return Breach.query(tx, """
                SELECT b.ID, b.KIND, b.ACTOR FROM RQ_BULK_ACTIONS b WHERE NOT EXISTS (
                    SELECT 1 FROM RQ_AUDIT a WHERE a.KIND = 'bulk-action' AND a.SUBJECT = b.ID AND a.ACTOR = b.ACTOR)""");
    }
}
