package io.requartz.jdbc;

import io.requartz.run.PendingTriggers;
import io.requartz.run.Priority;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Our rows of QRTZ_TRIGGERS. */
public final class TriggerRows implements PendingTriggers {

    /** Group of all our jobs and triggers; whatever is in another group is foreign and goes Quartz's own way. */
    public static final String GROUP = "requartz";

    /** TRIGGER_TYPE of all our triggers. Other than Quartz's own kinds, this one has no table besides. */
    public static final String KIND = "RUN";

    private static final String LEVELS = Arrays.stream(Priority.values())
            .map(priority -> "SELECT " + priority.level() + " AS PRIORITY")
            .collect(Collectors.joining(" UNION ALL "));

    private final String cluster;
    private final String onlyIndex;
    private final WideStatement insert;
    private final WideStatement delete;

    public TriggerRows(Database database) {
        this.cluster = database.cluster();
        this.onlyIndex = database.dialect().onlyIndex("IDX_QRTZ_T_DUE");
        insert = WideStatement.insert(
                database.dialect(), "cluster key, name key, type key, due number, priority number", into(":name"));
        delete = WideStatement.delete(
                database.dialect(),
                "QRTZ_TRIGGERS",
                "cluster key, name key",
                "SCHED_NAME = :cluster AND TRIGGER_GROUP = 'requartz' AND TRIGGER_NAME = :name");
    }

    /** What stands in a waiting one, whose name is this: of values {@code cluster}, {@code type}, {@code due} and {@code priority}. */
    static WideStatement.Into into(String name) {
        return new WideStatement.Into(
                "QRTZ_TRIGGERS",
                "SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP, JOB_NAME, JOB_GROUP, NEXT_FIRE_TIME, PREV_FIRE_TIME, PRIORITY,"
                        + " TRIGGER_STATE, TRIGGER_TYPE, START_TIME, END_TIME, MISFIRE_INSTR",
                ":cluster, " + name
                        + ", 'requartz', :type, 'requartz', :due, -1, :priority, 'WAITING', 'RUN', :due, 0, -1");
    }

    /**
     * The earliest trigger of a type on a level.
     *
     * @param exclusive one run of this type at a time in the whole cluster
     */
    public record Head(String type, int level, long due, boolean exclusive) {}

    /**
     * The earliest waiting trigger of each type on each level, due or not, from the index alone; of known types only. The order names
     * all columns of the index, or MySQL would read and sort all that wait on a level.
     */
    public List<Head> heads(Tx tx, Collection<String> types) {
        if (types.isEmpty()) {
            return List.of();
        }
        List<Sql.Parameter> parameters = Sql.parameters(cluster);
        types.forEach(type -> parameters.add(new Sql.Parameter(type)));
        return Sql.query(tx, """
                        SELECT t.NAME, l.PRIORITY, t.EXCLUSIVE, (
                            SELECT COALESCE(q.NEXT_FIRE_TIME, 0) FROM QRTZ_TRIGGERS q %s
                            WHERE q.SCHED_NAME = ? AND q.JOB_GROUP = 'requartz' AND q.JOB_NAME = t.NAME AND q.TRIGGER_STATE = 'WAITING'
                                AND q.PRIORITY = l.PRIORITY
                            ORDER BY q.SCHED_NAME, q.JOB_GROUP, q.JOB_NAME, q.TRIGGER_STATE, q.PRIORITY, q.NEXT_FIRE_TIME LIMIT 1) AS DUE
                        FROM RQ_JOB_TYPES t CROSS JOIN (%s) l WHERE t.NAME IN (%s)""".formatted(onlyIndex, LEVELS, Sql.marks(types)), TriggerRows::head, parameters).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Head> head(ResultSet row) throws SQLException {
        long due = row.getLong("DUE");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(
                        new Head(row.getString("NAME"), row.getInt("PRIORITY"), due, row.getBoolean("EXCLUSIVE")));
    }

    public long countDue(Tx tx, String type, long now) {
        return Sql.one(tx, """
                        SELECT COUNT(*) FROM QRTZ_TRIGGERS
                        WHERE SCHED_NAME = ? AND JOB_GROUP = 'requartz' AND JOB_NAME = ? AND TRIGGER_STATE = 'WAITING'
                            AND NEXT_FIRE_TIME <= ?""", row -> row.getLong(1), cluster, type, now).orElse(0L);
    }

    @Override
    public void insert(Tx tx, List<Pending> triggers) {
        insert.insert(tx, triggers, trigger -> new Object[] {
            cluster,
            trigger.name(),
            trigger.type(),
            trigger.due(),
            trigger.priority().level()
        });
    }

    @Override
    public boolean lock(Tx tx, String runId, int attempt) {
        return Sql.one(tx, """
                        SELECT TRIGGER_NAME FROM QRTZ_TRIGGERS
                        WHERE SCHED_NAME = ? AND TRIGGER_GROUP = 'requartz' AND TRIGGER_NAME = ? FOR UPDATE""", row -> row.getString(1), cluster, PendingTriggers.triggerName(runId, attempt))
                .isPresent();
    }

    @Override
    public Set<String> lockAll(Tx tx, Collection<String> names) {
        if (names.isEmpty()) {
            return Set.of();
        }
        List<Sql.Parameter> parameters = Sql.parameters(cluster);
        names.forEach(name -> parameters.add(new Sql.Parameter(name)));
        return Set.copyOf(Sql.query(
                tx,
                "SELECT TRIGGER_NAME FROM QRTZ_TRIGGERS WHERE SCHED_NAME = ? AND TRIGGER_GROUP = 'requartz'"
                        + " AND TRIGGER_NAME IN (" + Sql.marks(names) + ") ORDER BY TRIGGER_NAME FOR UPDATE",
                row -> row.getString(1),
                parameters));
    }

    @Override
    public void delete(Tx tx, String runId, int attempt) {
        delete(tx, List.of(PendingTriggers.triggerName(runId, attempt)));
    }

    /** Deletes triggers that are locked. */
    public void delete(Tx tx, List<String> names) {
        delete.any(tx, names, name -> new Object[] {cluster, name});
    }

    @Override
    public void move(Tx tx, String runId, int attempt, Priority priority, Instant due) {
        Sql.update(tx, """
                UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = ?, START_TIME = ?, PRIORITY = ?
                WHERE SCHED_NAME = ? AND TRIGGER_GROUP = 'requartz' AND TRIGGER_NAME = ?""", due, due, priority.level(), cluster, PendingTriggers.triggerName(runId, attempt));
    }
}
