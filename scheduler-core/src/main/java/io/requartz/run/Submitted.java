package io.requartz.run;

/**
 * @param created false if a run with the same idempotency key and payload was there already
 */
public record Submitted(Run run, boolean created) {}
