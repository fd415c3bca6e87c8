package io.requartz.jdbc;

import io.requartz.run.Run;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.run.RunRepository.Holder;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * RQ_RUN_KEYS: which run has a key. A run's end writes nothing here: a unique key stays that of the run that had it, until another takes it,
 * who has seen that this one is not open. Each taking, and each reopening of a run that still has its key, raises the row's version, so that
 * what was seen is compared and set: no lock is held between seeing and taking, and nobody's row is ever deleted and made anew, which
 * would lock the gap around it on MySQL and MariaDB.
 */
final class RunKeyRows {

    static final String IDEMPOTENCY = "IDEMPOTENCY";
    static final String UNIQUE = "UNIQUE";

    /** @param seen the version that is to be replaced; null: nobody has had this key */
    private record Wanted(String runId, String kind, String type, String key, Long seen) {

        /** In which everybody takes keys, so that nobody waits for one another. */
        static final Comparator<Wanted> ORDER =
                Comparator.comparing(Wanted::kind).thenComparing(Wanted::type).thenComparing(Wanted::key);
    }

    private RunKeyRows() {}

    /** The keys of these values, for a FROM clause: KEY_VALUE, RUN_ID and KEY_VERSION; of {@link #parameters}. */
    static String keys(Collection<String> values) {
        return "(SELECT KEY_VALUE, RUN_ID, VERSION AS KEY_VERSION FROM RQ_RUN_KEYS WHERE KIND = ? AND TYPE = ? AND KEY_VALUE IN ("
                + Sql.marks(values) + ")) k";
    }

    static List<Sql.Parameter> parameters(String kind, String type, Collection<String> values) {
        List<Sql.Parameter> parameters = Sql.parameters(kind, type);
        values.forEach(value -> parameters.add(new Sql.Parameter(value)));
        return parameters;
    }

    /**
     * Gives new runs their keys.
     *
     * @throws DuplicateKeyException here or from the transaction, if one has been taken since it was looked at
     */
    static void hold(Tx tx, List<Fresh> runs) {
        List<Wanted> wanted = new ArrayList<>();
        for (Fresh fresh : runs) {
            Run run = fresh.run();
            if (run.idempotencyKey() != null) {
                wanted.add(new Wanted(run.id(), IDEMPOTENCY, run.type(), run.idempotencyKey(), null));
            }
            if (run.uniqueKey() != null) {
                wanted.add(new Wanted(run.id(), UNIQUE, run.type(), run.uniqueKey(), fresh.keySeen()));
            }
        }
        take(tx, wanted);
    }

    private static void take(Tx tx, List<Wanted> wanted) {
        takeOver(
                tx,
                wanted.stream()
                        .filter(key -> key.seen() != null)
                        .sorted(Wanted.ORDER)
                        .toList());
        Sql.batch(
                tx,
                "INSERT INTO RQ_RUN_KEYS (RUN_ID, KIND, TYPE, KEY_VALUE, VERSION) VALUES (?, ?, ?, ?, 1)",
                wanted.stream()
                        .filter(key -> key.seen() == null)
                        .sorted(Wanted.ORDER)
                        .map(key -> new Object[] {key.runId(), key.kind(), key.type(), key.key()})
                        .toList());
    }

    private static void takeOver(Tx tx, List<Wanted> wanted) {
        List<Wanted> taken = Sql.batchChanging(
                tx, """
                UPDATE RQ_RUN_KEYS SET RUN_ID = ?, VERSION = VERSION + 1
                WHERE KIND = ? AND TYPE = ? AND KEY_VALUE = ? AND VERSION = ?""", wanted, key -> new Object[] {key.runId(), key.kind(), key.type(), key.key(), key.seen()});
        if (taken.size() < wanted.size()) {
            throw new DuplicateKeyException(null);
        }
    }

    /**
     * For a run that was not open, is locked, and opens again: whoever has seen that it was not open comes too late.
     *
     * @return false if its unique key is another run's by now
     */
    static boolean holdsStill(Tx tx, Run run) {
        return run.uniqueKey() == null || Sql.update(tx, """
                        UPDATE RQ_RUN_KEYS SET VERSION = VERSION + 1
                        WHERE KIND = 'UNIQUE' AND TYPE = ? AND KEY_VALUE = ? AND RUN_ID = ?""", run.type(), run.uniqueKey(), run.id()) == 1;
    }

    /**
     * Gives a run that opens again its unique key back.
     *
     * @throws DuplicateKeyException here or from the transaction, if it is an open run's
     */
    static void takeBack(Tx tx, Run run, List<Holder> holders) {
        if (holders.stream().anyMatch(holder -> holder.open().isPresent())) {
            throw new DuplicateKeyException(null);
        }
        Long seen = holders.isEmpty() ? null : holders.get(0).version();
        take(tx, List.of(new Wanted(run.id(), UNIQUE, run.type(), run.uniqueKey(), seen)));
    }
}
