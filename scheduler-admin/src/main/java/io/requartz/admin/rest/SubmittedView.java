package io.requartz.admin.rest;

import io.requartz.run.Submitted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One of many submitted runs as an answer; all of it is at {@code GET /runs/{id}}. */
record SubmittedView(
        String id,
        boolean created,
        String state,
        @Nullable Instant dueAt,
        @Nullable String idempotencyKey) {

    static SubmittedView of(Submitted submitted) {
        return new SubmittedView(
                submitted.run().id(),
                submitted.created(),
                submitted.run().state().name(),
                submitted.run().dueAt(),
                submitted.run().idempotencyKey());
    }
}
