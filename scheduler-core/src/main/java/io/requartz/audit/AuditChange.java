package io.requartz.audit;

import java.util.Objects;

/**
 * What is to be told of a change; see {@link AuditEntry}.
 *
 * @param before JSON, or null
 * @param after JSON, or null
 * @param note null if nobody said why
 */
public record AuditChange(String action, String kind, String subject, String before, String after, String note) {

    public AuditChange {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
    }

    /** One that has no before and after. */
    public static AuditChange of(String action, String kind, String subject, String note) {
        return new AuditChange(action, kind, subject, null, null, note);
    }
}
