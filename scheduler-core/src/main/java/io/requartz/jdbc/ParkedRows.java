package io.requartz.jdbc;

import io.requartz.guard.Gate;
import io.requartz.guard.ParkedRuns;
import io.requartz.run.Priority;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RQ_PARKED, and the runs that stand in it. */
public final class ParkedRows implements ParkedRuns {

    /** Servers end a recursion after 1,000 steps, one of them without a word. */
    private static final int KEYS_AT_ONCE = 500;

    private static final String NEXT_KEYS = """
            WITH RECURSIVE k(HOLD_KEY, N) AS (
                SELECT MIN(HOLD_KEY), 1 FROM RQ_PARKED WHERE GUARD = ? AND HOLD_KEY > ?
                UNION ALL
                SELECT (SELECT MIN(p.HOLD_KEY) FROM RQ_PARKED p WHERE p.GUARD = ? AND p.HOLD_KEY > k.HOLD_KEY), k.N + 1
                FROM k WHERE k.HOLD_KEY IS NOT NULL AND k.N < %d
            )
            SELECT HOLD_KEY FROM k WHERE HOLD_KEY IS NOT NULL ORDER BY N""".formatted(KEYS_AT_ONCE);

    private final WideStatement insert;
    private final WideStatement release;
    private final WideStatement delete;

    public ParkedRows(Dialect dialect) {
        insert = WideStatement.insert(
                dialect,
                "run key, guard key, hold key, since number, priority number, due number",
                new WideStatement.Into(
                        "RQ_PARKED",
                        "RUN_ID, GUARD, HOLD_KEY, SINCE, PRIORITY, DUE_AT",
                        ":run, :guard, :hold, :since, :priority, :due"));
        release = WideStatement.update(
                dialect, "RQ_RUNS", "id key, state key, due number, held number", """
                STATE = :state, DUE_AT = :due, REASON = NULL, PARKED_SINCE = NULL, PARKED_MS = PARKED_MS + :held,
                    VERSION = VERSION + 1""", "ID = :id AND STATE = 'PARKED'");
        delete = WideStatement.delete(dialect, "RQ_PARKED", "run key", "RUN_ID = :run");
    }

    @Override
    public void insert(Tx tx, List<Parked> parked) {
        insert.insert(tx, parked, run -> new Object[] {
            run.runId(),
            run.hold().guard(),
            run.hold().key(),
            run.since(),
            run.priority().level(),
            run.dueAt()
        });
    }

    /** Goes from key to key by the index, whatever number of runs each of them holds. */
    @Override
    public List<String> keys(Tx tx, String guard) {
        List<String> keys = new ArrayList<>();
        List<String> some;
        String last = "";
        do {
            some = Sql.query(tx, NEXT_KEYS, row -> row.getString(1), guard, last, guard);
            keys.addAll(some);
            last = some.isEmpty() ? last : some.get(some.size() - 1);
        } while (some.size() == KEYS_AT_ONCE);
        return keys;
    }

    /** The first of each level, from the index: nothing is sorted that will not be returned. */
    @Override
    public List<String> waiting(Tx tx, Gate.Hold hold, int limit) {
        List<String> levels = new ArrayList<>();
        List<Sql.Parameter> parameters = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            levels.add("""
                    (SELECT RUN_ID, PRIORITY, SINCE FROM RQ_PARKED WHERE GUARD = ? AND HOLD_KEY = ? AND PRIORITY = %d
                    ORDER BY SINCE, RUN_ID LIMIT %d)""".formatted(priority.level(), limit));
            parameters.addAll(Sql.parameters(hold.guard(), hold.key()));
        }
        return Sql.query(
                tx,
                "SELECT RUN_ID FROM (" + String.join("\nUNION ALL\n", levels)
                        + ") w ORDER BY PRIORITY DESC, SINCE, RUN_ID LIMIT " + limit,
                row -> row.getString(1),
                parameters);
    }

    private record Since(Instant since, Instant dueAt) {}

    @Override
    public List<Held> lock(Tx tx, Gate.Hold hold, Collection<String> runIds) {
        if (runIds.isEmpty()) {
            return List.of();
        }
        Map<String, Held> runs = new HashMap<>();
        Sql.query(
                        tx,
                        """
                        SELECT ID, TYPE, PRIORITY, ATTEMPTS, FAILURES FROM RQ_RUNS WHERE STATE = 'PARKED' AND ID IN (%s)
                        ORDER BY ID FOR UPDATE SKIP LOCKED""".formatted(Sql.marks(runIds)),
                        row -> new Held(
                                row.getString("ID"),
                                row.getString("TYPE"),
                                Priority.ofLevel(row.getInt("PRIORITY")),
                                row.getInt("ATTEMPTS"),
                                row.getInt("FAILURES") > 0,
                                Instant.EPOCH,
                                Instant.EPOCH),
                        runIds.toArray())
                .forEach(held -> runs.put(held.runId(), held));
        Map<String, Since> entries = entries(tx, hold, runs.keySet());
        return runIds.stream()
                .filter(entries::containsKey)
                .map(id -> since(runs.get(id), entries.get(id)))
                .toList();
    }

    private static Held since(Held run, Since entry) {
        return new Held(
                run.runId(),
                run.type(),
                run.priority(),
                run.attempts(),
                run.failedBefore(),
                entry.since(),
                entry.dueAt());
    }

    private static Map<String, Since> entries(Tx tx, Gate.Hold hold, Collection<String> runIds) {
        Map<String, Since> entries = new HashMap<>();
        if (!runIds.isEmpty()) {
            List<Sql.Parameter> parameters = Sql.parameters(hold.guard(), hold.key());
            runIds.forEach(id -> parameters.add(new Sql.Parameter(id)));
            Sql.query(
                    tx,
                    "SELECT RUN_ID, SINCE, DUE_AT FROM RQ_PARKED WHERE GUARD = ? AND HOLD_KEY = ? AND RUN_ID IN ("
                            + Sql.marks(runIds) + ")",
                    row -> entries.put(
                            row.getString("RUN_ID"), new Since(Sql.instant(row, "SINCE"), Sql.instant(row, "DUE_AT"))),
                    parameters);
        }
        return entries;
    }

    @Override
    public void release(Tx tx, List<Released> released) {
        release.all(tx, released, run -> new Object[] {
            run.held().runId(),
            run.held().failedBefore() ? "RETRYING" : "SCHEDULED",
            run.due(),
            run.held().heldUntil(run.due())
        });
        delete.all(tx, released, run -> new Object[] {run.held().runId()});
    }

    /** The run goes on otherwise than by its guard; the time that it was held is added to its own. */
    void remove(Tx tx, String runId, Instant now) {
        Optional<Since> entry = Sql.one(
                tx,
                "SELECT SINCE, DUE_AT FROM RQ_PARKED WHERE RUN_ID = ?",
                row -> new Since(Sql.instant(row, "SINCE"), Sql.instant(row, "DUE_AT")),
                runId);
        if (entry.isPresent()) {
            Held held = new Held(
                    runId,
                    "",
                    Priority.NORMAL,
                    0,
                    false,
                    entry.get().since(),
                    entry.get().dueAt());
            Sql.update(
                    tx,
                    "UPDATE RQ_RUNS SET PARKED_SINCE = NULL, PARKED_MS = PARKED_MS + ? WHERE ID = ?",
                    held.heldUntil(now),
                    runId);
            Sql.update(tx, "DELETE FROM RQ_PARKED WHERE RUN_ID = ?", runId);
        }
    }
}
