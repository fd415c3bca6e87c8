package io.requartz.jdbc;

import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * RQ_RUN_KEYS: which run has a key. Nobody writes here when a run ends: a unique key stays that of the run that had it, until another wants it
 * and that one is settled. Whoever takes a key away locks its row first and then, in a statement of its own, the settled run, whose state
 * cannot change meanwhile: on MySQL and MariaDB a statement that waited for a row sees all others as they were before.
 */
final class RunKeyRows {

    static final String IDEMPOTENCY = "IDEMPOTENCY";
    static final String UNIQUE = "UNIQUE";

    /** Of a run's type. */
    private record Key(String kind, String type, String value) {}

    private record Held(Key key, String runId) {

        static final Comparator<Held> ORDER = Comparator.comparing(
                        (Held held) -> held.key().kind())
                .thenComparing(held -> held.key().type())
                .thenComparing(held -> held.key().value());
    }

    private RunKeyRows() {}

    /** A subquery for the ids of the runs that have these keys; of {@link #parameters}. */
    static String runs(Collection<String> values) {
        return "SELECT RUN_ID FROM RQ_RUN_KEYS WHERE KIND = ? AND TYPE = ? AND KEY_VALUE IN (" + Sql.marks(values)
                + ")";
    }

    static List<Sql.Parameter> parameters(String kind, String type, Collection<String> values) {
        List<Sql.Parameter> parameters = Sql.parameters(kind, type);
        values.forEach(value -> parameters.add(new Sql.Parameter(value)));
        return parameters;
    }

    /**
     * Gives new runs their keys.
     *
     * @throws DuplicateKeyException from the transaction, if one is another run's
     */
    static void hold(Tx tx, List<Run> runs) {
        List<Held> held = new ArrayList<>(unique(runs));
        for (Run run : runs) {
            if (run.idempotencyKey() != null) {
                held.add(new Held(new Key(IDEMPOTENCY, run.type(), run.idempotencyKey()), run.id()));
            }
        }
        insert(tx, held);
    }

    /**
     * Takes the unique keys that these want away from runs that are settled, and leaves those that others are just taking: whoever inserts one
     * waits for them. Not within a caller's transaction, where a look for a key that is not there may lock the gap.
     */
    static void free(Tx tx, List<Run> runs) {
        List<Held> others = lock(tx, unique(runs), "FOR UPDATE SKIP LOCKED");
        Set<String> settled = lockSettled(tx, others);
        Sql.batch(
                tx,
                "DELETE FROM RQ_RUN_KEYS WHERE RUN_ID = ? AND KIND = ? AND TYPE = ? AND KEY_VALUE = ?",
                others.stream()
                        .filter(held -> settled.contains(held.runId()))
                        .map(RunKeyRows::row)
                        .toList());
    }

    /**
     * A run that was settled, and is locked, is open again.
     *
     * @throws DuplicateKeyException here or from the transaction, if its key is another run's by now
     */
    static void holdAgain(Tx tx, String runId) {
        List<Held> own = Sql.query(
                tx,
                "SELECT TYPE, UNIQUE_KEY FROM RQ_RUNS WHERE ID = ? AND UNIQUE_KEY IS NOT NULL",
                row -> new Held(new Key(UNIQUE, row.getString("TYPE"), row.getString("UNIQUE_KEY")), runId),
                runId);
        List<Held> now = lock(tx, own, "FOR UPDATE");
        if (now.equals(own)) {
            return;
        }
        if (lockSettled(tx, now).size() < now.size()) {
            throw new DuplicateKeyException(null);
        }
        Sql.batch(
                tx,
                "DELETE FROM RQ_RUN_KEYS WHERE RUN_ID = ? AND KIND = ? AND TYPE = ? AND KEY_VALUE = ?",
                now.stream().map(RunKeyRows::row).toList());
        insert(tx, own);
    }

    private static List<Held> unique(List<Run> runs) {
        return runs.stream()
                .filter(run -> run.uniqueKey() != null)
                .map(run -> new Held(new Key(UNIQUE, run.type(), run.uniqueKey()), run.id()))
                .toList();
    }

    /** In one order, so that nobody waits for one another. */
    private static void insert(Tx tx, List<Held> held) {
        Sql.batch(
                tx,
                "INSERT INTO RQ_RUN_KEYS (RUN_ID, KIND, TYPE, KEY_VALUE) VALUES (?, ?, ?, ?)",
                held.stream().sorted(Held.ORDER).map(RunKeyRows::row).toList());
    }

    private static Object[] row(Held held) {
        return new Object[] {
            held.runId(), held.key().kind(), held.key().type(), held.key().value()
        };
    }

    /** @return who has the keys now; those that nobody has are left out */
    private static List<Held> lock(Tx tx, List<Held> wanted, String how) {
        Map<String, List<String>> byType = new TreeMap<>();
        wanted.forEach(held -> byType.computeIfAbsent(held.key().type(), type -> new ArrayList<>())
                .add(held.key().value()));
        List<Held> holders = new ArrayList<>();
        byType.forEach((type, values) -> holders.addAll(Sql.query(
                tx,
                "SELECT KEY_VALUE, RUN_ID FROM RQ_RUN_KEYS WHERE KIND = ? AND TYPE = ? AND KEY_VALUE IN ("
                        + Sql.marks(values) + ") ORDER BY KEY_VALUE " + how,
                row -> new Held(new Key(UNIQUE, type, row.getString("KEY_VALUE")), row.getString("RUN_ID")),
                parameters(UNIQUE, type, values))));
        return holders;
    }

    /** A run that somebody else has locked may be about to open again: it counts as open. */
    private static Set<String> lockSettled(Tx tx, List<Held> holders) {
        List<String> ids = holders.stream().map(Held::runId).distinct().toList();
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(Sql.query(
                        tx,
                        "SELECT ID FROM RQ_RUNS WHERE ID IN (" + Sql.marks(ids) + ") AND STATE NOT IN ("
                                + RunInvariantRows.list(RunState.OPEN) + ") ORDER BY ID FOR UPDATE SKIP LOCKED",
                        row -> row.getString(1),
                        ids.toArray()));
    }
}
