package io.requartz.run;

import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where runs, their attempts and their events are kept. Each change raises the run's version. */
public interface RunRepository {

    /**
     * A run to be.
     *
     * @param payloadHash of the payload as submitted; what a repeated idempotency key is compared by. Empty without such a key
     * @param keySeen version of the holder of its unique key, who was not open; null without one
     */
    record Fresh(Run run, String payloadHash, Long keySeen) {

        Fresh(Run run, String payloadHash) {
            this(run, payloadHash, null);
        }
    }

    /**
     * Runs that wait for their first attempt, each with its trigger.
     *
     * @throws io.requartz.tx.DuplicateKeyException here or from the transaction, if a key has been taken since it was looked at
     */
    void insert(Tx tx, List<Fresh> runs);

    /** As {@link #insert}, in a transaction of its own, which is a single statement where the database has one for it. */
    void commit(Transactions transactions, List<Fresh> runs);

    Optional<Run> find(Tx tx, String id);

    /** As {@link #find}, and nobody else may change it until the commit. */
    Optional<Run> lock(Tx tx, String id);

    /** Locks these, as {@link #lock} does, in the order of their ids; without payloads and results. Those that are gone are missing. */
    List<Run> lockAll(Tx tx, Collection<String> ids);

    /** The runs of a type that were submitted with one of these keys, with the hashes of their payloads as submitted. */
    List<Keyed> findByIdempotencyKey(Tx tx, String type, Collection<String> keys);

    record Keyed(Run run, String payloadHash) {}

    /** Which runs have these unique keys of a type, open or not; keys that no run has had are missing. */
    List<Holder> findHolders(Tx tx, String type, Collection<String> uniqueKeys);

    /**
     * Who has a unique key.
     *
     * @param version grows whenever the key is taken, and when the run opens again
     * @param run without payload and result; null if it is gone
     */
    record Holder(String key, long version, Run run) {

        /** Empty if the key is free for others. */
        public Optional<Run> open() {
            return Optional.ofNullable(run).filter(holder -> holder.state().open());
        }
    }

    /**
     * Without payloads and results.
     *
     * @param after the last run of the part before; null: from the beginning
     */
    List<Run> list(Tx tx, RunFilter filter, RunSort sort, int limit, RunSort.After after);

    /** The newest run of a scope; empty if it has none any more. */
    Optional<Run> latestInScope(Tx tx, long scopeId);

    Map<RunState, Long> countByState(Tx tx);

    /**
     * How attempts ended since then, by minute, oldest first; looks at no more than the newest attempts, so that it costs the same
     * however many there are.
     */
    List<Activity> activity(Tx tx, Instant since, int newest);

    List<Attempt> attempts(Tx tx, String id);

    List<AttemptLog> logs(Tx tx, String id);

    List<RunEvent> events(Tx tx, String id);

    void append(Tx tx, RunEvent event);

    void markCancelled(Tx tx, String id, String reason, Instant at);

    void markCancelRequested(Tx tx, String id, Actor by);

    void markDue(Tx tx, String id, RunState state, Instant due);

    /** A PARKED run goes on otherwise than by its guard: its state is changed in the same transaction. */
    void leavePark(Tx tx, String id, Instant now);

    /** From now on it is a person's. */
    void markManual(Tx tx, String id);

    /** @param scopeId null: none */
    void rescope(Tx tx, String id, Long scopeId);

    /** A DEAD run begins a new cycle, its failures at zero. */
    void beginCycle(Tx tx, Run run, Instant due);

    /** A DEAD run is settled by a person. */
    void settle(Tx tx, String id, RunState state, Instant at);

    void edit(Tx tx, String id, RunEdit edit);

    /** Which of these running runs somebody asked to cancel. */
    List<String> cancelRequested(Tx tx, Collection<String> ids);
}
