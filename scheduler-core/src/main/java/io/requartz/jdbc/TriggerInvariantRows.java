package io.requartz.jdbc;

import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Invariant I9: Quartz's tables and ours say the same. Queries for what breaks it, the same on all databases, finding nothing in a
 * sound one. Triggers of another group than ours are foreign: they go Quartz's own way.
 */
public final class TriggerInvariantRows {

    private final String cluster;

    /** @param cluster what stands in SCHED_NAME */
    public TriggerInvariantRows(String cluster) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
    }

    // ---- runs and their triggers

    public List<Breach> notWaiting(Tx tx) {
        return Breach.query(tx, """
                SELECT t.TRIGGER_NAME, t.TRIGGER_STATE, t.JOB_NAME FROM QRTZ_TRIGGERS t
                WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP = 'requartz' AND t.TRIGGER_STATE <> 'WAITING'""", cluster);
    }

    public List<Breach> triggersThatNoRunWaitsFor(Tx tx) {
        return Breach.query(tx, """
                SELECT t.TRIGGER_NAME, r.STATE, r.ATTEMPTS FROM QRTZ_TRIGGERS t
                LEFT JOIN RQ_RUNS r
                    ON r.ID = SUBSTRING(t.TRIGGER_NAME, 1, POSITION('#' IN CONCAT(t.TRIGGER_NAME, '#')) - 1)
                WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP = 'requartz' AND (r.ID IS NULL
                    OR r.STATE NOT IN ('SCHEDULED', 'RETRYING') OR t.TRIGGER_NAME <> CONCAT(r.ID, '#', r.ATTEMPTS + 1))""", cluster);
    }

    public List<Breach> triggersUnlikeTheirRuns(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.DUE_AT, t.NEXT_FIRE_TIME, r.PRIORITY AS RUN_PRIORITY, t.PRIORITY AS TRIGGER_PRIORITY,
                    r.TYPE, t.JOB_NAME, t.JOB_GROUP
                FROM QRTZ_TRIGGERS t JOIN RQ_RUNS r
                    ON r.ID = SUBSTRING(t.TRIGGER_NAME, 1, POSITION('#' IN CONCAT(t.TRIGGER_NAME, '#')) - 1)
                WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP = 'requartz' AND t.TRIGGER_NAME = CONCAT(r.ID, '#', r.ATTEMPTS + 1)
                    AND r.STATE IN ('SCHEDULED', 'RETRYING') AND (r.DUE_AT IS NULL OR COALESCE(t.NEXT_FIRE_TIME, -1) <> r.DUE_AT
                    OR COALESCE(t.PRIORITY, -1) <> r.PRIORITY OR t.JOB_NAME <> r.TYPE OR t.JOB_GROUP <> 'requartz')""", cluster);
    }

    public List<Breach> dueWithoutWaiting(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.DUE_AT FROM RQ_RUNS r
                WHERE r.DUE_AT IS NOT NULL AND r.STATE NOT IN ('SCHEDULED', 'RETRYING')""");
    }

    public List<Breach> keysOfOthers(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.IDEMPOTENCY_KEY, r.UNIQUE_KEY, i.RUN_ID AS IDEMPOTENCY_HOLDER, u.RUN_ID AS UNIQUE_HOLDER
                FROM RQ_RUNS r
                    LEFT JOIN RQ_RUN_KEYS i ON i.KIND = 'IDEMPOTENCY' AND i.TYPE = r.TYPE AND i.KEY_VALUE = r.IDEMPOTENCY_KEY
                    LEFT JOIN RQ_RUN_KEYS u ON u.KIND = 'UNIQUE' AND u.TYPE = r.TYPE AND u.KEY_VALUE = r.UNIQUE_KEY
                WHERE r.IDEMPOTENCY_KEY IS NOT NULL AND COALESCE(i.RUN_ID, '') <> r.ID
                    OR r.UNIQUE_KEY IS NOT NULL AND r.STATE IN (%s) AND COALESCE(u.RUN_ID, '') <> r.ID""".formatted(RunInvariantRows.list(RunState.OPEN)));
    }

    // ---- running runs, open attempts, fired rows

    public List<Breach> runningWithoutOpenAttempt(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.ATTEMPTS, r.NODE FROM RQ_RUNS r
                WHERE r.STATE = 'RUNNING'
                    AND NOT EXISTS (SELECT 1 FROM RQ_ATTEMPTS a WHERE a.RUN_ID = r.ID AND a.OUTCOME IS NULL)""");
    }

    public List<Breach> openWithoutRunning(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, r.STATE FROM RQ_ATTEMPTS a JOIN RQ_RUNS r ON r.ID = a.RUN_ID
                WHERE a.OUTCOME IS NULL AND r.STATE <> 'RUNNING'""");
    }

    public List<Breach> openWithoutFired(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.FIRE_ID, f.STATE, f.TRIGGER_NAME FROM RQ_ATTEMPTS a
                LEFT JOIN QRTZ_FIRED_TRIGGERS f ON f.SCHED_NAME = ? AND f.ENTRY_ID = a.FIRE_ID
                WHERE a.OUTCOME IS NULL AND (f.ENTRY_ID IS NULL OR f.STATE <> 'EXECUTING' OR f.TRIGGER_GROUP <> 'requartz'
                    OR f.TRIGGER_NAME <> CONCAT(a.RUN_ID, '#', a.ATTEMPT_NO))""", cluster);
    }

    public List<Breach> firedByUnknown(Tx tx, Instant before) {
        return Breach.query(tx, """
                SELECT f.TRIGGER_NAME, f.TRIGGER_GROUP, f.ENTRY_ID, f.INSTANCE_NAME, f.FIRED_TIME FROM QRTZ_FIRED_TRIGGERS f
                WHERE f.SCHED_NAME = ? AND f.FIRED_TIME < ?
                    AND NOT EXISTS (SELECT 1 FROM RQ_NODES n WHERE n.BOOT_ID = f.INSTANCE_NAME)""", cluster, before);
    }

    // ---- Quartz's own structure

    /** Triggers count up and rows of their kinds down; grouped, not joined, as a join is slow without statistics. */
    private static final String KINDS = """
            SELECT k.TRIGGER_NAME, k.TRIGGER_GROUP, k.KIND FROM (
                SELECT TRIGGER_NAME, TRIGGER_GROUP,
                    CASE WHEN TRIGGER_TYPE IN ('CAL_INT', 'DAILY_I') THEN 'SIMPROP' ELSE TRIGGER_TYPE END AS KIND, 1 AS SIDE
                FROM QRTZ_TRIGGERS WHERE SCHED_NAME = ? AND TRIGGER_TYPE <> 'RUN'
                UNION ALL
                SELECT TRIGGER_NAME, TRIGGER_GROUP, 'SIMPLE', -1 FROM QRTZ_SIMPLE_TRIGGERS WHERE SCHED_NAME = ?
                UNION ALL
                SELECT TRIGGER_NAME, TRIGGER_GROUP, 'CRON', -1 FROM QRTZ_CRON_TRIGGERS WHERE SCHED_NAME = ?
                UNION ALL
                SELECT TRIGGER_NAME, TRIGGER_GROUP, 'SIMPROP', -1 FROM QRTZ_SIMPROP_TRIGGERS WHERE SCHED_NAME = ?
                UNION ALL
                SELECT TRIGGER_NAME, TRIGGER_GROUP, 'BLOB', -1 FROM QRTZ_BLOB_TRIGGERS WHERE SCHED_NAME = ?) k
            GROUP BY k.TRIGGER_NAME, k.TRIGGER_GROUP, k.KIND""";

    public List<Breach> withoutExtension(Tx tx) {
        return Breach.query(tx, KINDS + " HAVING SUM(k.SIDE) > 0", cluster, cluster, cluster, cluster, cluster);
    }

    public List<Breach> extensionWithoutTrigger(Tx tx) {
        return Breach.query(tx, KINDS + " HAVING SUM(k.SIDE) < 0", cluster, cluster, cluster, cluster, cluster);
    }

    public List<Breach> inError(Tx tx) {
        return Breach.query(tx, """
                SELECT t.TRIGGER_NAME, t.TRIGGER_GROUP, t.JOB_NAME FROM QRTZ_TRIGGERS t
                WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP <> 'requartz' AND t.TRIGGER_STATE = 'ERROR'""", cluster);
    }

    /** A BLOCKED trigger waits for another trigger of its job to end, any other for its own. */
    public List<Breach> heldByNobody(Tx tx, Instant before) {
        return Breach.query(tx, """
                SELECT t.TRIGGER_NAME, t.TRIGGER_GROUP, t.TRIGGER_STATE, t.NEXT_FIRE_TIME FROM QRTZ_TRIGGERS t
                WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP <> 'requartz' AND (
                    t.TRIGGER_STATE = 'COMPLETE' AND NOT EXISTS (
                        SELECT 1 FROM QRTZ_FIRED_TRIGGERS f WHERE f.SCHED_NAME = t.SCHED_NAME
                            AND f.TRIGGER_NAME = t.TRIGGER_NAME AND f.TRIGGER_GROUP = t.TRIGGER_GROUP)
                    OR t.TRIGGER_STATE = 'ACQUIRED' AND COALESCE(t.NEXT_FIRE_TIME, 0) < ? AND NOT EXISTS (
                        SELECT 1 FROM QRTZ_FIRED_TRIGGERS f WHERE f.SCHED_NAME = t.SCHED_NAME
                            AND f.TRIGGER_NAME = t.TRIGGER_NAME AND f.TRIGGER_GROUP = t.TRIGGER_GROUP)
                    OR t.TRIGGER_STATE IN ('BLOCKED', 'PAUSED_BLOCKED') AND COALESCE(t.NEXT_FIRE_TIME, 0) < ? AND NOT EXISTS (
                        SELECT 1 FROM QRTZ_FIRED_TRIGGERS f WHERE f.SCHED_NAME = t.SCHED_NAME
                            AND f.JOB_NAME = t.JOB_NAME AND f.JOB_GROUP = t.JOB_GROUP))""", cluster, before, before);
    }

    // ---- what a person should know

    public List<Breach> quarantined(Tx tx) {
        return Breach.query(tx, "SELECT q.NAME, q.KIND, q.REASON, q.AT FROM RQ_QUARANTINE q");
    }

    public List<Breach> deadNodes(Tx tx, Instant before) {
        return Breach.query(
                tx,
                "SELECT n.BOOT_ID, n.STATE, n.LAST_BEAT_AT, n.HOST FROM RQ_NODES n WHERE n.LAST_BEAT_AT < ?",
                before);
    }

    public List<Breach> foreign(Tx tx) {
        return Breach.query(tx, """
                SELECT t.TRIGGER_NAME, t.TRIGGER_GROUP, t.JOB_NAME, t.TRIGGER_STATE FROM QRTZ_TRIGGERS t
                WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP <> 'requartz'""", cluster);
    }
}
