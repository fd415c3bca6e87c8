package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionRepository;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** RQ_DEFINITIONS, and what RQ_CONTROL says of them. */
public final class DefinitionRows implements DefinitionRepository {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE =
            "SELECT DEFINITION_SET, DEFINITION_HASH, DEFINITION_CHANGES FROM RQ_CONTROL WHERE ID = 1";
    private static final String ALL =
            "SELECT KIND, NAME, CONFIGURED, LIVE, VERSION, CHANGED_AT, CHANGED_BY, RETIRED FROM RQ_DEFINITIONS";

    @Override
    public State state(Tx tx) {
        return Sql.one(tx, STATE, DefinitionRows::state).orElseThrow(DefinitionRows::noControl);
    }

    @Override
    public State lock(Tx tx) {
        return Sql.one(tx, STATE + " FOR UPDATE", DefinitionRows::state).orElseThrow(DefinitionRows::noControl);
    }

    private static IllegalStateException noControl() {
        return new IllegalStateException("RQ_CONTROL has no row");
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(row.getLong(1), row.getString(2), row.getLong(3));
    }

    @Override
    public List<Definition> all(Tx tx) {
        return Sql.query(tx, ALL, DefinitionRows::definition);
    }

    @Override
    public Optional<Definition> find(Tx tx, DefinitionKind kind, String name) {
        return Sql.one(tx, ALL + " WHERE KIND = ? AND NAME = ?", DefinitionRows::definition, kind, name);
    }

    @Override
    public void configure(Tx tx, DefinitionKind kind, String name, JsonNode configured, long set) {
        int changed = Sql.update(
                tx,
                "UPDATE RQ_DEFINITIONS SET CONFIGURED = ?, SET_NO = ?, RETIRED = FALSE WHERE KIND = ? AND NAME = ?",
                configured.toString(),
                set,
                kind,
                name);
        if (changed == 0) {
            Sql.update(tx, """
                    INSERT INTO RQ_DEFINITIONS (CONFIGURED, SET_NO, RETIRED, VERSION, KIND, NAME)
                    VALUES (?, ?, FALSE, 0, ?, ?)""", configured.toString(), set, kind, name);
        }
    }

    @Override
    public void retireOthers(Tx tx, long set) {
        Sql.update(tx, "UPDATE RQ_DEFINITIONS SET RETIRED = TRUE WHERE CONFIGURED IS NOT NULL AND SET_NO <> ?", set);
    }

    @Override
    public void store(Tx tx, Definition definition) {
        Object[] values = {
            text(definition.live()),
            definition.retired(),
            definition.version(),
            definition.changedAt(),
            definition.changedBy(),
            definition.kind(),
            definition.name()
        };
        int changed = Sql.update(tx, """
                UPDATE RQ_DEFINITIONS SET LIVE = ?, RETIRED = ?, VERSION = ?, CHANGED_AT = ?, CHANGED_BY = ?
                WHERE KIND = ? AND NAME = ?""", values);
        if (changed == 0) {
            Sql.update(tx, """
                    INSERT INTO RQ_DEFINITIONS (LIVE, RETIRED, VERSION, CHANGED_AT, CHANGED_BY, KIND, NAME, SET_NO)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 0)""", values);
        }
    }

    @Override
    public void changed(Tx tx, State now) {
        Sql.update(
                tx,
                "UPDATE RQ_CONTROL SET DEFINITION_SET = ?, DEFINITION_HASH = ?, DEFINITION_CHANGES = ? WHERE ID = 1",
                now.set(),
                now.hash(),
                now.changes());
    }

    private static Definition definition(ResultSet row) throws SQLException {
        return new Definition(
                DefinitionKind.valueOf(row.getString("KIND")),
                row.getString("NAME"),
                json(row.getString("CONFIGURED")),
                json(row.getString("LIVE")),
                row.getLong("VERSION"),
                row.getString("CHANGED_BY"),
                Sql.instant(row, "CHANGED_AT"),
                row.getBoolean("RETIRED"));
    }

    private static String text(JsonNode json) {
        return json == null ? null : json.toString();
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored definition is not JSON: " + text, broken);
        }
    }
}
