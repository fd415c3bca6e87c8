package io.requartz.jdbc;

import java.sql.SQLException;

/** An SQLException on its way to {@link JdbcTransactions}, which decides what it means. */
public final class SqlFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SqlFailure(String sql, SQLException cause) {
        super(cause.getMessage() + " [in: " + sql.strip().lines().findFirst().orElse("") + " ...]", cause);
    }

    public SqlErrors.Kind kind() {
        return SqlErrors.kind(getCause());
    }
}
