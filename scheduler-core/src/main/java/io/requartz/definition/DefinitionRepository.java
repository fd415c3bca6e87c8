package io.requartz.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.tx.Tx;
import java.util.List;
import java.util.Optional;

/** Where definitions are kept. */
public interface DefinitionRepository {

    /** The newest set of definitions, and how often anything was changed. */
    record State(long set, String hash, long changes) {}

    State state(Tx tx);

    /** As {@link #state}, and nobody else changes any definition until the commit. */
    State lock(Tx tx);

    List<Definition> all(Tx tx);

    Optional<Definition> find(Tx tx, DefinitionKind kind, String name);

    /** What configuration says of it; a live change of it stays. */
    void configure(Tx tx, DefinitionKind kind, String name, JsonNode configured, long set);

    /** Everything that is configured, but not in this set. */
    void retireOthers(Tx tx, long set);

    /** Stores the live part, version and retirement of a definition, which may be new. */
    void store(Tx tx, Definition definition);

    /** To be called once in each transaction that changes anything: tells the other nodes. */
    void changed(Tx tx, State now);
}
