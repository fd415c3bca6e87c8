package io.requartz.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * A pool whose sessions plan their statements anew every second. PostgreSQL keeps the plan of a prepared statement until its tables are
 * analyzed. One that was made while the triggers' table was empty reads the whole of it for every batch, once a hundred thousand have
 * come: and it would do so for minutes, until autovacuum finds the time. Thread-safe.
 */
final class FreshPlansPool extends HikariDataSource {

    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private final Map<PGConnection, Long> plannedAt = Collections.synchronizedMap(new WeakHashMap<>());

    FreshPlansPool(HikariConfig config, Ticker ticker) {
        super(config);
        this.ticker = ticker;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            refresh(connection);
            return connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private void refresh(Connection connection) throws SQLException {
        long now = ticker.nanoTime();
        PGConnection session = connection.unwrap(PGConnection.class);
        Long planned = plannedAt.get(session);
        if (planned != null && now - planned < KEPT_NANOS) {
            return;
        }
        plannedAt.put(session, now);
        if (planned != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DISCARD PLANS");
            }
        }
    }
}
