package io.requartz.run;

import java.time.Instant;

/**
 * Something that happened to a run outside of its attempts: a person's act, an expiry. Append-only; with the attempts it is the
 * run's whole history.
 *
 * @param kind {@code cancel_requested}, {@code cancelled}, {@code expired}, {@code retried}, {@code edited}, {@code resolved},
 *     {@code rejected}, {@code due_now}, {@code copied}, {@code assigned}
 * @param from state before; null if the state did not change
 * @param to state after; null if the state did not change
 * @param note the person's words; may be null
 * @param detail JSON, as what an edit changed of the payload, or the bulk action that it was a part of; may be null
 */
public record RunEvent(
        String runId, Instant at, String kind, RunState from, RunState to, String actor, String note, String detail) {}
