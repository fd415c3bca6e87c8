package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.SafeText;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeRepository;
import io.requartz.scope.ScopeState;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** RQ_SCOPES and RQ_SCOPE_DIMENSIONS. */
public final class ScopeRows implements ScopeRepository {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    private static final String ALL = """
            SELECT ID, NAME, DIMENSIONS, LABEL, FAILURES, EPOCH, DISABLED_AT, DISABLED_BY, AUTOMATIC, SKIPPED, LAST_FAILURE_AT,
                LAST_CATEGORY, LAST_ERROR, LAST_SUCCESS_AT, NEXT_RELEASE_AT, VERSION FROM RQ_SCOPES s""";

    @Override
    public Map<String, Known> find(Tx tx, String name, Collection<String> keyHashes) {
        List<Sql.Parameter> parameters = Sql.parameters(name);
        keyHashes.forEach(hash -> parameters.add(new Sql.Parameter(hash)));
        Map<String, Known> found = new HashMap<>();
        Sql.query(
                tx,
                "SELECT KEY_HASH, ID, LABEL FROM RQ_SCOPES WHERE NAME = ? AND KEY_HASH IN (" + Sql.marks(keyHashes)
                        + ")",
                row -> found.put(row.getString("KEY_HASH"), new Known(row.getLong("ID"), row.getString("LABEL"))),
                parameters);
        return found;
    }

