package io.requartz.deadletter;

import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where dead letters are kept; the store writes them with the outcome that made them. */
public interface DeadLetterRepository {

    /** Newest run first, beginning after the letter with this key; without payloads. */
    List<DeadLetter> list(Tx tx, DeadLetterFilter filter, int limit, String cursor);

    /** The latest of this run. */
    Optional<DeadLetter> find(Tx tx, String runId);

    /** By fingerprint, the largest first. */
    List<DeadLetterGroup> groups(Tx tx, DeadLetterFilter filter, int limit);

    /**
     * Says who is to look after an open letter.
     *
     * @param assignee null: nobody any more
     */
    void assign(Tx tx, String runId, int cycle, String assignee, Instant at, String by);

    /** An open letter gets its end. */
    void close(Tx tx, String runId, int cycle, DeadLetterStatus status, Instant at, String by, String note);
}
