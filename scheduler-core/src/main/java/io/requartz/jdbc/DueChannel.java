package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * PostgreSQL's LISTEN and NOTIFY, by which nodes tell one another that runs are due: a channel for each cluster and schema.
 *
 * <p>Announcements go out in transactions of their own, not in those that submit: at its commit, a transaction that has notified
 * takes a lock that there is one of on the server, and no two of them commit together.
 */
public final class DueChannel {

    private static final String NAME = "'requartz_' || md5(current_schema() || '/' || ?)";

    private final String cluster;

    public DueChannel(String cluster) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
    }

    /** Delivered when the transaction commits. Several of one sender in one transaction are one. */
    public void announce(Tx tx, String sender) {
        Sql.query(tx, "SELECT pg_notify(" + NAME + ", ?)", row -> true, cluster, sender);
    }

    /** One who listens, on a connection that nobody else uses. For one thread, but for {@link #close}. */
    public final class Listener implements AutoCloseable {

        private final SteadyConnection source;
        private PGConnection listening;

        public Listener(SteadyConnection source) {
            this.source = source;
        }

        /**
         * Makes sure that the connection lives and listens.
         *
         * @return true if it has just begun to: what was announced before is unknown
         */
        public boolean open() throws SQLException {
            try (Connection connection = source.getConnection()) {
                PGConnection real = connection.unwrap(PGConnection.class);
                boolean fresh = real != listening;
                if (fresh) {
                    listen(connection);
                }
                // nothing is delivered within a transaction, and asking whether the connection lives has begun one
                connection.commit();
                listening = real;
                return fresh;
            }
        }

        private void listen(Connection connection) throws SQLException {
            try (PreparedStatement name = connection.prepareStatement("SELECT " + NAME)) {
                name.setString(1, cluster);
                try (ResultSet row = name.executeQuery();
                        Statement listen = connection.createStatement()) {
                    row.next();
                    listen.execute("LISTEN " + row.getString(1));
                }
            }
        }

        /** Waits for announcements, no longer than this. @return who sent them */
        public List<String> hear(Duration atMost) throws SQLException {
            List<String> senders = new ArrayList<>();
            PGNotification[] heard = listening.getNotifications((int) atMost.toMillis());
            if (heard != null) {
                for (PGNotification each : heard) {
                    senders.add(each.getParameter());
                }
            }
            return senders;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
