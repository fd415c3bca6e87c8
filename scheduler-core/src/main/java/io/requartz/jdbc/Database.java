package io.requartz.jdbc;

import io.requartz.tx.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * One cluster's database.
 *
 * @param dataSource hands out connections with autocommit off and READ COMMITTED
 * @param cluster what stands in SCHED_NAME of Quartz's tables
 */
public record Database(DataSource dataSource, Transactions transactions, Dialect dialect, String cluster) {

    public Database {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(transactions, "transactions");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(cluster, "cluster");
    }

    /** Asks the database which of the four it is. */
    public static Database of(DataSource dataSource, String cluster) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new Database(dataSource, new JdbcTransactions(dataSource), Dialect.of(connection), cluster);
        }
    }
}
