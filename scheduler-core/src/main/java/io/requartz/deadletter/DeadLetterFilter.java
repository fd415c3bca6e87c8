package io.requartz.deadletter;

import io.requartz.api.ErrorCategory;

/** Which dead letters a list shows; null means any. */
public record DeadLetterFilter(
        DeadLetterStatus status, String type, DeadLetterReason reason, ErrorCategory category, String fingerprint) {

    public static final DeadLetterFilter OPEN = new DeadLetterFilter(DeadLetterStatus.OPEN, null, null, null, null);
}
