package io.requartz.deadletter;

import io.requartz.api.ErrorCategory;
import java.time.Instant;

/**
 * Which dead letters a list shows; null means any.
 *
 * @param assignee who is to look after it; an empty text: nobody
 * @param since died at or after
 * @param until died before
 */
public record DeadLetterFilter(
        DeadLetterStatus status,
        String type,
        DeadLetterReason reason,
        ErrorCategory category,
        String fingerprint,
        String assignee,
        Instant since,
        Instant until) {

    public static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null);
    public static final DeadLetterFilter OPEN = ALL.withStatus(DeadLetterStatus.OPEN);

    public DeadLetterFilter(
            DeadLetterStatus status, String type, DeadLetterReason reason, ErrorCategory category, String fingerprint) {
        this(status, type, reason, category, fingerprint, null, null, null);
    }

    public DeadLetterFilter withStatus(DeadLetterStatus wanted) {
        return new DeadLetterFilter(wanted, type, reason, category, fingerprint, assignee, since, until);
    }
}
