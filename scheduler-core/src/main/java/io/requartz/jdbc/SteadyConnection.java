package io.requartz.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * One connection, kept open for one thread that must not wait for others. Unlike a pool, which pauses longer and longer while it
 * cannot connect, it tries each time it is asked: after an outage it is there with the first call.
 *
 * <p>Each statement is a transaction of its own, whatever is asked to commit or to roll back: a process that freezes, or is cut off,
 * between a statement and its commit would hold the row until its session ends, and those who take it for dead would wait for that.
 */
public final class SteadyConnection implements DataSource, AutoCloseable {

    private static final int ANSWERS_WITHIN_SECONDS = 2;

    private static final Set<String> NOT_PASSED_ON = Set.of("close", "commit", "rollback");

    private final String url;
    private final Properties properties;
    private final String sessionSettings;
    private Connection kept;

    SteadyConnection(String url, Properties properties, String sessionSettings) {
        this.url = url;
        this.properties = properties;
        this.sessionSettings = sessionSettings;
    }

    /** To be closed before it is asked for again. Closing it keeps it open. */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (kept == null || !kept.isValid(ANSWERS_WITHIN_SECONDS)) {
            close();
            kept = open();
        }
        return lent(kept);
    }

    private Connection open() throws SQLException {
        Connection fresh = DriverManager.getConnection(url, properties);
        try (Statement statement = fresh.createStatement()) {
            statement.execute(sessionSettings);
            fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return fresh;
        } catch (SQLException failed) {
            fresh.close();
            throw failed;
        }
    }

    private static Connection lent(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                SteadyConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (NOT_PASSED_ON.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    @Override
    public synchronized void close() {
        if (kept == null) {
            return;
        }
        try {
            kept.close();
        } catch (SQLException broken) {
            // it is given up because it does not work
        } finally {
            kept = null;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is configured");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // JDBC's own log is not used
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("the driver's own settings say how long");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("it does not log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("it wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
