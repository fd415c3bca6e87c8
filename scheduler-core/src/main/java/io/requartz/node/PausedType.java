package io.requartz.node;

import java.time.Instant;

/** A job type that a person holds. */
public record PausedType(String type, Instant since, String by, String note) {}
