package io.requartz.deadletter;

import io.requartz.api.ErrorCategory;
import java.time.Instant;

/**
 * A run's death in one of its cycles, and what became of it. Found by the run's id. Null where nothing is known.
 *
 * @param fingerprint the same for failures of one kind: hash of category, exception and normalized message
 * @param payload as it was when the run died
 * @param note what the person wrote who closed it
 * @param assignee who is to look after it
 */
public record DeadLetter(
        String runId,
        int cycle,
        String type,
        DeadLetterStatus status,
        DeadLetterReason reason,
        ErrorCategory category,
        String exceptionClass,
        String message,
        String fingerprint,
        String payload,
        int attempts,
        Instant diedAt,
        Instant closedAt,
        String closedBy,
        String note,
        String assignee,
        Instant assignedAt,
        String assignedBy) {}
