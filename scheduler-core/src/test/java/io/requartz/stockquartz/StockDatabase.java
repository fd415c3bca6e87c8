package io.requartz.stockquartz;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.quartz.impl.jdbcjobstore.JobStoreTX;

/** A schema with Quartz's own tables, made by the script in Quartz's jar. */
record StockDatabase(TestSchema schema, HikariDataSource pool) implements AutoCloseable {

    /** @param isolation as JDBC's constants are called */
    static StockDatabase create(TestDatabase kind, String isolation) throws SQLException, IOException {
        TestSchema schema = kind.fresh();
        String script = text(kind == TestDatabase.H2 ? "tables_h2.sql" : "tables_mysql_innodb.sql");
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : script.split(";", -1)) {
                String bare = sql.strip();
                if (!bare.isEmpty() && !bare.toUpperCase(Locale.ROOT).matches("(?s)(DROP|COMMIT).*")) {
                    statement.execute(bare);
                }
            }
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(schema.jdbcUrl());
        config.setUsername(schema.user());
        config.setPassword(schema.password());
        config.setMaximumPoolSize(5);
        config.setAutoCommit(false);
        config.setTransactionIsolation(isolation);
        return new StockDatabase(schema, new HikariDataSource(config));
    }

    static StockDatabase create() throws SQLException, IOException {
        return create(TestDatabase.H2, "TRANSACTION_READ_COMMITTED");
    }

    private static String text(String name) throws IOException {
        try (InputStream script = JobStoreTX.class.getResourceAsStream(name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--") && !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Each with its state, as in {@code "one WAITING"}. */
    List<String> triggers() throws SQLException {
        return strings("SELECT CONCAT(TRIGGER_NAME, ' ', TRIGGER_STATE) FROM QRTZ_TRIGGERS ORDER BY TRIGGER_NAME");
    }

    /** Each with its state and its node, as in {@code "one EXECUTING a"}. */
    List<String> fired() throws SQLException {
        return strings("SELECT CONCAT(TRIGGER_NAME, ' ', STATE, ' ', INSTANCE_NAME) FROM QRTZ_FIRED_TRIGGERS"
                + " ORDER BY TRIGGER_NAME");
    }

    private List<String> strings(String sql) throws SQLException {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        schema.close();
    }
}
