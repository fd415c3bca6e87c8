package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.run.Activity;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptLog;
import io.requartz.run.Origin;
import io.requartz.run.Priority;
import io.requartz.run.Run;
import io.requartz.run.RunEdit;
import io.requartz.run.RunEvent;
import io.requartz.run.RunFilter;
import io.requartz.run.RunRepository;
import io.requartz.run.RunSort;
import io.requartz.run.RunState;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** RQ_RUNS, RQ_RUN_TAGS and RQ_RUN_EVENTS as people and programs see them. What nodes do to runs is in {@link FireRows}. */
public final class RunRows implements RunRepository {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private static final Map<RunSort, String> ORDERS = Map.of(
            RunSort.NEWEST, " ORDER BY ID DESC", RunSort.OLDEST, " ORDER BY ID", RunSort.DUE, " ORDER BY DUE_AT, ID");

    private static final String LISTED = """
            ID, TYPE, PLUGIN, STATE, PRIORITY, PAYLOAD_VERSION, TAGS, IDEMPOTENCY_KEY, UNIQUE_KEY, CYCLE, ATTEMPTS, FAILURES,
            NODES_LOST, CREATED_AT, CREATED_BY, DUE_AT, CYCLE_STARTED_AT, EXPIRES_AT, FINISHED_AT, LAST_CATEGORY, LAST_MESSAGE,
            REASON, PROGRESS_PERCENT, PROGRESS_MESSAGE, CANCEL_BY, NODE, COPY_OF, SCOPE_ID, MANUAL, POLICY, SCHEDULE,
            SCHEDULED_AT, CELL, VERSION""";

    private static final String WHOLE = LISTED + ", PAYLOAD, RESULT";

    /** LISTED of a run that waits for its time or is running. */
    private static final String OPEN = "OPEN";

    private final AttemptRows attempts = new AttemptRows();
    private final ParkedRows parked;
    private final NewRunRows inserts;

    public RunRows(Database database) {
        parked = new ParkedRows(database.dialect());
        inserts = new NewRunRows(database);
    }

    @Override
    public void insert(Tx tx, List<Fresh> runs) {
        inserts.insert(tx, runs);
    }

    @Override
    public void commit(Transactions transactions, List<Fresh> runs) {
        inserts.commit(transactions, runs);
    }

    @Override
    public Optional<Run> find(Tx tx, String id) {
        return Sql.one(tx, "SELECT " + WHOLE + " FROM RQ_RUNS WHERE ID = ?", RunRows::whole, id);
    }

    @Override
    public Optional<Run> lock(Tx tx, String id) {
        return Sql.one(tx, "SELECT " + WHOLE + " FROM RQ_RUNS WHERE ID = ? FOR UPDATE", RunRows::whole, id);
    }

    @Override
    public List<Run> lockAll(Tx tx, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return Sql.query(
                tx,
                "SELECT " + LISTED + " FROM RQ_RUNS WHERE ID IN (" + Sql.marks(ids) + ") ORDER BY ID FOR UPDATE",
                RunRows::listed,
                ids.toArray());
    }

    @Override
    public List<Keyed> findByIdempotencyKey(Tx tx, String type, Collection<String> keys) {
        return Sql.query(
                tx,
                "SELECT " + WHOLE + ", PAYLOAD_HASH FROM " + RunKeyRows.keys(keys) + " JOIN RQ_RUNS ON ID = RUN_ID",
                row -> new Keyed(whole(row), row.getString("PAYLOAD_HASH")),
                RunKeyRows.parameters(RunKeyRows.IDEMPOTENCY, type, keys));
    }

    @Override
    public List<Holder> findHolders(Tx tx, String type, Collection<String> uniqueKeys) {
        return Sql.query(
                tx,
                "SELECT KEY_VALUE, KEY_VERSION, " + LISTED + " FROM " + RunKeyRows.keys(uniqueKeys)
                        + " LEFT JOIN RQ_RUNS ON ID = RUN_ID",
                row -> new Holder(
                        row.getString("KEY_VALUE"),
                        row.getLong("KEY_VERSION"),
                        row.getString("ID") == null ? null : listed(row)),
                RunKeyRows.parameters(RunKeyRows.UNIQUE, type, uniqueKeys));
    }

