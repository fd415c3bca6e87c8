package io.requartz.cluster;

import io.requartz.testdb.TestSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the tables say at one moment, read by plain JDBC and by no code of the product. Fields that a row may lack are null. */
record Dump(
        List<Run> runs,
        List<Attempt> attempts,
        List<Event> events,
        List<Trigger> triggers,
        List<Fired> fired,
        List<Node> nodes,
        List<DeadLetter> deadLetters,
        List<Fire> fires) {

    record Run(
            String id,
            String type,
            String state,
            int cycle,
            int attempts,
            int failures,
            int nodesLost,
            String key,
            Long dueAt,
            Long finishedAt,
            String result,
            long scheduledAt,
            String cell) {}

    record Attempt(
            String run,
            int number,
            int cycle,
            long token,
            String fireId,
            String node,
            long startedAt,
            Long endedAt,
            String outcome,
            String closedBy,
            String nextState,
            Long nextAt) {

        String key() {
            return run + "#" + number;
        }

        boolean lost() {
            return "NODE_LOST".equals(outcome);
        }

        boolean failed() {
            return lost() || "FAILED".equals(outcome);
        }
    }

    record Event(String run, long seq, String kind, String from, String to) {}

    record Trigger(String name, String group, String type, String state) {}

    record Fired(String id, String trigger, String boot, String state) {}

    record Node(String boot, String id, String state) {}

    record DeadLetter(String run, int cycle, String status) {}

    record Fire(String schedule, long time, String cell, String run, String skipped) {}

    /** All of one moment, where the database can: it is one transaction on a snapshot. */
    static Dump of(TestSchema schema) throws SQLException {
        try (Connection connection = schema.connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            Dump dump = read(connection);
            connection.rollback();
            return dump;
        }
    }

    private static Dump read(Connection connection) throws SQLException {
        return new Dump(
                rows(connection, """
                        SELECT ID, TYPE, STATE, CYCLE, ATTEMPTS, FAILURES, NODES_LOST, IDEMPOTENCY_KEY, DUE_AT, FINISHED_AT,
                            RESULT, SCHEDULED_AT, CELL
                        FROM RQ_RUNS ORDER BY ID""", Dump::run),
                rows(connection, """
                        SELECT RUN_ID, ATTEMPT_NO, CYCLE, TOKEN, FIRE_ID, NODE, STARTED_AT, ENDED_AT, OUTCOME, CLOSED_BY,
                            NEXT_STATE, NEXT_AT
                        FROM RQ_ATTEMPTS ORDER BY RUN_ID, ATTEMPT_NO""", Dump::attempt),
                rows(
                        connection,
                        "SELECT RUN_ID, SEQ, KIND, FROM_STATE, TO_STATE FROM RQ_RUN_EVENTS ORDER BY SEQ",
                        row -> new Event(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5))),
                rows(
                        connection,
                        "SELECT TRIGGER_NAME, TRIGGER_GROUP, JOB_NAME, TRIGGER_STATE FROM QRTZ_TRIGGERS",
                        row -> new Trigger(row.getString(1), row.getString(2), row.getString(3), row.getString(4))),
                rows(
                        connection,
                        "SELECT ENTRY_ID, TRIGGER_NAME, INSTANCE_NAME, STATE FROM QRTZ_FIRED_TRIGGERS",
                        row -> new Fired(row.getString(1), row.getString(2), row.getString(3), row.getString(4))),
                rows(
                        connection,
                        "SELECT BOOT_ID, NODE_ID, STATE FROM RQ_NODES",
                        row -> new Node(row.getString(1), row.getString(2), row.getString(3))),
                rows(
                        connection,
                        "SELECT RUN_ID, CYCLE, STATUS FROM RQ_DEAD_LETTERS",
                        row -> new DeadLetter(row.getString(1), row.getInt(2), row.getString(3))),
                rows(
                        connection,
                        "SELECT SCHEDULE, FIRE_TIME, CELL, RUN_ID, SKIPPED FROM RQ_SCHEDULE_FIRES ORDER BY FIRE_TIME, CELL",
                        row -> new Fire(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5))));
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getString(8),
                number(row, 9),
                number(row, 10),
                row.getString(11),
                row.getLong(12),
                row.getString(13));
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                number(row, 8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                number(row, 12));
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }

    private static <T> List<T> rows(Connection connection, String sql, Cluster.Row<T> row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row.of(found));
            }
            return rows;
        }
    }
}
