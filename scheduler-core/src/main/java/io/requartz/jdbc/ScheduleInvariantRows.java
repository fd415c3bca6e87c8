package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.util.List;

/**
 * Invariant I10 (each time and cell of a schedule makes at most one run, or says why none), as queries for what breaks it. Each
 * method is one statement, the same on all databases, and finds nothing in a sound one.
 */
public final class ScheduleInvariantRows {

    /** The keys of the fires see to it that no two runs are of one time and cell; a run without its fire would be beyond them. */
    public List<Breach> runsWithoutFire(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.SCHEDULE, r.SCHEDULED_AT, r.CELL FROM RQ_RUNS r
                WHERE r.SCHEDULE IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM RQ_SCHEDULE_FIRES f
                    WHERE f.SCHEDULE = r.SCHEDULE AND f.FIRE_TIME = r.SCHEDULED_AT AND f.CELL = COALESCE(r.CELL, '')
                        AND f.RUN_ID = r.ID)""");
    }

    public List<Breach> neitherRunNorReason(Tx tx) {
        return Breach.query(tx, """
                SELECT CONCAT(f.SCHEDULE, ' ', f.FIRE_TIME) AS FIRE, f.CELL, f.RUN_ID, f.SKIPPED FROM RQ_SCHEDULE_FIRES f
                WHERE CASE WHEN f.RUN_ID IS NULL THEN 1 ELSE 0 END = CASE WHEN f.SKIPPED IS NULL THEN 1 ELSE 0 END""");
    }

    /** Taken for settled, such a run would not keep the next one of its cell away. */
    public List<Breach> openButForgotten(Tx tx) {
        return Breach.query(tx, """
                SELECT CONCAT(f.SCHEDULE, ' ', f.FIRE_TIME) AS FIRE, f.CELL, r.ID, r.STATE
                FROM RQ_SCHEDULE_FIRES f JOIN RQ_RUNS r ON r.ID = f.RUN_ID
                WHERE f.MAY_BE_OPEN = FALSE AND r.STATE IN ('SCHEDULED', 'PARKED', 'RUNNING', 'RETRYING', 'DEAD')""");
    }
}
