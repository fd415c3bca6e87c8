package io.requartz.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransactionRollbackException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A DataSource that fails at the k-th call that reaches the database: a statement's execution, a commit. Counting goes on over all
 * its connections, so that by raising k until {@link #fired()} stays false a test meets every point at which a process can die.
 * Thread-safe, though only a single thread makes the count mean something.
 */
public final class FaultyDataSource implements DataSource {

    private static final Set<String> REACHES_DATABASE =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit");

    private final DataSource real;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean fired = new AtomicBoolean();
    private volatile int failAt;
    private volatile Fault fault;
    private volatile boolean halted;
    private volatile Runnable onHalt = () -> {};
    private volatile String firedAt = "nothing";

    public FaultyDataSource(DataSource real) {
        this.real = Objects.requireNonNull(real, "real");
    }

    /** From now on the k-th call, counted from 1, meets the fault. */
    public void arm(int k, Fault what) {
        calls.set(0);
        fired.set(false);
        failAt = k;
        fault = what;
        halted = false;
    }

    /**
     * What happens where the process counts as dead, before anything else does; by default nothing but that. A test in a process of its
     * own may halt it.
     */
    public void onHalt(Runnable death) {
        onHalt = Objects.requireNonNull(death, "death");
    }

    /** Nothing fails any more; what was halted stays halted. */
    public void disarm() {
        failAt = 0;
    }

    /** Whether the fault has happened. */
    public boolean fired() {
        return fired.get();
    }

    /** Whether the process counts as dead: nothing reaches the database any more. */
    public boolean halted() {
        return halted;
    }

    /** The call that met it. */
    public String firedAt() {
        return firedAt;
    }

    /** Calls that reached the database, or would have, since it was armed. */
    public int calls() {
        return calls.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        refuseIfHalted();
        Connection connection = real.getConnection();
        return proxy(Connection.class, new Around(connection, connection, ""));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    private void refuseIfHalted() throws SQLException {
        if (halted) {
            throw new SQLNonTransientConnectionException("the process is dead", "08006");
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(FaultyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Calls the real object, but for the one call. */
    private final class Around implements InvocationHandler {

        private final Object target;
        private final Connection connection;
        private final String sql;

        Around(Object target, Connection connection, String sql) {
            this.target = target;
            this.connection = connection;
            this.sql = sql;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("close") || method.getName().equals("rollback")) {
                return halted && target instanceof Connection ? end(method) : call(method, arguments);
            }
            if (REACHES_DATABASE.contains(method.getName())) {
                return reach(method, arguments);
            }
            refuseIfHalted();
            Object result = call(method, arguments);
            return result instanceof PreparedStatement statement
                    ? proxy(PreparedStatement.class, new Around(statement, connection, String.valueOf(arguments[0])))
                    : result;
        }

        /** A dead process closes nothing, but its server notices and rolls back; and the pool must get its connection back. */
        private Object end(Method method) throws SQLException {
            if (!connection.isClosed()) {
                connection.rollback();
                if (method.getName().equals("close")) {
                    connection.close();
                }
            }
            return null;
        }

        private Object reach(Method method, Object[] arguments) throws Throwable {
            refuseIfHalted();
            if (calls.incrementAndGet() != failAt || fault == null) {
                return call(method, arguments);
            }
            fired.set(true);
            firedAt = method.getName() + " " + sql.strip().lines().findFirst().orElse("");
            switch (fault) {
                case HALT_BEFORE -> halt();
                case HALT_AFTER -> {
                    call(method, arguments);
                    halt();
                }
                case EXECUTE_THEN_THROW -> {
                    call(method, arguments);
                    throw new SQLNonTransientConnectionException("the answer was lost", "08006");
                }
                case DEADLOCK -> {
                    connection.rollback();
                    throw new SQLTransactionRollbackException("deadlock", "40001");
                }
            }
            throw new SQLNonTransientConnectionException("the process died here", "08006");
        }

        private void halt() {
            halted = true;
            onHalt.run();
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        real.setLogWriter(writer);
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
        return Logger.getGlobal();
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
