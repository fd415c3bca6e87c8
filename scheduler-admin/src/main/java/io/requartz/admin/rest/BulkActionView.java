package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkCriteriaFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A bulk action as an answer. */
record BulkActionView(
        String id,
        String kind,
        @Nullable JsonNode criteria,
        String state,
        String createdBy,
        @Nullable String note,
        @Nullable Integer ratePerSecond,
        long matched,
        long done,
        long skipped,
        long failed,
        long left,
        int percent,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant workedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant predictedEnd,
        @Nullable String node,
        long version) {

    static BulkActionView of(BulkAction action) {
        return new BulkActionView(
                action.id(),
                action.kind().label(),
                action.criteria() == null ? null : Json.stored(BulkCriteriaFormat.write(action.criteria())),
                action.state().name(),
                action.actor(),
                action.note(),
                action.ratePerSecond(),
                action.progress().matched(),
                action.progress().done(),
                action.progress().skipped(),
                action.progress().failed(),
                action.progress().left(),
                action.progress().percent(),
                action.progress().lastError(),
                action.createdAt(),
                action.workedAt(),
                action.finishedAt(),
                action.predictedEnd().orElse(null),
                action.node(),
                action.version());
    }
}
