package io.requartz.jdbc;

import io.requartz.problem.Problem;
import io.requartz.tx.CallersTx;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The transaction on a caller's connection. Neither commits nor rolls back further than to its own savepoint, and changes no setting
 * of the connection.
 */
public final class CallersConnection implements CallersTx {

    /** No such table: PostgreSQL; MySQL, MariaDB and H2. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S04");

    private final Connection connection;

    private CallersConnection(Connection connection) {
        this.connection = connection;
    }

    /** @throws Problem if it is no connection with an open transaction that can write */
    public static CallersConnection of(Connection connection) {
        Objects.requireNonNull(connection, "connection");
        try {
            if (connection.isClosed()) {
                throw Problem.invalid(
                        "The connection is closed.", "Submit before the transaction ends, on the connection it has.");
            }
            if (connection.getAutoCommit()) {
                throw Problem.invalid(
                        "The connection commits each statement by itself (autocommit): there is no transaction to submit within.",
                        "Begin one: connection.setAutoCommit(false); with Spring, take the connection of the running"
                                + " @Transactional method from DataSourceUtils.getConnection(dataSource). Or use Runs.submit,"
                                + " which commits by itself.");
            }
            if (connection.isReadOnly()) {
                throw Problem.invalid(
                        "The connection is read-only.", "Begin a transaction that may write (readOnly = false).");
            }
            return new CallersConnection(connection);
        } catch (SQLException broken) {
            throw refused("use the connection", broken, broken);
        }
    }

    /** Where it leads to, so that it need not be asked again whose schema that is. */
    public String address() {
        try {
            return connection.getMetaData().getURL() + '#' + connection.getCatalog();
        } catch (SQLException broken) {
            throw refused("use the connection", broken, broken);
        }
    }

    /**
     * False at SERIALIZABLE on MySQL and MariaDB: what is read there, nobody may change until the caller is done.
     */
    public boolean readsWithoutLocks(Dialect dialect) {
        try {
            return (dialect != Dialect.MYSQL && dialect != Dialect.MARIADB)
                    || connection.getTransactionIsolation() != Connection.TRANSACTION_SERIALIZABLE;
        } catch (SQLException broken) {
            throw refused("use the connection", broken, broken);
        }
    }

    /**
     * The cluster whose schema it leads to; empty before its first node.
     *
     * @throws Problem if there is no such schema
     */
    public Optional<String> cluster(Dialect dialect) {
        return allOrNothing("look whose schema it is", new ControlRows(dialect)::cluster);
    }

    @Override
    public <T> T allOrNothing(String name, Transactions.Work<T> work) {
        try {
            Savepoint before = connection.setSavepoint();
            T result;
            try {
                result = work.in(new JdbcTx(connection));
            } catch (Throwable failed) {
                rollBackTo(before, failed);
                throw failed;
            }
            connection.releaseSavepoint(before);
            return result;
        } catch (SqlFailure failed) {
            if (failed.kind() == SqlErrors.Kind.DUPLICATE) {
                throw new DuplicateKeyException(failed);
            }
            throw refused(name, (SQLException) failed.getCause(), failed);
        } catch (SQLException failed) {
            throw refused(name, failed, failed);
        }
    }

    /** Fails after a deadlock, which has ended the whole transaction: then there is nothing left to roll back. */
    private void rollBackTo(Savepoint before, Throwable reason) {
        try {
            connection.rollback(before);
        } catch (SQLException | RuntimeException failed) {
            reason.addSuppressed(failed);
        }
    }

    private static Problem refused(String name, SQLException failed, Throwable cause) {
        if (NO_TABLE.contains(String.valueOf(failed.getSQLState()))) {
            return Problem.unavailable(
                    "The connection leads to a schema without Requartz's tables: " + failed.getMessage(),
                    "Keep Requartz's tables in the schema that your transactions write to, and give the node the same"
                            + " database.url. If they must stay apart, submit after your commit.",
                    cause);
        }
        if (SqlErrors.kind(failed) == SqlErrors.Kind.TRANSIENT) {
            return Problem.unavailable(
                    "The database gave your transaction up while it was asked to " + name + ": " + failed.getMessage(),
                    "Roll it back and do all of it again.",
                    cause);
        }
        return Problem.unavailable(
                "The database refused to " + name + " within your transaction: " + failed.getMessage(),
                "Roll it back; nothing was submitted.",
                cause);
    }
}
