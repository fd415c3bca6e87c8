package io.requartz.testdb;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A DataSource that writes down what goes over its connections: each transaction, with the statements that it sent; with autocommit
 * each statement is one. What the drivers send by themselves (validation, session settings) is not seen. Thread-safe.
 */
public final class RecordingDataSource implements DataSource {

    private final DataSource real;
    private final ConcurrentLinkedQueue<SentTransaction> ended = new ConcurrentLinkedQueue<>();

    public RecordingDataSource(DataSource real) {
        this.real = Objects.requireNonNull(real, "real");
    }

    /** The transactions that ended since it was asked last, in the order in which they ended; those that sent nothing are left out. */
    public List<SentTransaction> take() {
        List<SentTransaction> taken = new ArrayList<>();
        for (SentTransaction next = ended.poll(); next != null; next = ended.poll()) {
            taken.add(next);
        }
        return taken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return proxy(Connection.class, new OnConnection(connection));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(RecordingDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private final class OnConnection implements InvocationHandler {

        private final Connection connection;
        private List<SentStatement> sent = new ArrayList<>();
        private long began;

        OnConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            String name = method.getName();
            Object result = call(connection, method, arguments);
            if (name.equals("commit")) {
                end(true);
            } else if (name.equals("rollback") || name.equals("close")) {
                end(false);
            } else if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, new OnStatement(statement, (String) arguments[0], this));
            } else if (result instanceof Statement statement) {
                return proxy(Statement.class, new OnStatement(statement, null, this));
            }
            return result;
        }

        void sent(String sql, int times) {
            if (sent.isEmpty()) {
                began = System.nanoTime();
            }
            sent.add(new SentStatement(sql, times));
        }

        void done() throws SQLException {
            if (!sent.isEmpty() && connection.getAutoCommit()) {
                end(true);
            }
        }

        private void end(boolean committed) {
            if (!sent.isEmpty()) {
                ended.add(new SentTransaction(
                        Thread.currentThread().getName(), sent, committed, System.nanoTime() - began));
                sent = new ArrayList<>();
            }
        }
    }

    private static final class OnStatement implements InvocationHandler {

        private final Statement statement;
        private final String prepared;
        private final OnConnection on;
        private int batched;

        /** @param prepared null if each execution brings its own text */
        OnStatement(Statement statement, String prepared, OnConnection on) {
            this.statement = statement;
            this.prepared = prepared;
            this.on = on;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "addBatch" -> batched++;
                case "executeBatch" -> {
                    on.sent(String.valueOf(prepared), batched);
                    batched = 0;
                }
                case "execute", "executeQuery", "executeUpdate" ->
                    on.sent(prepared == null ? (String) arguments[0] : prepared, 1);
                default -> {
                    // reaches no database
                }
            }
            Object result = call(statement, method, arguments);
            on.done();
            return result;
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.requartz");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
