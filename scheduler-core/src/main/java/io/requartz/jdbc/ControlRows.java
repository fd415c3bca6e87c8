package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.requartz.guard.Pause;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** RQ_CONTROL, the cluster's one row. */
public final class ControlRows {

    private static final JsonMapper JSON = new JsonMapper();

    private final Dialect dialect;

    public ControlRows(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The pauses, and nobody can change them until the commit. */
    public List<Pause> pausesShared(Tx tx) {
        return read(Sql.one(
                tx, "SELECT PAUSES FROM RQ_CONTROL WHERE ID = 1" + dialect.shareLock(), row -> row.getString(1)));
    }

    public List<Pause> pauses(Tx tx) {
        return read(Sql.one(tx, "SELECT PAUSES FROM RQ_CONTROL WHERE ID = 1", row -> row.getString(1)));
    }

    /** Waits for every transaction that is just taking runs by the old ones. */
    public List<Pause> pausesForUpdate(Tx tx) {
        return read(Sql.one(tx, "SELECT PAUSES FROM RQ_CONTROL WHERE ID = 1 FOR UPDATE", row -> row.getString(1)));
    }

    public void write(Tx tx, List<Pause> pauses) {
        ArrayNode all = JSON.createArrayNode();
        for (Pause pause : pauses) {
            all.addObject()
                    .put("type", pause.type())
                    .put("since", pause.since().toEpochMilli())
                    .put("by", pause.by())
                    .put("note", pause.note());
        }
        Sql.update(tx, "UPDATE RQ_CONTROL SET PAUSES = ? WHERE ID = 1", all.toString());
    }

    /** Until the commit, for what only one node may do at a time. */
    public void lock(Tx tx) {
        Sql.one(tx, "SELECT ID FROM RQ_CONTROL WHERE ID = 1 FOR UPDATE", row -> row.getInt(1));
    }

    /** As {@link #owner}, and locks nothing. */
    public Optional<String> cluster(Tx tx) {
        return Sql.query(tx, "SELECT CLUSTER_NAME FROM RQ_CONTROL WHERE ID = 1", row -> row.getString(1)).stream()
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The cluster that owns this schema; empty before its first node. */
    public Optional<String> owner(Tx tx) {
        return Sql.query(
                        tx,
                        "SELECT CLUSTER_NAME FROM RQ_CONTROL WHERE ID = 1 FOR UPDATE",
                        row -> Optional.ofNullable(row.getString(1)))
                .stream()
                .findFirst()
                .flatMap(name -> name);
    }

    public void own(Tx tx, String cluster) {
        Sql.update(tx, "UPDATE RQ_CONTROL SET CLUSTER_NAME = ? WHERE ID = 1", cluster);
    }

    /** The oldest code, by schema level, that may run on this schema. */
    public int oldestCode(Tx tx) {
        return Sql.one(tx, "SELECT OLDEST_CODE FROM RQ_CONTROL WHERE ID = 1", row -> row.getInt(1))
                .orElse(0);
    }

    private static List<Pause> read(Optional<String> stored) {
        List<Pause> pauses = new ArrayList<>();
        try {
            for (JsonNode pause : JSON.readTree(stored.orElse("[]"))) {
                pauses.add(new Pause(
                        pause.path("type").textValue(),
                        Instant.ofEpochMilli(pause.path("since").asLong()),
                        pause.path("by").asText(),
                        pause.path("note").textValue()));
            }
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("RQ_CONTROL.PAUSES is not JSON", broken);
        }
        return pauses;
    }
}
