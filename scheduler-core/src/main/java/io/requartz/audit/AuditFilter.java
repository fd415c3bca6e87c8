package io.requartz.audit;

import java.time.Instant;

/**
 * Which entries; null means any.
 *
 * @param since at or after
 * @param until before
 */
public record AuditFilter(String actor, String action, String kind, String subject, Instant since, Instant until) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);
}
