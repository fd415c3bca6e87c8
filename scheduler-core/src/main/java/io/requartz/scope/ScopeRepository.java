package io.requartz.scope;

import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where scopes are kept. A scope's row is never deleted, so an id that was given out stays good. */
public interface ScopeRepository {

    /** A scope's id, with the label that it has now. */
    record Known(long id, String label) {}

    /** Those of the scopes of this name that there are, by the hashes of their keys. */
    Map<String, Known> find(Tx tx, String name, Collection<String> keyHashes);

    /** A scope to be. */
    record Fresh(Map<String, String> dimensions, String keyHash, String label) {}

    /**
     * @return their ids, in the order of the scopes
     * @throws io.requartz.tx.DuplicateKeyException from the transaction, if one of them is there already
     */
    List<Long> insert(Tx tx, String name, List<Fresh> scopes, Instant now);

    void relabel(Tx tx, long id, String label);

    Optional<Scope> get(Tx tx, long id);

    /** Those that there are, in the order of their ids, and nobody else may change them until the commit. */
    List<Scope> lock(Tx tx, Collection<Long> ids);

    /** Their states as they are given, whatever they were; whoever writes has them locked. */
    void write(Tx tx, List<Scope> changed);

    /** In the order of their ids, beginning after {@code cursor}; null: from the first. */
    List<Scope> list(Tx tx, ScopeFilter filter, int limit, Long cursor);

    /** Those of them that are disabled. */
    List<Scope> disabled(Tx tx, Collection<Long> ids);

    /** Ids of those of them that are enabled. */
    List<Long> enabled(Tx tx, Collection<Long> ids);

    /** Counts fires that made no run. */
    void skip(Tx tx, Map<Long, Integer> fires);

    void nextReleaseAt(Tx tx, long id, Instant at);

    /** The dimensions that any scope has. */
    List<String> dimensions(Tx tx);

    /** What people call the scope of each of these runs; runs without scope are left out. */
    Map<String, String> labels(Tx tx, Collection<String> runs);

    /** How many runs each of these holds; those that hold none are left out. */
    Map<Long, Long> held(Tx tx, Collection<Long> ids);
}