    @Override
    public List<Run> list(Tx tx, RunFilter filter, RunSort sort, int limit, RunSort.After after) {
        StringBuilder sql = new StringBuilder("SELECT " + LISTED + " FROM RQ_RUNS r WHERE 1 = 1");
        List<Sql.Parameter> parameters = new ArrayList<>();
        where(sql, parameters, filter);
        String last = after == null ? null : after.id();
        switch (sort) {
            case NEWEST -> Sql.and(sql, parameters, "ID < ?", last);
            case OLDEST -> Sql.and(sql, parameters, "ID > ?", last);
            case DUE -> {
                sql.append(" AND STATE IN ('SCHEDULED', 'RETRYING', 'PARKED') AND DUE_AT IS NOT NULL");
                if (after != null) {
                    sql.append(" AND (DUE_AT > ? OR DUE_AT = ? AND ID > ?)");
                    parameters.addAll(Sql.parameters(after.dueAt(), after.dueAt(), last));
                }
            }
        }
        sql.append(ORDERS.get(sort)).append(" LIMIT ").append(limit);
        return Sql.query(tx, sql.toString(), RunRows::listed, parameters);
    }

    /** What the filter asks for of {@code RQ_RUNS r}, as conditions that begin with AND. */
    static void where(StringBuilder sql, List<Sql.Parameter> parameters, RunFilter filter) {
        if (!filter.states().isEmpty()) {
            states(sql, parameters, filter.states());
        }
        Sql.and(sql, parameters, "TYPE = ?", filter.type());
        Sql.and(sql, parameters, "SCOPE_ID = ?", filter.scopeId());
        Sql.and(sql, parameters, "LAST_CATEGORY = ?", filter.category());
        Sql.and(
                sql,
                parameters,
                "EXISTS (SELECT 1 FROM RQ_RUN_TAGS t WHERE t.RUN_ID = r.ID AND t.TAG = ?)",
                filter.tag());
        Sql.and(sql, parameters, "CREATED_AT >= ?", filter.since());
        Sql.and(sql, parameters, "CREATED_AT < ?", filter.until());
        Sql.and(sql, parameters, "DUE_AT < ?", filter.dueBefore());
        if (filter.minAttempts() > 0) {
            Sql.and(sql, parameters, "ATTEMPTS >= ?", filter.minAttempts());
        }
        text(sql, parameters, filter.text());
    }

    /** Runs that have succeeded are the many: they are not in the index that finds the others by their state. */
    private static void states(StringBuilder sql, List<Sql.Parameter> parameters, Set<RunState> states) {
        sql.append(" AND STATE IN (").append(Sql.marks(states)).append(')');
        states.forEach(state -> parameters.add(new Sql.Parameter(state)));
        if (!states.contains(RunState.SUCCEEDED)) {
            Set<String> listed = new TreeSet<>();
            states.forEach(state ->
                    listed.add(state == RunState.SCHEDULED || state == RunState.RUNNING ? OPEN : state.name()));
            sql.append(" AND LISTED IN (").append(Sql.marks(listed)).append(')');
            listed.forEach(value -> parameters.add(new Sql.Parameter(value)));
        }
        if (states.equals(Set.of(RunState.RUNNING))) {
            // few among very many that wait
            sql.append(
                    " AND ID IN (SELECT RUN_ID FROM RQ_ATTEMPTS a JOIN QRTZ_FIRED_TRIGGERS f ON f.ENTRY_ID = a.FIRE_ID)");
        }
    }

    private static void text(StringBuilder sql, List<Sql.Parameter> parameters, String text) {
        if (text == null) {
            return;
        }
        sql.append(" AND (ID LIKE ? ESCAPE '!' OR IDEMPOTENCY_KEY LIKE ? ESCAPE '!' OR UNIQUE_KEY LIKE ? ESCAPE '!'")
                .append(" OR EXISTS (SELECT 1 FROM RQ_RUN_TAGS t WHERE t.RUN_ID = r.ID AND t.TAG = ?))");
        String prefix = text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        for (String value : List.of(prefix, prefix, prefix, text)) {
            parameters.add(new Sql.Parameter(value));
        }
    }

    @Override
    public Optional<Run> latestInScope(Tx tx, long scopeId) {
        return Sql.one(
                tx,
                "SELECT " + WHOLE + " FROM RQ_RUNS WHERE SCOPE_ID = ? ORDER BY ID DESC LIMIT 1",
                RunRows::whole,
                scopeId);
    }

