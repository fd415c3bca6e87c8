package io.requartz.walk;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.run.RunState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the database says, read past the product. */
final class Rows {

    private final HikariDataSource pool;

    Rows(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * @param due null: it has none
     * @param ended the outcome of its last attempt; null if that is open, or there was none
     */
    record RunRow(
            String id, RunState state, int attempts, int failures, int lost, boolean manual, Long due, String ended) {

        String told() {
            return RunModel.told(state.name(), attempts, failures, lost, manual);
        }
    }

    /** @param run null: it made none */
    record FireRow(String schedule, long time, String cell, String run, String skipped, long times) {

        String answer() {
            return run != null ? ScheduleModel.RUN : skipped;
        }
    }

    private interface Read<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Read<T> read, Object... parameters) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(read.of(row));
                }
            }
            connection.commit();
            return found;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private Map<String, RunRow> runs(String condition, Object... parameters) {
        Map<String, RunRow> found = new LinkedHashMap<>();
        query(
                        "SELECT r.ID, r.STATE, r.ATTEMPTS, r.FAILURES, r.NODES_LOST, r.MANUAL, r.DUE_AT, a.OUTCOME FROM RQ_RUNS r"
                                + " LEFT JOIN RQ_ATTEMPTS a ON a.RUN_ID = r.ID AND a.ATTEMPT_NO = r.ATTEMPTS WHERE "
                                + condition,
                        row -> new RunRow(
                                row.getString(1),
                                RunState.valueOf(row.getString(2)),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5),
                                row.getBoolean(6),
                                row.getObject(7) == null ? null : row.getLong(7),
                                row.getString(8)),
                        parameters)
                .forEach(run -> found.put(run.id(), run));
        return found;
    }

    Map<String, RunRow> allRuns() {
        return runs("1 = 1");
    }

    /** All that can still change. */
    Map<String, RunRow> unsettledRuns() {
        return runs("r.STATE IN ('SCHEDULED', 'PARKED', 'RUNNING', 'RETRYING', 'DEAD')");
    }

    Map<String, RunRow> runs(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : runs("r.ID IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")", ids.toArray());
    }

    /** What the schedule's own fires have recorded from this time on, in order. */
    List<FireRow> fires(String schedule, long from) {
        return fires("SCHEDULE = ? AND FIRE_TIME >= ? AND MANUAL = FALSE", schedule, from);
    }

    /** What persons triggered, in order. */
    List<FireRow> manualFires(String schedule) {
        return fires("SCHEDULE = ? AND MANUAL = TRUE", schedule);
    }

    private List<FireRow> fires(String condition, Object... parameters) {
        return query(
                "SELECT SCHEDULE, FIRE_TIME, CELL, RUN_ID, SKIPPED, TIMES FROM RQ_SCHEDULE_FIRES WHERE " + condition
                        + " ORDER BY FIRE_TIME, CELL",
                row -> new FireRow(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6)),
                parameters);
    }

    /** Times and cells of which there is more than one run, whatever the records of the fires say. */
    List<String> twice() {
        return query("""
                SELECT SCHEDULE, SCHEDULED_AT, CELL FROM RQ_RUNS WHERE SCHEDULE IS NOT NULL
                GROUP BY SCHEDULE, SCHEDULED_AT, CELL HAVING COUNT(*) > 1""", row -> row.getString(1) + " " + row.getLong(2) + " " + row.getString(3));
    }
}
