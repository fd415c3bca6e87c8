package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** RQ_NODES: one row a boot, from its start until it has stopped cleanly or was recovered. */
public final class NodeRows {

    /** ACTIVE, DRAINING, or LOST once a peer has found it dead. */
    public record NodeRow(
            String bootId,
            String nodeId,
            String state,
            long beat,
            Duration lease,
            Instant startedAt,
            Instant lastBeatAt,
            String host,
            long pid,
            String version,
            int workers,
            int running,
            List<String> types) {}

    public void insert(Tx tx, NodeRow node) {
        Sql.update(
                tx,
                """
                INSERT INTO RQ_NODES (BOOT_ID, NODE_ID, STATE, BEAT, LEASE_MS, STARTED_AT, LAST_BEAT_AT, HOST, PID,
                    CODE_VERSION, WORKERS, RUNNING, JOB_TYPES)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                node.bootId(),
                node.nodeId(),
                node.state(),
                node.beat(),
                node.lease(),
                node.startedAt(),
                node.lastBeatAt(),
                node.host(),
                node.pid(),
                node.version(),
                node.workers(),
                node.running(),
                types(node.types()));
    }

    private static String types(Collection<String> names) {
        String json = RunRows.writeNames(names);
        return json == null ? "[]" : json;
    }

    /** False if the row is gone or marked lost: this boot was given up by its peers. */
    public boolean beat(Tx tx, String bootId, Instant now, int running, String state) {
        return Sql.update(tx, """
                        UPDATE RQ_NODES SET BEAT = BEAT + 1, LAST_BEAT_AT = ?, RUNNING = ?, STATE = ?
                        WHERE BOOT_ID = ? AND STATE <> 'LOST'""", now, running, state, bootId) == 1;
    }

    /**
     * What a beat wants to know, in one statement.
     *
     * @param definitionChanges how often the cluster's definitions have been changed
     */
    public record Seen(List<NodeRow> nodes, long definitionChanges) {}

    public Seen seen(Tx tx) {
        AtomicLong changes = new AtomicLong();
        List<NodeRow> nodes = Sql.query(tx, """
                SELECT n.BOOT_ID, n.NODE_ID, n.STATE, n.BEAT, n.LEASE_MS, n.STARTED_AT, n.LAST_BEAT_AT, n.HOST, n.PID,
                    n.CODE_VERSION, n.WORKERS, n.RUNNING, n.JOB_TYPES, c.DEFINITION_CHANGES
                FROM RQ_NODES n CROSS JOIN RQ_CONTROL c WHERE c.ID = 1""", row -> {
            changes.set(row.getLong("DEFINITION_CHANGES"));
            return node(row);
        });
        return new Seen(nodes, changes.get());
    }

    public List<NodeRow> all(Tx tx) {
        return Sql.query(tx, """
                SELECT BOOT_ID, NODE_ID, STATE, BEAT, LEASE_MS, STARTED_AT, LAST_BEAT_AT, HOST, PID, CODE_VERSION, WORKERS,
                    RUNNING, JOB_TYPES
                FROM RQ_NODES ORDER BY NODE_ID, STARTED_AT""", NodeRows::node);
    }

    /** Marks it lost if its counter still stands where it was seen; from then on its beats fail. */
    public boolean markLost(Tx tx, String bootId, long beatSeen) {
        return Sql.update(
                        tx,
                        "UPDATE RQ_NODES SET STATE = 'LOST' WHERE BOOT_ID = ? AND BEAT = ? AND STATE <> 'LOST'",
                        bootId,
                        beatSeen)
                == 1;
    }

    public void delete(Tx tx, String bootId) {
        Sql.update(tx, "DELETE FROM RQ_NODES WHERE BOOT_ID = ?", bootId);
    }

    /** Once it is recovered: nothing of it is left in the fired rows. */
    public boolean deleteIfNothingIsLeft(Tx tx, String cluster, String bootId) {
        boolean left = Sql.one(
                        tx,
                        "SELECT ENTRY_ID FROM QRTZ_FIRED_TRIGGERS WHERE SCHED_NAME = ? AND INSTANCE_NAME = ? LIMIT 1",
                        row -> row.getString(1),
                        cluster,
                        bootId)
                .isPresent();
        if (!left) {
            delete(tx, bootId);
        }
        return !left;
    }

    public Optional<NodeRow> find(Tx tx, String bootId) {
        return all(tx).stream().filter(node -> node.bootId().equals(bootId)).findFirst();
    }

    private static NodeRow node(ResultSet row) throws SQLException {
        return new NodeRow(
                row.getString("BOOT_ID"),
                row.getString("NODE_ID"),
                row.getString("STATE"),
                row.getLong("BEAT"),
                Duration.ofMillis(row.getLong("LEASE_MS")),
                Sql.instant(row, "STARTED_AT"),
                Sql.instant(row, "LAST_BEAT_AT"),
                row.getString("HOST"),
                row.getLong("PID"),
                row.getString("CODE_VERSION"),
                row.getInt("WORKERS"),
                row.getInt("RUNNING"),
                RunRows.readNames(row.getString("JOB_TYPES")));
    }
}
