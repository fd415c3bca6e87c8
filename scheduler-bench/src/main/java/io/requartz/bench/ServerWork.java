package io.requartz.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the database server itself says that it did, by its own counters; commits include those of rounds' own housekeeping, a
 * handful. Null where the server does not tell.
 *
 * @param rows rows inserted, updated and deleted
 * @param logBytes bytes of write-ahead or redo log
 * @param logSyncs times the log was forced to disk
 */
public record ServerWork(Long commits, Long rows, Long logBytes, Long logSyncs) {

    private static final ServerWork UNKNOWN = new ServerWork(null, null, null, null);

    /** Reads the counters; they only grow. All connections should be closed: PostgreSQL counts what a session did when it ends. */
    static ServerWork counted(Place place) throws SQLException {
        if (place.h2()) {
            return UNKNOWN;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        try (Connection connection = place.connect()) {
            return place.postgresql() ? postgresql(connection) : mysql(connection);
        }
    }

    private static ServerWork postgresql(Connection connection) throws SQLException {
        String syncs = connection.getMetaData().getDatabaseMajorVersion() >= 18
                ? "SELECT SUM(fsyncs) FROM pg_stat_io WHERE object = 'wal'"
                : "SELECT wal_sync FROM pg_stat_wal";
        return new ServerWork(
                Place.number(connection, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"),
                Place.number(
                        connection,
                        "SELECT tup_inserted + tup_updated + tup_deleted FROM pg_stat_database WHERE datname = current_database()"),
                Place.number(connection, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::BIGINT"),
                Place.number(connection, syncs));
    }

    private static ServerWork mysql(Connection connection) throws SQLException {
        Map<String, Long> status = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_commit', 'Com_commit', 'Innodb_rows_inserted',
                            'Innodb_rows_updated', 'Innodb_rows_deleted', 'Handler_write', 'Handler_update', 'Handler_delete',
                            'Innodb_os_log_written', 'Innodb_lsn_current', 'Innodb_os_log_fsyncs')""")) {
            while (rows.next()) {
                status.put(rows.getString(1), rows.getLong(2));
            }
        }
        Long written = status.get("Innodb_lsn_current") == null
                ? status.get("Innodb_os_log_written")
                : status.get("Innodb_lsn_current");
        Long changed = status.containsKey("Innodb_rows_inserted")
                ? Long.valueOf(status.get("Innodb_rows_inserted")
                        + status.get("Innodb_rows_updated")
                        + status.get("Innodb_rows_deleted"))
                : null;
        return new ServerWork(status.get("Com_commit"), changed, written, status.get("Innodb_os_log_fsyncs"));
    }

    ServerWork since(ServerWork earlier) {
        return new ServerWork(
                less(commits, earlier.commits),
                less(rows, earlier.rows),
                less(logBytes, earlier.logBytes),
                less(logSyncs, earlier.logSyncs));
    }

    private static Long less(Long now, Long earlier) {
        return now == null || earlier == null ? null : Long.valueOf(now - earlier);
    }
}
