package io.requartz.bench;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** Quartz's view of our pool, which others close. */
record PoolConnections(DataSource pool) implements ConnectionProvider {

    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void shutdown() {
        // whoever made the pool closes it
    }

    @Override
    public void initialize() {
        // it is
    }
}
