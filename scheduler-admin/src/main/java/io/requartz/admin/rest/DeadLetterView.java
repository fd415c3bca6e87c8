package io.requartz.admin.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetters;
import io.requartz.run.PayloadDifference;
import java.time.Instant;
import java.util.List;
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
        @Nullable String note,
        @Nullable String assignee,
        @Nullable Instant assignedAt,
        @Nullable String assignedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode payloadNow,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Change> payloadChanges,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer payloadChangesLeftOut) {

    /** What differs between the payload that the run died of and the one that it has now. */
    record Change(
            String kind,
            String path,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode from,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode to) {

        static Change of(PayloadDifference.Change change) {
            return new Change(change.kind().label(), change.path(), change.from(), change.to());
        }
    }

    /** With both payloads. */
    static DeadLetterView of(DeadLetters.Compared compared) {
        PayloadDifference difference = compared.difference();
        return of(
                compared.letter(),
                Json.stored(compared.run().payload()),
                difference.changes().stream().map(Change::of).toList(),
                difference.leftOut() == 0 ? null : difference.leftOut());
    }

    static DeadLetterView of(DeadLetter letter) {
        return of(letter, null, null, null);
    }

    private static DeadLetterView of(
            DeadLetter letter,
            @Nullable JsonNode payloadNow,
            @Nullable List<Change> changes,
            @Nullable Integer leftOut) {
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
                letter.note(),
                letter.assignee(),
                letter.assignedAt(),
                letter.assignedBy(),
                payloadNow,
                changes,
                leftOut);
    }
}
