package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row, or what belongs together in several, in which something is true that never should be.
 *
 * @param example its name first, then what was found: {@code 0190...: state DEAD, cycle 2}
 */
public record Breach(String example) {

    /** How many are looked for at most. */
    public static final int LIMIT = 200;

    /**
     * Runs a query whose first column names the example; the others are told with it.
     *
     * @param sql without ORDER BY and LIMIT
     */
    static List<Breach> query(Tx tx, String sql, Object... parameters) {
        return Sql.query(tx, sql + "\nORDER BY 1 LIMIT " + LIMIT, Breach::of, parameters);
    }

    private static Breach of(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<String> found = new ArrayList<>();
        for (int i = 2; i <= columns.getColumnCount(); i++) {
            String label = columns.getColumnLabel(i).toLowerCase(Locale.ROOT).replace('_', ' ');
            String value = row.getString(i);
            found.add(label + " " + (value == null ? "none" : value));
        }
        return new Breach(row.getString(1) + ": " + String.join(", ", found));
    }
}
