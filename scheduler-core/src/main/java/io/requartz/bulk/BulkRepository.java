package io.requartz.bulk;

import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where bulk actions are kept, and how they find what they are about. */
public interface BulkRepository {

    /**
     * What matches now.
     *
     * @param upTo null if there is none
     */
    record Extent(long matched, BulkAction.UpTo upTo) {}

    Extent extent(Tx tx, BulkCriteria criteria);

    /** The next that match, in the order of their ids, as seen without a lock. */
    List<Candidate> next(Tx tx, BulkAction action, int limit);

    void insert(Tx tx, BulkAction action);

    /** Writes state, progress and whoever worked on it. */
    void update(Tx tx, BulkAction action);

    Optional<BulkAction> find(Tx tx, String id);

    /** As {@link #find}, and nobody else may change it until the commit. */
    Optional<BulkAction> lock(Tx tx, String id);

    /** A running action with a part that is due by then, locked; none that another transaction is at. */
    Optional<BulkAction> lockNext(Tx tx, Instant dueBy);

    /** Keeps what was said of runs that could not be dealt with. */
    void refuse(Tx tx, String id, List<BulkRefusal> refusals);

    /** In the order in which the action met them, beginning after the run with id {@code cursor}. */
    List<BulkRefusal> refusals(Tx tx, String id, int limit, String cursor);

    /** Newest first, beginning after the one with id {@code cursor}. */
    List<BulkAction> list(Tx tx, BulkFilter filter, int limit, String cursor);
}
