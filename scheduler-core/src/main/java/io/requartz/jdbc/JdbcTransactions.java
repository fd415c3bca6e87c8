package io.requartz.jdbc;

import io.requartz.problem.Problem;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions over a DataSource whose connections come with autocommit off and READ COMMITTED. */
public final class JdbcTransactions implements Transactions {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactions.class);
    private static final int TRIES = 10;

    private final DataSource dataSource;

    public JdbcTransactions(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    @Override
    public <T> T call(String name, Work<T> work) {
        return again(name, () -> once(name, work));
    }

    @Override
    public void runSingle(String name, Action action) {
        again(name, () -> single(name, action));
    }

    private static <T> T again(String name, Supplier<T> work) {
        RuntimeException earlier = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (SqlFailure failed) {
                if (earlier != null) {
                    failed.addSuppressed(earlier);
                }
                if (failed.kind() == SqlErrors.Kind.CONNECTION) {
                    throw unavailable(name, failed);
                }
                if (failed.kind() == SqlErrors.Kind.DUPLICATE) {
                    throw new DuplicateKeyException(failed);
                }
                if (failed.kind() != SqlErrors.Kind.TRANSIENT || attempt == TRIES) {
                    throw failed;
                }
                earlier = failed;
                log.debug("{}: {}; again ({} of {})", name, failed.getMessage(), attempt, TRIES);
                pause(attempt);
            }
        }
    }

    private <T> T once(String name, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            T result;
            try {
                result = work.in(new JdbcTx(connection));
            } catch (Throwable failed) {
                rollback(connection, failed);
                throw failed;
            }
            commit(name, connection);
            return result;
        } catch (SQLException failed) {
            throw new SqlFailure("connect or close for " + name, failed);
        }
    }

    /** The pool resets what was set. */
    private Boolean single(String name, Action action) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            action.in(new JdbcTx(connection));
            return Boolean.TRUE;
        } catch (SQLException failed) {
            throw new SqlFailure("connect or close for " + name, failed);
        }
    }

    private static void commit(String name, Connection connection) {
        try {
            connection.commit();
        } catch (SQLException failed) {
            rollback(connection, failed);
            throw new SqlFailure("COMMIT of " + name, failed);
        }
    }

    private static void rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException failed) {
            reason.addSuppressed(failed);
        }
    }

    private static Problem unavailable(String name, SqlFailure failed) {
        return Problem.unavailable(
                "The database did not answer while it was asked to " + name + ".",
                "Nothing may have been written, or all of it: look before you repeat. It goes on by itself once the database is back.",
                failed);
    }

    /** Not interruptible: a pending interrupt must not turn the retry into a failure. */
    private static void pause(int attempt) {
        long bound = TimeUnit.MILLISECONDS.toNanos(Math.min(200, 4L << Math.min(attempt, 6)));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(bound / 2, bound));
    }
}
