package io.requartz.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.Properties;

/** Connection pools with the settings that the rest relies on: no autocommit, READ COMMITTED, and no lock held for ever. */
public final class Pools {

    /** A session that holds a transaction open this long without a word is ended by its server: a frozen node frees its locks. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(15);

    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final Duration SOCKET = Duration.ofSeconds(30);

    private Pools() {}

    /** Does not connect yet. */
    public static HikariDataSource create(String name, String url, String user, String password, int size) {
        HikariConfig config = config(name, url, user, password, size);
        return url.startsWith("jdbc:postgresql:")
                ? new FreshPlansPool(config, Ticker.system())
                : new HikariDataSource(config);
    }

    /** For a migration: a server may rewrite a large table for hours, and the connection with Flyway's lock says nothing meanwhile. */
    public static HikariDataSource patient(String name, String url, String user, String password) {
        HikariConfig config = config(name, url, user, password, 3);
        config.setMinimumIdle(0);
        config.setConnectionInitSql(lockSettings(url));
        config.addDataSourceProperty("socketTimeout", "0");
        return new HikariDataSource(config);
    }

    static HikariConfig config(String name, String url, String user, String password, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setConnectionTimeout(10_000);
        config.setValidationTimeout(5_000);
        config.setKeepaliveTime(30_000);
        config.setInitializationFailTimeout(-1);
        // commits the settings below: PostgreSQL would take them back with the first rollback
        config.setIsolateInternalQueries(true);
        config.setConnectionInitSql(sessionSettings(url));
        config.setDataSourceProperties(driverSettings(url));
        return config;
    }

    /** A single connection with the same settings, for a thread that nothing may hold up. Does not connect yet. */
    public static SteadyConnection single(String url, String user, String password) {
        Properties properties = driverSettings(url);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return new SteadyConnection(url, properties, sessionSettings(url));
    }

    private static String sessionSettings(String url) {
        long idle = IDLE_IN_TRANSACTION.toSeconds();
        if (url.startsWith("jdbc:postgresql:")) {
            return lockSettings(url) + "; SET idle_in_transaction_session_timeout = '" + idle + "s'";
        }
        if (url.startsWith("jdbc:mariadb:")) {
            return lockSettings(url) + ", SESSION idle_transaction_timeout = " + idle;
        }
        if (url.startsWith("jdbc:mysql:")) {
            // MySQL knows no limit for idle transactions; the session's own is longer than the pool's keepalive
            return lockSettings(url) + ", SESSION wait_timeout = 60";
        }
        return lockSettings(url);
    }

    private static String lockSettings(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return "SET lock_timeout = '" + LOCK_WAIT.toSeconds() + "s'";
        }
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            return "SET SESSION innodb_lock_wait_timeout = " + LOCK_WAIT.toSeconds();
        }
        return "SET LOCK_TIMEOUT " + LOCK_WAIT.toMillis();
    }

    private static Properties driverSettings(String url) {
        Properties properties = new Properties();
        if (url.startsWith("jdbc:postgresql:")) {
            properties.put("reWriteBatchedInserts", "true");
            // names of generated keys as the server folds them, like everywhere else
            properties.put("quoteReturningIdentifiers", "false");
            properties.put("socketTimeout", Long.toString(SOCKET.toSeconds()));
            properties.put("connectTimeout", "10");
            properties.put("tcpKeepAlive", "true");
        } else if (url.startsWith("jdbc:mysql:")) {
            properties.put("rewriteBatchedStatements", "true");
            properties.put("socketTimeout", Long.toString(SOCKET.toMillis()));
            properties.put("connectTimeout", "10000");
        } else if (url.startsWith("jdbc:mariadb:")) {
            properties.put("socketTimeout", Long.toString(SOCKET.toMillis()));
            properties.put("connectTimeout", "10000");
        }
        return properties;
    }
}
