package io.requartz.deadletter;

/** What people made of a dead letter. */
public enum DeadLetterStatus {
    OPEN,
    RETRIED,
    RESOLVED,
    REJECTED
}
