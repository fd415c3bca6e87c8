package io.requartz.run;

import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.run.RunRepository.Holder;
import io.requartz.run.RunRepository.Keyed;
import io.requartz.tx.Tx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which idempotency and unique keys of some new runs are taken, and by which runs. Not thread-safe. */
final class TakenKeys {

    private final Map<Key, Keyed> submitted = new HashMap<>();
    private final Map<Key, Holder> holders = new HashMap<>();

    private record Key(String type, String key) {}

    static boolean any(List<Fresh> wanted) {
        return wanted.stream().map(Fresh::run).anyMatch(run -> run.idempotencyKey() != null || run.uniqueKey() != null);
    }

    /**
     * Adds what the database knows: a question a type and kind of key, and none if there are no keys. What is older than what is known
     * already, as a caller's transaction may see it, is left out.
     */
    TakenKeys read(Tx tx, RunRepository runs, List<Fresh> wanted) {
        // these first: an open run that is seen here may be the one of the same submission, which is then seen below
        keysByType(wanted, Run::uniqueKey)
                .forEach((type, keys) -> runs.findHolders(tx, type, keys)
                        .forEach(found -> holders.merge(
                                new Key(type, found.key()),
                                found,
                                (known, other) -> other.version() > known.version() ? other : known)));
        keysByType(wanted, Run::idempotencyKey)
                .forEach((type, keys) -> runs.findByIdempotencyKey(tx, type, keys)
                        .forEach(
                                found -> submitted.put(new Key(type, found.run().idempotencyKey()), found)));
        return this;
    }

    private static Map<String, Set<String>> keysByType(List<Fresh> wanted, Function<Run, String> keyOf) {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        for (Fresh fresh : wanted) {
            String key = keyOf.apply(fresh.run());
            if (key != null) {
                keys.computeIfAbsent(fresh.run().type(), type -> new LinkedHashSet<>())
                        .add(key);
            }
        }
        return keys;
    }

    /**
     * @return the run that was submitted with the same idempotency key and payload; empty if the keys are free
     * @throws Problem of kind CONFLICT if a key is another run's
     */
    Optional<Submitted> answer(Fresh wanted) {
        Run run = wanted.run();
        Keyed same = submitted.get(new Key(run.type(), run.idempotencyKey()));
        if (same != null) {
            if (!same.payloadHash().equals(wanted.payloadHash())) {
                throw Problem.conflict(
                        "The idempotency key was used for run " + same.run().id() + ", with another payload.",
                        "Send the payload as it was to get that run, or choose a new key for new work.");
            }
            return Optional.of(new Submitted(same.run(), false));
        }
        Holder holder = holders.get(new Key(run.type(), run.uniqueKey()));
        if (holder != null && holder.open().isPresent()) {
            throw openAlready(holder.run());
        }
        return Optional.empty();
    }

    /**
     * Its keys, which are free, are its own from now on.
     *
     * @return what is to be inserted
     */
    Fresh take(Fresh wanted) {
        Run run = wanted.run();
        if (run.idempotencyKey() != null) {
            submitted.put(new Key(run.type(), run.idempotencyKey()), new Keyed(run, wanted.payloadHash()));
        }
        if (run.uniqueKey() == null) {
            return wanted;
        }
        Key key = new Key(run.type(), run.uniqueKey());
        Holder before = holders.get(key);
        holders.put(key, new Holder(run.uniqueKey(), before == null ? 1 : before.version() + 1, run));
        return before == null ? wanted : new Fresh(run, wanted.payloadHash(), before.version());
    }

    static Problem openAlready(Run open) {
        return Problem.conflict(
                "Run " + open.id() + " with the same unique key is still open (" + open.state() + ").",
                "Wait until it ends, or cancel it first.");
    }
}
