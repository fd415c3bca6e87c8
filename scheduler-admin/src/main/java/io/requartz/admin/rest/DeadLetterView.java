package io.requartz.admin.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.deadletter.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A dead letter as an answer; its id is the run's. */
record DeadLetterView(
        String id,
        int cycle,
        String type,
        String status,
        String reason,
        @Nullable String category,
        @Nullable String exceptionClass,
        @Nullable String message,
        @Nullable String fingerprint,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode payload,
        int attempts,
        Instant diedAt,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        @Nullable String note) {

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.runId(),
                letter.cycle(),
                letter.type(),
                letter.status().name(),
                letter.reason().label(),
                RunView.name(letter.category()),
                letter.exceptionClass(),
                letter.message(),
                letter.fingerprint(),
                Json.stored(letter.payload()),
                letter.attempts(),
                letter.diedAt(),
                letter.closedAt(),
                letter.closedBy(),
                letter.note());
    }
}
