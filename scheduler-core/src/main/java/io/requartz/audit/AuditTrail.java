package io.requartz.audit;

import io.requartz.problem.Problem;
import io.requartz.run.Page;
import io.requartz.tx.Transactions;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The audit as people read it. Thread-safe. All methods throw {@link Problem}. */
public final class AuditTrail {

    private static final int PAGE = 200;
    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}");

    private final Transactions transactions;
    private final AuditLog log;

    public AuditTrail(Transactions transactions, AuditLog log) {
        this.transactions = Objects.requireNonNull(transactions, "transactions");
        this.log = Objects.requireNonNull(log, "log");
    }

    /**
     * Newest first.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<AuditEntry> list(AuditFilter filter, int limit, String cursor) {
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".", "Ask for less and follow 'next'.");
        }
        if (cursor != null && !CURSOR.matcher(cursor).matches()) {
            throw Problem.invalid("That is not a cursor of this list.", "Take it from 'next' of the page before.");
        }
        Long before = cursor == null ? null : Long.valueOf(cursor);
        List<AuditEntry> found = transactions.call("list the audit", tx -> log.list(tx, filter, limit + 1, before));
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit),
                        Long.toString(found.get(limit - 1).seq()));
    }
}
