package io.requartz.jdbc;

import io.requartz.jdbc.ShippedSchema.Column;
import io.requartz.jdbc.ShippedSchema.Table;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares the tables that are there with those that the shipped scripts make; names in any case. */
final class SchemaCheck {

    /** Flyway's record of what was applied; made by it, not by a script. */
    static final String HISTORY = "RQ_SCHEMA_HISTORY";

    private SchemaCheck() {}

    /**
     * What the check has found, a sentence each.
     *
     * @param wrong missing or too small: the code cannot work on it
     * @param extra not of ours, and in nobody's way
     */
    record Differences(List<String> wrong, List<String> extra) {}

    static Differences compare(Connection connection, ShippedSchema shipped) throws SQLException {
        Map<String, Map<String, Integer>> live = live(connection);
        List<String> wrong = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        for (Table table : shipped.tables().values()) {
            Map<String, Integer> columns = live.get(table.name());
            if (columns == null) {
                wrong.add("table " + table.name() + " is missing");
            } else {
                compare(table, columns, wrong, extra);
            }
        }
        for (String table : live.keySet()) {
            boolean likeOurs = table.startsWith("RQ_") || table.startsWith("QRTZ_");
            if (likeOurs && !table.equals(HISTORY) && !shipped.tables().containsKey(table)) {
                extra.add("table " + table + " is not known");
            }
        }
        return new Differences(wrong, extra);
    }

    private static void compare(Table table, Map<String, Integer> live, List<String> wrong, List<String> extra) {
        for (Column column : table.columns()) {
            String name = table.name() + "." + column.name();
            Integer size = live.get(column.name());
            int needed = column.characters().orElse(0);
            if (size == null) {
                wrong.add("column " + name + " is missing");
            } else if (size < needed) {
                wrong.add("column " + name + " holds " + size + " characters, " + needed + " are needed");
            }
        }
        List<String> ours = table.columns().stream().map(Column::name).toList();
        live.keySet().stream()
                .filter(column -> !ours.contains(column))
                .forEach(column -> extra.add("column " + table.name() + "." + column + " is not known"));
    }

    /** All tables of the connection's schema, with the sizes of their columns by name. */
    static Map<String, Map<String, Integer>> live(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String catalog = connection.getCatalog();
        String schema = connection.getSchema();
        String escape = data.getSearchStringEscape();
        String pattern =
                schema == null ? null : schema.replace("_", escape + "_").replace("%", escape + "%");
        Map<String, Map<String, Integer>> tables = new TreeMap<>();
        try (ResultSet columns = data.getColumns(catalog, pattern, "%", "%")) {
            while (columns.next()) {
                tables.computeIfAbsent(upper(columns.getString("TABLE_NAME")), table -> new TreeMap<>())
                        .put(upper(columns.getString("COLUMN_NAME")), columns.getInt("COLUMN_SIZE"));
            }
        }
        return tables;
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
