package io.requartz.testdb;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;

/** A running database server, or H2 inside this JVM. Safe for use by several threads. */
public abstract sealed class DatabaseServer implements AutoCloseable
        permits H2Server, MariaDbServer, MySqlServer, PostgresServer {

    /** The port on 127.0.0.1; empty for H2, which has none. */
    public abstract OptionalInt port();

    /** The server's main process, to be paused or killed by tests of failures; empty where this JVM did not start one. */
    public abstract Optional<ProcessHandle> process();

    /** Stops a server that this JVM started and removes its data. Tolerates a server that is dead already. */
    @Override
    public abstract void close();

    /** A schema of this name, which must not exist yet. */
    public abstract TestSchema createSchema(String name) throws SQLException;

    abstract void dropSchema(TestSchema schema) throws SQLException;

    static void execute(String jdbcUrl, String user, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
