package io.requartz.audit;

import io.requartz.run.Actor;
import io.requartz.tx.Tx;
import java.util.List;

/** Where entries are kept. */
public interface AuditLog {

    /** Part of the caller's transaction: the entry is there if and only if the change is. */
    void append(Tx tx, Actor by, AuditChange change);

    /**
     * Newest first.
     *
     * @param before only entries with a smaller number; null: from the newest on
     */
    List<AuditEntry> list(Tx tx, AuditFilter filter, int limit, Long before);
}
