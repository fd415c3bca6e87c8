package io.requartz.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One empty schema for one contender and one round; closing it drops it. */
record Place(String url, String user, String password, Dropping dropping) implements AutoCloseable {

    /** Drops the schema. */
    interface Dropping {
        void drop() throws SQLException, IOException;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return number(connection, sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    boolean postgresql() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Or MariaDB. */
    boolean mysql() {
        return url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:");
    }

    boolean h2() {
        return url.startsWith("jdbc:h2:");
    }

    /** Gives it what a database that has been up for a while has behind it: statistics, and no burst of dirty pages. */
    void settle() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (postgresql()) {
                // by itself it begins within a minute of the load, in the middle of what is timed
                statement.execute("VACUUM (ANALYZE)");
                statement.execute("CHECKPOINT");
            } else if (mysql()) {
                List<String> tables = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
                    while (rows.next()) {
                        tables.add("`" + rows.getString(1) + "`");
                    }
                }
                statement.execute("ANALYZE TABLE " + String.join(", ", tables));
            }
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        dropping.drop();
    }
}