    @Override
    public Map<RunState, Long> countByState(Tx tx) {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        for (RunState state : RunState.values()) {
            counts.put(state, 0L);
        }
        long running = count(tx, "SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS WHERE TRIGGER_GROUP = 'requartz'");
        long succeeded = count(tx, "SELECT COUNT(*) FROM RQ_RUNS");
        for (Map.Entry<String, Long> listed : countListed(tx).entrySet()) {
            succeeded -= listed.getValue();
            if (listed.getKey().equals(OPEN)) {
                // two statements see two moments
                counts.put(RunState.SCHEDULED, Math.max(0, listed.getValue() - running));
            } else {
                counts.put(RunState.valueOf(listed.getKey()), listed.getValue());
            }
        }
        counts.put(RunState.RUNNING, running);
        counts.put(RunState.SUCCEEDED, Math.max(0, succeeded));
        return counts;
    }

    private static Map<String, Long> countListed(Tx tx) {
        Map<String, Long> counts = new TreeMap<>();
        Sql.query(
                tx,
                "SELECT LISTED, COUNT(*) FROM RQ_RUNS WHERE LISTED IS NOT NULL GROUP BY LISTED",
                row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    private static long count(Tx tx, String sql) {
        return Sql.one(tx, sql, row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public List<Activity> activity(Tx tx, Instant since, int newest) {
        return attempts.activity(tx, since, newest);
    }

    @Override
    public List<Attempt> attempts(Tx tx, String id) {
        return attempts.of(tx, id);
    }

    @Override
    public List<AttemptLog> logs(Tx tx, String id) {
        return attempts.logs(tx, id);
    }

    @Override
    public List<RunEvent> events(Tx tx, String id) {
        return Sql.query(
                tx,
                """
                SELECT RUN_ID, AT, KIND, FROM_STATE, TO_STATE, ACTOR, NOTE, DETAIL FROM RQ_RUN_EVENTS
                WHERE RUN_ID = ? ORDER BY SEQ""",
                row -> new RunEvent(
                        row.getString("RUN_ID"),
                        Sql.instant(row, "AT"),
                        row.getString("KIND"),
                        Sql.enumOf(row, "FROM_STATE", RunState.class),
                        Sql.enumOf(row, "TO_STATE", RunState.class),
                        row.getString("ACTOR"),
                        row.getString("NOTE"),
                        row.getString("DETAIL")),
                id);
    }

    @Override
    public void append(Tx tx, RunEvent event) {
        EventRows.append(tx, List.of(event));
    }

    @Override
    public void markCancelled(Tx tx, String id, String reason, Instant at) {
        Sql.update(tx, """
                UPDATE RQ_RUNS SET STATE = 'CANCELLED', REASON = ?, FINISHED_AT = ?, DUE_AT = NULL,
                    VERSION = VERSION + 1
                WHERE ID = ?""", reason, at, id);
    }

    @Override
    public void markCancelRequested(Tx tx, String id, Actor by) {
        Sql.update(tx, "UPDATE RQ_RUNS SET CANCEL_BY = ?, VERSION = VERSION + 1 WHERE ID = ?", by.name(), id);
    }

    @Override
    public void markDue(Tx tx, String id, RunState state, Instant due) {
        Sql.update(
                tx,
                "UPDATE RQ_RUNS SET STATE = ?, DUE_AT = ?, REASON = NULL, VERSION = VERSION + 1 WHERE ID = ?",
                state,
                due,
                id);
    }

    @Override
    public void leavePark(Tx tx, String id, Instant now) {
        parked.remove(tx, id, now);
    }

    @Override
    public void markManual(Tx tx, String id) {
        Sql.update(tx, "UPDATE RQ_RUNS SET MANUAL = TRUE WHERE ID = ?", id);
    }

    @Override
    public void rescope(Tx tx, String id, Long scopeId) {
        Sql.update(tx, "UPDATE RQ_RUNS SET SCOPE_ID = ? WHERE ID = ?", scopeId, id);
    }

    @Override
    public void beginCycle(Tx tx, Run run, Instant due) {
        Sql.update(tx, """
                UPDATE RQ_RUNS SET STATE = 'SCHEDULED', CYCLE = CYCLE + 1, FAILURES = 0, FAILURES_BY_CATEGORY = NULL,
                    NODES_LOST = 0, DUE_AT = ?, CYCLE_STARTED_AT = NULL, FINISHED_AT = NULL, REASON = NULL, EXPIRES_AT = NULL,
                    CANCEL_BY = NULL, PARKED_MS = 0, VERSION = VERSION + 1
                WHERE ID = ?""", due, run.id());
        if (!RunKeyRows.holdsStill(tx, run)) {
            RunKeyRows.takeBack(tx, run, findHolders(tx, run.type(), List.of(run.uniqueKey())));
        }
    }

    @Override
    public void settle(Tx tx, String id, RunState state, Instant at) {
        Sql.update(
                tx, "UPDATE RQ_RUNS SET STATE = ?, FINISHED_AT = ?, VERSION = VERSION + 1 WHERE ID = ?", state, at, id);
    }

    @Override
    public void edit(Tx tx, String id, RunEdit edit) {
        if (edit.payload() != null) {
            Sql.update(
                    tx,
                    "UPDATE RQ_RUNS SET PAYLOAD = ?, PAYLOAD_VERSION = PAYLOAD_VERSION + 1 WHERE ID = ?",
                    edit.payload(),
                    id);
        }
        if (edit.priority() != null) {
            Sql.update(
                    tx,
                    "UPDATE RQ_RUNS SET PRIORITY = ? WHERE ID = ?",
                    edit.priority().level(),
                    id);
            Sql.update(
                    tx,
                    "UPDATE RQ_PARKED SET PRIORITY = ? WHERE RUN_ID = ?",
                    edit.priority().level(),
                    id);
        }
        if (edit.tags() != null) {
            Sql.update(tx, "UPDATE RQ_RUNS SET TAGS = ? WHERE ID = ?", writeNames(edit.tags()), id);
            Sql.update(tx, "DELETE FROM RQ_RUN_TAGS WHERE RUN_ID = ?", id);
            NewRunRows.insertTags(tx, id, edit.tags());
        }
        if (edit.policy() != null) {
            String kept = edit.policy().equals("{}") ? null : edit.policy();
            Sql.update(tx, "UPDATE RQ_RUNS SET POLICY = ? WHERE ID = ?", kept, id);
        }
        Sql.update(tx, "UPDATE RQ_RUNS SET VERSION = VERSION + 1 WHERE ID = ?", id);
    }

    @Override
    public List<String> cancelRequested(Tx tx, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return Sql.query(
                tx,
                "SELECT ID FROM RQ_RUNS WHERE CANCEL_BY IS NOT NULL AND ID IN (" + Sql.marks(ids) + ")",
                row -> row.getString("ID"),
                ids.toArray());
    }

    private static Run listed(ResultSet row) throws SQLException {
        return run(row, null, null);
    }

    private static Run whole(ResultSet row) throws SQLException {
        return run(row, row.getString("PAYLOAD"), row.getString("RESULT"));
    }

    private static Run run(ResultSet row, String payload, String result) throws SQLException {
        String category = row.getString("LAST_CATEGORY");
        return new Run(
                row.getString("ID"),
                row.getString("TYPE"),
                row.getString("PLUGIN"),
                RunState.valueOf(row.getString("STATE")),
                Priority.ofLevel(row.getInt("PRIORITY")),
                payload,
                row.getInt("PAYLOAD_VERSION"),
                readNames(row.getString("TAGS")),
                row.getString("IDEMPOTENCY_KEY"),
                row.getString("UNIQUE_KEY"),
                row.getInt("CYCLE"),
                row.getInt("ATTEMPTS"),
                row.getInt("FAILURES"),
                row.getInt("NODES_LOST"),
                Sql.instant(row, "CREATED_AT"),
                row.getString("CREATED_BY"),
                Sql.instant(row, "DUE_AT"),
                Sql.instant(row, "CYCLE_STARTED_AT"),
                Sql.instant(row, "EXPIRES_AT"),
                Sql.instant(row, "FINISHED_AT"),
                category == null ? null : new ErrorCategory(category),
                row.getString("LAST_MESSAGE"),
                row.getString("REASON"),
                result,
                Sql.integer(row, "PROGRESS_PERCENT"),
                row.getString("PROGRESS_MESSAGE"),
                row.getString("CANCEL_BY"),
                row.getString("NODE"),
                row.getString("COPY_OF"),
                origin(row),
                row.getLong("VERSION"));
    }

    static Origin origin(ResultSet row) throws SQLException {
        long scope = row.getLong("SCOPE_ID");
        Long scopeId = row.wasNull() ? null : scope;
        return new Origin(
                scopeId,
                row.getBoolean("MANUAL"),
                row.getString("POLICY"),
                row.getString("SCHEDULE"),
                Sql.instant(row, "SCHEDULED_AT"),
                row.getString("CELL"));
    }

    static String writeNames(Collection<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        try {
            return JSON.writeValueAsString(names);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<String> readNames(String json) {
        if (json == null || json.isEmpty()) {
            return List.of();
        }
        try {
            return JSON.readValue(json, NAMES);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("not a JSON list of names: " + json, broken);
        }
    }
}
