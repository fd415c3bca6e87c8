package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.guard.ParkedRuns.Parked;
import io.requartz.run.FiredRun;
import io.requartz.run.PendingTriggers;
import io.requartz.run.Priority;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What starting attempts reads and writes: runs being fired, QRTZ_FIRED_TRIGGERS, open attempts. */
public final class FireRows {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};

    private final String cluster;
    private final ParkedRows parked;
    private final WideStatement insertFired;
    private final WideStatement insertAttempts;
    private final WideStatement markRunning;
    private final WideStatement deleteFired;

    public FireRows(Database database) {
        this.cluster = database.cluster();
        Dialect dialect = database.dialect();
        parked = new ParkedRows(dialect);
        insertFired = WideStatement.insert(
                dialect,
                "cluster key, entry key, trigger key, instance key, fired number, due number, priority number, type key",
                new WideStatement.Into(
                        "QRTZ_FIRED_TRIGGERS",
                        "SCHED_NAME, ENTRY_ID, TRIGGER_NAME, TRIGGER_GROUP, INSTANCE_NAME, FIRED_TIME, SCHED_TIME, PRIORITY, STATE, JOB_NAME,"
                                + " JOB_GROUP, IS_NONCONCURRENT, REQUESTS_RECOVERY",
                        ":cluster, :entry, :trigger, 'requartz', :instance, :fired, :due, :priority, 'EXECUTING', :type, 'requartz', FALSE,"
                                + " FALSE"));
        insertAttempts = WideStatement.insert(
                dialect,
                "run key, attempt number, cycle number, fire key, node key, started number",
                new WideStatement.Into(
                        "RQ_ATTEMPTS",
                        "RUN_ID, ATTEMPT_NO, CYCLE, FIRE_ID, NODE, STARTED_AT",
                        ":run, :attempt, :cycle, :fire, :node, :started"));
        markRunning = WideStatement.update(dialect, "RQ_RUNS", "id key, node key, now number", """
                STATE = 'RUNNING', ATTEMPTS = ATTEMPTS + 1, NODE = :node, DUE_AT = NULL,
                    CYCLE_STARTED_AT = COALESCE(CYCLE_STARTED_AT, :now), PROGRESS_PERCENT = NULL, PROGRESS_MESSAGE = NULL,
                    VERSION = VERSION + 1""", "ID = :id");
        deleteFired = WideStatement.delete(
                dialect,
                "QRTZ_FIRED_TRIGGERS",
                "cluster key, entry key",
                "SCHED_NAME = :cluster AND ENTRY_ID = :entry");
    }

    static FiredRun fired(ResultSet row, String fireId, long token, int attempt, Instant startedAt)
            throws SQLException {
        return new FiredRun(
                fireId,
                token,
                row.getString("ID"),
                row.getString("TYPE"),
                row.getString("PAYLOAD"),
                row.getInt("PAYLOAD_VERSION"),
                Priority.ofLevel(row.getInt("PRIORITY")),
                attempt,
                row.getInt("CYCLE"),
                row.getInt("FAILURES"),
                readCounts(row.getString("FAILURES_BY_CATEGORY")),
                row.getInt("NODES_LOST"),
                Sql.instant(row, "CREATED_AT"),
                Sql.instant(row, "CYCLE_STARTED_AT"),
                Sql.instant(row, "DUE_AT"),
                startedAt,
                Duration.ofMillis(row.getLong("PARKED_MS")),
                RunRows.origin(row));
    }

    /**
     * Fired rows in state EXECUTING, and open attempts: durable before any of the job's code runs.
     *
     * @return the same runs, each with the fencing token that the database gave to its attempt
     */
    public List<FiredRun> insertStarted(Tx tx, List<FiredRun> runs, String bootId, String nodeId) {
        insertFired.insert(tx, runs, run -> new Object[] {
            cluster,
            run.fireId(),
            PendingTriggers.triggerName(run.runId(), run.attempt()),
            bootId,
            run.startedAt(),
            run.dueAt(),
            run.priority().level(),
            run.type()
        });
        List<Long> tokens = insertAttempts.insertNumbering(tx, "TOKEN", runs, run ->
                new Object[] {run.runId(), run.attempt(), run.cycle(), run.fireId(), nodeId, run.startedAt()});
        List<FiredRun> started = new ArrayList<>(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            started.add(runs.get(i).withToken(tokens.get(i)));
        }
        return started;
    }

    /** Runs that are locked. */
    public void markRunning(Tx tx, List<String> runIds, String nodeId, Instant now) {
        markRunning.any(tx, runIds, id -> new Object[] {id, nodeId, now});
    }

    /** @param reason a word */
    public void markCancelled(Tx tx, Collection<String> runIds, String reason, Instant now) {
        List<Sql.Parameter> parameters = Sql.parameters(reason, now);
        runIds.forEach(id -> parameters.add(new Sql.Parameter(id)));
        Sql.update(tx, """
                UPDATE RQ_RUNS SET STATE = 'CANCELLED', REASON = ?, DUE_AT = NULL, FINISHED_AT = ?,
                    VERSION = VERSION + 1
                WHERE ID IN (%s)""".formatted(Sql.marks(runIds)), parameters);
    }

    /** Held by a guard: it has no trigger while it waits. */
    public void markParked(Tx tx, List<Parked> held, Instant now) {
        Map<String, List<String>> byReason = new TreeMap<>();
        held.forEach(run -> byReason.computeIfAbsent(run.hold().reason(), reason -> new ArrayList<>())
                .add(run.runId()));
        byReason.forEach((reason, ids) -> markParked(tx, ids, reason, now));
        parked.insert(tx, held);
    }

    private static void markParked(Tx tx, List<String> runIds, String reason, Instant now) {
        List<Sql.Parameter> parameters = Sql.parameters(reason, now);
        runIds.forEach(id -> parameters.add(new Sql.Parameter(id)));
        Sql.update(tx, """
                UPDATE RQ_RUNS SET STATE = 'PARKED', REASON = ?, PARKED_SINCE = ?, DUE_AT = NULL, VERSION = VERSION + 1
                WHERE ID IN (%s)""".formatted(Sql.marks(runIds)), parameters);
    }

    /** True if no attempt of this type is open anywhere, and no other node is just asking. The type stays locked until the commit. */
    public boolean lockExclusive(Tx tx, String type) {
        boolean locked = Sql.one(
                        tx,
                        "SELECT NAME FROM RQ_JOB_TYPES WHERE NAME = ? FOR UPDATE SKIP LOCKED",
                        row -> row.getString(1),
                        type)
                .isPresent();
        return locked
                && Sql.one(tx, """
                                SELECT ENTRY_ID FROM QRTZ_FIRED_TRIGGERS
                                WHERE SCHED_NAME = ? AND TRIGGER_GROUP = 'requartz' AND JOB_NAME = ? LIMIT 1""", row -> row.getString(1), cluster, type).isEmpty();
    }

    /**
     * Deletes fired rows.
     *
     * @throws NotAllFound if one is not there
     */
    public void deleteAllFired(Tx tx, Collection<String> fireIds) {
        deleteFired.all(tx, fireIds.stream().sorted().toList(), this::firedKey);
    }

    /** @return those that were there; the others had been deleted before, and are no longer anybody's to complete */
    public Set<String> deleteFired(Tx tx, Collection<String> fireIds) {
        return new HashSet<>(deleteFired.each(tx, fireIds.stream().sorted().toList(), this::firedKey));
    }

    private Object[] firedKey(String fireId) {
        return new Object[] {cluster, fireId};
    }

    /** Who wrote the outcomes of these attempts, by fire id; those still open are left out. */
    public Map<String, String> closedBy(Tx tx, Collection<String> fireIds) {
        Map<String, String> closed = new HashMap<>();
        Sql.query(
                tx,
                "SELECT FIRE_ID, CLOSED_BY FROM RQ_ATTEMPTS WHERE CLOSED_BY IS NOT NULL AND FIRE_ID IN ("
                        + Sql.marks(fireIds) + ")",
                row -> closed.put(row.getString(1), row.getString(2)),
                fireIds.toArray());
        return closed;
    }

    /** A fired row of ours. */
    public record FiredRow(String fireId, String instance, String triggerName) {}

    /** Rows of one boot that nobody else is working on, locked. */
    public List<FiredRow> lockFiredOf(Tx tx, String bootId, int limit) {
        return Sql.query(
                tx,
                """
                SELECT ENTRY_ID, INSTANCE_NAME, TRIGGER_NAME FROM QRTZ_FIRED_TRIGGERS
                WHERE SCHED_NAME = ? AND INSTANCE_NAME = ? AND TRIGGER_GROUP = 'requartz'
                ORDER BY ENTRY_ID LIMIT %d FOR UPDATE SKIP LOCKED""".formatted(limit),
                row -> new FiredRow(row.getString(1), row.getString(2), row.getString(3)),
                cluster,
                bootId);
    }

    public List<String> firedOf(Tx tx, String bootId) {
        return Sql.query(tx, """
                SELECT ENTRY_ID FROM QRTZ_FIRED_TRIGGERS
                WHERE SCHED_NAME = ? AND INSTANCE_NAME = ? AND TRIGGER_GROUP = 'requartz'""", row -> row.getString(1), cluster, bootId);
    }

    /** Instances that have fired rows but no node row: nobody will ever complete these. */
    public List<String> instancesWithoutNode(Tx tx) {
        return Sql.query(tx, """
                SELECT DISTINCT INSTANCE_NAME FROM QRTZ_FIRED_TRIGGERS
                WHERE SCHED_NAME = ? AND INSTANCE_NAME NOT IN (SELECT BOOT_ID FROM RQ_NODES)""", row -> row.getString(1), cluster);
    }

    /** The open attempts behind fired rows, as they were when they began; attempts of other fire ids are left out. */
    public List<FiredRun> openAttempts(Tx tx, Collection<String> fireIds) {
        return Sql.query(
                tx,
                """
                SELECT a.FIRE_ID, a.TOKEN, a.ATTEMPT_NO, a.STARTED_AT, r.ID, r.TYPE, r.PRIORITY, r.PAYLOAD, r.PAYLOAD_VERSION,
                    r.CYCLE, r.FAILURES, r.FAILURES_BY_CATEGORY, r.NODES_LOST, r.CREATED_AT, r.DUE_AT, r.CYCLE_STARTED_AT,
                    r.PARKED_MS, r.SCOPE_ID, r.MANUAL, r.POLICY, r.SCHEDULE, r.SCHEDULED_AT, r.CELL
                FROM RQ_ATTEMPTS a JOIN RQ_RUNS r ON r.ID = a.RUN_ID
                WHERE a.OUTCOME IS NULL AND r.STATE = 'RUNNING' AND a.FIRE_ID IN (%s)""".formatted(Sql.marks(fireIds)),
                row -> fired(
                        row,
                        row.getString("FIRE_ID"),
                        row.getLong("TOKEN"),
                        row.getInt("ATTEMPT_NO"),
                        Sql.instant(row, "STARTED_AT")),
                fireIds.toArray());
    }

    /** Takes a row that makes no sense out of the way, and keeps what it said. */
    public void quarantine(Tx tx, String kind, String name, String reason, Instant now) {
        Sql.update(
                tx,
                "INSERT INTO RQ_QUARANTINE (AT, KIND, NAME, REASON) VALUES (?, ?, ?, ?)",
                now,
                kind,
                name,
                reason.length() > 500 ? reason.substring(0, 500) : reason);
    }

    static Map<ErrorCategory, Integer> readCounts(String json) {
        if (json == null || json.isEmpty()) {
            return Map.of();
        }
        try {
            Map<ErrorCategory, Integer> counts = new HashMap<>();
            JSON.readValue(json, COUNTS).forEach((name, count) -> counts.put(new ErrorCategory(name), count));
            return counts;
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("its failures by category are not JSON: " + json, broken);
        }
    }

    static String writeCounts(Map<ErrorCategory, Integer> counts) {
        if (counts.isEmpty()) {
            return null;
        }
        Map<String, Integer> named = new TreeMap<>();
        counts.forEach((category, count) -> named.put(category.name(), count));
        try {
            return JSON.writeValueAsString(named);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
