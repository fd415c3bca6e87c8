package io.requartz.jdbc;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** Tells database errors apart, by SQLSTATE and vendor code, never by text. */
public final class SqlErrors {

    private SqlErrors() {}

    /** What an error means for the transaction that met it. */
    public enum Kind {
        /** A deadlock, a serialization failure, a lock that was not got: the same transaction may pass next time. */
        TRANSIENT,
        /** The connection or the server is gone; what was asked to commit may have committed. */
        CONNECTION,
        /** A unique key is taken. */
        DUPLICATE,
        /** A value does not fit: too long, not a number, not representable. */
        DATA,
        OTHER
    }

    /** By the first of its causes that says something: MariaDB's driver wraps what befell a batch in an exception without a state. */
    public static Kind kind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Kind kind = cause instanceof SQLException sql ? kind(sql) : Kind.OTHER;
            if (kind != Kind.OTHER) {
                return kind;
            }
        }
        return Kind.OTHER;
    }

    private static Kind kind(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        // 1213 deadlock, 1205 lock wait timeout, 1020 row changed since read (MySQL, MariaDB); 50200 lock timeout (H2)
        int code = error.getErrorCode();
        if (state.startsWith("40")
                || code == 1213
                || code == 1205
                || code == 1020
                || state.equals("55P03")
                || state.equals("HYT00")) {
            return Kind.TRANSIENT;
        }
        // 57P01..57P03: the server shuts down or starts (PostgreSQL); 90098, 90121, 90067: the database is closed (H2);
        // 1053: server shutdown (MySQL)
        if (state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("90098")
                || state.equals("90121")
                || state.equals("90067")
                || code == 1053
                || code == 1927
                || error instanceof SQLTransientConnectionException
                || error instanceof SQLNonTransientConnectionException
                || error instanceof SQLRecoverableException) {
            return Kind.CONNECTION;
        }
        if (state.equals("23505") || code == 1062 || duplicateOf(error)) {
            return Kind.DUPLICATE;
        }
        // 1366, 1406, 1264: a value that a column cannot hold (MySQL, MariaDB)
        if (state.startsWith("22") || code == 1366 || code == 1406 || code == 1264) {
            return Kind.DATA;
        }
        SQLException next = error.getNextException();
        return next == null ? Kind.OTHER : kind(next);
    }

    private static boolean duplicateOf(SQLException error) {
        return error instanceof SQLIntegrityConstraintViolationException && error.getErrorCode() == 1586;
    }
}