    @Override
    public List<Long> insert(Tx tx, String name, List<Fresh> scopes, Instant now) {
        ScopeState state = ScopeState.NEW;
        List<Long> ids = Sql.batchNumbering(
                tx,
                """
                INSERT INTO RQ_SCOPES (NAME, KEY_HASH, DIMENSIONS, LABEL, FAILURES, EPOCH, AUTOMATIC, SKIPPED, CREATED_AT,
                    VERSION)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""",
                "ID",
                scopes.stream()
                        .map(scope -> new Object[] {
                            name,
                            scope.keyHash(),
                            write(scope.dimensions()),
                            scope.label(),
                            state.failures(),
                            state.epoch(),
                            state.automatic(),
                            state.skipped(),
                            now
                        })
                        .toList());
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            long id = ids.get(i);
            scopes.get(i)
                    .dimensions()
                    .forEach((dimension, value) -> rows.add(new Object[] {id, name, dimension, value}));
        }
        Sql.batch(
                tx,
                "INSERT INTO RQ_SCOPE_DIMENSIONS (SCOPE_ID, NAME, DIMENSION, DIMENSION_VALUE) VALUES (?, ?, ?, ?)",
                rows);
        return ids;
    }

    @Override
    public void relabel(Tx tx, long id, String label) {
        Sql.update(tx, "UPDATE RQ_SCOPES SET LABEL = ? WHERE ID = ?", label, id);
    }

    @Override
    public Optional<Scope> get(Tx tx, long id) {
        return Sql.one(tx, ALL + " WHERE ID = ?", ScopeRows::scope, id);
    }

    @Override
    public List<Scope> lock(Tx tx, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : Sql.query(
                        tx,
                        ALL + " WHERE ID IN (" + Sql.marks(ids) + ") ORDER BY ID FOR UPDATE",
                        ScopeRows::scope,
                        ids.toArray());
    }

    @Override
    public void write(Tx tx, List<Scope> changed) {
        Sql.batch(tx, """
                UPDATE RQ_SCOPES SET FAILURES = ?, EPOCH = ?, DISABLED_AT = ?, DISABLED_BY = ?, AUTOMATIC = ?, SKIPPED = ?,
                    LAST_FAILURE_AT = ?, LAST_CATEGORY = ?, LAST_ERROR = ?, LAST_SUCCESS_AT = ?, VERSION = VERSION + 1
                WHERE ID = ?""", changed.stream().map(ScopeRows::values).toList());
    }

    private static Object[] values(Scope scope) {
        ScopeState state = scope.state();
        return new Object[] {
            state.failures(),
            state.epoch(),
            state.disabledAt(),
            state.disabledBy(),
            state.automatic(),
            state.skipped(),
            state.lastFailureAt(),
            state.lastCategory(),
            SafeText.chars(state.lastError(), 2_000),
            state.lastSuccessAt(),
            scope.id()
        };
    }

    @Override
    public List<Scope> list(Tx tx, ScopeFilter filter, int limit, Long cursor) {
        StringBuilder sql = new StringBuilder(ALL).append(" WHERE 1 = 1");
        List<Sql.Parameter> parameters = new ArrayList<>();
        if (filter.name() != null) {
            sql.append(" AND NAME = ?");
            parameters.add(new Sql.Parameter(filter.name()));
        }
        if (filter.disabled() != null) {
            sql.append(filter.disabled() ? " AND DISABLED_AT IS NOT NULL" : " AND DISABLED_AT IS NULL");
        }
        if (filter.failing()) {
            sql.append(" AND (FAILURES > 0 OR DISABLED_AT IS NOT NULL)");
        }
        filter.dimensions().forEach((dimension, value) -> {
            sql.append("\nAND EXISTS (SELECT 1 FROM RQ_SCOPE_DIMENSIONS d")
                    .append(" WHERE d.SCOPE_ID = s.ID AND d.DIMENSION = ? AND d.DIMENSION_VALUE = ?)");
            parameters.addAll(Sql.parameters(dimension, value));
        });
        if (cursor != null) {
            sql.append(" AND ID > ?");
            parameters.add(new Sql.Parameter(cursor));
        }
        return Sql.query(tx, sql.append(" ORDER BY ID LIMIT ").append(limit).toString(), ScopeRows::scope, parameters);
    }

    @Override
    public List<Scope> disabled(Tx tx, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : Sql.query(
                        tx,
                        ALL + " WHERE DISABLED_AT IS NOT NULL AND ID IN (" + Sql.marks(ids) + ")",
                        ScopeRows::scope,
                        ids.toArray());
    }

    @Override
    public List<Long> enabled(Tx tx, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : Sql.query(
                        tx,
                        "SELECT ID FROM RQ_SCOPES WHERE DISABLED_AT IS NULL AND ID IN (" + Sql.marks(ids)
                                + ") ORDER BY ID",
                        row -> row.getLong(1),
                        ids.toArray());
    }

    @Override
    public void skip(Tx tx, Map<Long, Integer> fires) {
        List<Object[]> rows = new ArrayList<>();
        new TreeMap<>(fires).forEach((id, count) -> rows.add(new Object[] {count, id}));
        Sql.batch(tx, "UPDATE RQ_SCOPES SET SKIPPED = SKIPPED + ? WHERE ID = ?", rows);
    }

    @Override
    public void nextReleaseAt(Tx tx, long id, Instant at) {
        Sql.update(tx, "UPDATE RQ_SCOPES SET NEXT_RELEASE_AT = ? WHERE ID = ?", at, id);
    }

    @Override
    public List<String> dimensions(Tx tx) {
        return Sql.query(
                tx, "SELECT DISTINCT DIMENSION FROM RQ_SCOPE_DIMENSIONS ORDER BY DIMENSION", row -> row.getString(1));
    }

    @Override
    public Map<String, String> labels(Tx tx, Collection<String> runs) {
        Map<String, String> labels = new HashMap<>();
        if (!runs.isEmpty()) {
            Sql.query(
                    tx,
                    "SELECT r.ID, s.LABEL FROM RQ_RUNS r JOIN RQ_SCOPES s ON s.ID = r.SCOPE_ID WHERE r.ID IN ("
                            + Sql.marks(runs) + ")",
                    row -> labels.put(row.getString("ID"), row.getString("LABEL")),
                    runs.toArray());
        }
        return labels;
    }

    @Override
    public Map<Long, Long> held(Tx tx, Collection<Long> ids) {
        Map<Long, Long> held = new HashMap<>();
        if (!ids.isEmpty()) {
            List<Sql.Parameter> parameters = Sql.parameters(Scope.GUARD);
            ids.forEach(id -> parameters.add(new Sql.Parameter(Long.toString(id))));
            Sql.query(
                    tx,
                    "SELECT HOLD_KEY, COUNT(*) AS N FROM RQ_PARKED WHERE GUARD = ? AND HOLD_KEY IN (" + Sql.marks(ids)
                            + ") GROUP BY HOLD_KEY",
                    row -> held.put(Long.valueOf(row.getString("HOLD_KEY")), row.getLong("N")),
                    parameters);
        }
        return held;
    }

    /** An attempt that was counted as a failure of its scope. */
    public record Counted(String fireId, long scopeId, long epoch) {}

    public void count(Tx tx, List<Counted> attempts) {
        Sql.batch(
                tx,
                "UPDATE RQ_ATTEMPTS SET SCOPE_ID = ?, SCOPE_EPOCH = ? WHERE FIRE_ID = ?",
                attempts.stream()
                        .map(attempt -> new Object[] {attempt.scopeId(), attempt.epoch(), attempt.fireId()})
                        .toList());
    }

    private static Scope scope(ResultSet row) throws SQLException {
        String category = row.getString("LAST_CATEGORY");
        return new Scope(
                row.getLong("ID"),
                row.getString("NAME"),
                read(row.getString("DIMENSIONS")),
                row.getString("LABEL"),
                new ScopeState(
                        row.getInt("FAILURES"),
                        row.getLong("EPOCH"),
                        Sql.instant(row, "DISABLED_AT"),
                        row.getString("DISABLED_BY"),
                        row.getBoolean("AUTOMATIC"),
                        row.getLong("SKIPPED"),
                        Sql.instant(row, "LAST_FAILURE_AT"),
                        category == null ? null : new ErrorCategory(category),
                        row.getString("LAST_ERROR"),
                        Sql.instant(row, "LAST_SUCCESS_AT")),
                Sql.instant(row, "NEXT_RELEASE_AT"),
                row.getLong("VERSION"));
    }

    private static String write(Map<String, String> dimensions) {
        try {
            return JSON.writeValueAsString(dimensions);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> read(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a scope's dimensions are not JSON: " + json, broken);
        }
    }
}
