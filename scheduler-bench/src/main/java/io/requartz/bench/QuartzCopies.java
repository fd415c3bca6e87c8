package io.requartz.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Copies the rows of a trigger within the database, as fast as it can: they are what Quartz would have written for each. */
final class QuartzCopies {

    private static final List<String> TABLES = List.of("QRTZ_TRIGGERS", "QRTZ_SIMPLE_TRIGGERS");

    private QuartzCopies() {}

    /**
     * Doubles them until there are enough.
     *
     * @param name what the trigger is called, and its copies' names begin with; of no other
     * @param runs how many there are in the end, with the model
     */
    static void make(Place place, String name, int runs) throws SQLException {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int there = 1, step = 0; there < runs; there *= 2, step++) {
                for (String table : TABLES) {
                    List<String> columns = columns(statement, table);
                    // the same rows of both tables, which is what the order is for
                    statement.execute(
                            "INSERT INTO %s (%s) SELECT %s FROM %s WHERE TRIGGER_NAME LIKE '%s%%' ORDER BY TRIGGER_NAME LIMIT %d"
                                    .formatted(
                                            table,
                                            String.join(", ", columns),
                                            String.join(", ", columns)
                                                    .replace(
                                                            "TRIGGER_NAME",
                                                            "CONCAT(TRIGGER_NAME, '" + suffix(step) + "')"),
                                            table,
                                            name,
                                            Math.min(there, runs - there)));
                }
                connection.commit();
            }
        }
    }

    /** One letter a step: names stay short, and no two are alike. */
    private static char suffix(int step) {
        return (char) ('a' + step);
    }

    private static List<String> columns(Statement statement, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                columns.add(none.getMetaData().getColumnName(i).toUpperCase(Locale.ROOT));
            }
        }
        return columns;
    }
}
