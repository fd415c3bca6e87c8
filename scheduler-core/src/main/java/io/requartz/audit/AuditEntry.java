package io.requartz.audit;

import java.time.Instant;

/**
 * One accepted change. Never changed, never deleted by Requartz.
 *
 * @param seq grows with each entry
 * @param actor who: {@code token:anna}, {@code cli:anna}, {@code system}
 * @param action what, as in {@code scope.disable}
 * @param kind of what was changed, as in {@code scope}
 * @param subject which one: a name or an id
 * @param before as it was, JSON; null if it was not there, or does not matter
 * @param after as it is since, JSON; null if it is gone, or does not matter
 * @param note why; null if nobody said
 */
public record AuditEntry(
        long seq,
        Instant at,
        String actor,
        String action,
        String kind,
        String subject,
        String before,
        String after,
        String note) {}
