package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.sql.Connection;
import java.util.Objects;

/** A transaction that is a JDBC connection: one of ours, or one that Quartz opened. */
public record JdbcTx(Connection connection) implements Tx {

    public JdbcTx {
        Objects.requireNonNull(connection, "connection");
    }

    static Connection of(Tx tx) {
        return ((JdbcTx) tx).connection;
    }
}
