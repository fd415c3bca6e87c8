package io.requartz.jdbc;

import io.requartz.run.FiredRun;
import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Due triggers of QRTZ_TRIGGERS, each with its run, locked together and skipped if either is locked by somebody else. */
public final class DueRows {

    private static final int ID_LENGTH = 36;

    /** A trigger's name begins with its run's id. */
    private static final String OF_THE_TRIGGER = "r.ID = LEFT(t.TRIGGER_NAME, " + ID_LENGTH + ")";

    private static final String DUE = """
            WHERE t.SCHED_NAME = ? AND t.JOB_GROUP = 'requartz' AND t.JOB_NAME = ? AND t.TRIGGER_STATE = 'WAITING'
                AND t.PRIORITY = ? AND t.NEXT_FIRE_TIME <= ?""";

    private final String cluster;
    private final String join;

    /** @param cluster what stands in SCHED_NAME */
    public DueRows(String cluster, Dialect dialect) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.join = dialect.orderedJoin();
    }

    /** A trigger that is due. */
    public record Due(String name, String type, int level, long due) {}

    /**
     * A due trigger and its run. {@code unreadable} says what is wrong with the run's row; then there is no {@code run}.
     */
    public record DueRun(Due trigger, String id, RunState state, Instant expiresAt, FiredRun run, String unreadable) {}

    /** Takes what is due and not taken by another transaction, earliest first. */
    public List<DueRun> lock(Tx tx, String type, int level, long now, int limit) {
        return Sql.query(
                tx,
                """
                SELECT t.TRIGGER_NAME, t.NEXT_FIRE_TIME, r.ID, r.TYPE, r.STATE, r.PRIORITY, r.PAYLOAD, r.PAYLOAD_VERSION, r.CYCLE,
                    r.ATTEMPTS, r.FAILURES, r.FAILURES_BY_CATEGORY, r.NODES_LOST, r.CREATED_AT, r.DUE_AT, r.CYCLE_STARTED_AT,
                    r.EXPIRES_AT, r.PARKED_MS, r.SCOPE_ID, r.MANUAL, r.POLICY, r.SCHEDULE, r.SCHEDULED_AT, r.CELL
                FROM QRTZ_TRIGGERS t %s RQ_RUNS r ON %s
                %s
                ORDER BY t.NEXT_FIRE_TIME LIMIT %d FOR UPDATE SKIP LOCKED""".formatted(join, OF_THE_TRIGGER, DUE, limit),
                row -> dueRun(row, new Due(row.getString("TRIGGER_NAME"), type, level, row.getLong("NEXT_FIRE_TIME"))),
                cluster,
                type,
                level,
                now);
    }

    private static DueRun dueRun(ResultSet row, Due trigger) throws SQLException {
        String id = row.getString("ID");
        try {
            return new DueRun(
                    trigger,
                    id,
                    RunState.valueOf(row.getString("STATE")),
                    Sql.instant(row, "EXPIRES_AT"),
                    FireRows.fired(row, "", 0, row.getInt("ATTEMPTS") + 1, null),
                    null);
        } catch (RuntimeException broken) {
            return new DueRun(trigger, id, null, null, null, broken.getMessage());
        }
    }

    /** Due triggers that no run belongs to, locked. */
    public List<Due> lockOrphans(Tx tx, String type, int level, long now, int limit) {
        List<Due> apparent = Sql.query(
                tx,
                """
                SELECT t.TRIGGER_NAME, t.NEXT_FIRE_TIME FROM QRTZ_TRIGGERS t
                %s AND NOT EXISTS (SELECT 1 FROM RQ_RUNS r WHERE %s)
                ORDER BY t.NEXT_FIRE_TIME LIMIT %d FOR UPDATE SKIP LOCKED""".formatted(DUE, OF_THE_TRIGGER, limit),
                row -> new Due(row.getString("TRIGGER_NAME"), type, level, row.getLong("NEXT_FIRE_TIME")),
                cluster,
                type,
                level,
                now);
        Set<String> known = runs(tx, apparent);
        return apparent.stream()
                .filter(trigger -> !known.contains(runId(trigger)))
                .toList();
    }

    /**
     * Which of these triggers have a run after all. On MySQL and MariaDB a locking statement sees what was committed after it began and
     * its subquery does not, so that a run that was committed meanwhile seems to be missing; this statement begins later.
     */
    private static Set<String> runs(Tx tx, List<Due> triggers) {
        Set<String> ids = triggers.stream().map(DueRows::runId).collect(Collectors.toSet());
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(Sql.query(
                        tx,
                        "SELECT ID FROM RQ_RUNS WHERE ID IN (" + Sql.marks(ids) + ")",
                        row -> row.getString(1),
                        ids.toArray()));
    }

    private static String runId(Due trigger) {
        return trigger.name().substring(0, Math.min(ID_LENGTH, trigger.name().length()));
    }
}
