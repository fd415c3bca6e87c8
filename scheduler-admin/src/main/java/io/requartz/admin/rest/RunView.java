package io.requartz.admin.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.api.ErrorCategory;
import io.requartz.run.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as an answer; payload and result are left out of lists. */
record RunView(
        String id,
        String type,
        String plugin,
        String state,
        String priority,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode payload,
        int payloadVersion,
        List<String> tags,
        @Nullable String idempotencyKey,
        @Nullable String uniqueKey,
        int cycle,
        int attempts,
        int failures,
        int nodesLost,
        Instant createdAt,
        String createdBy,
        @Nullable Instant dueAt,
        @Nullable Instant cycleStartedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant finishedAt,
        @Nullable String lastCategory,
        @Nullable String lastMessage,
        @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode result,
        @Nullable Progress progress,
        @Nullable String cancelRequestedBy,
        @Nullable String node,
        @Nullable String copyOf,
        @Nullable Long scopeId,
        boolean manual,
        long version) {

    record Progress(int percent, @Nullable String message) {}

    static RunView of(Run run) {
        return new RunView(
                run.id(),
                run.type(),
                run.plugin(),
                run.state().name(),
                run.priority().label(),
                Json.stored(run.payload()),
                run.payloadVersion(),
                run.tags(),
                run.idempotencyKey(),
                run.uniqueKey(),
                run.cycle(),
                run.attempts(),
                run.failures(),
                run.nodesLost(),
                run.createdAt(),
                run.createdBy(),
                run.dueAt(),
                run.cycleStartedAt(),
                run.expiresAt(),
                run.finishedAt(),
                name(run.lastCategory()),
                run.lastMessage(),
                run.reason(),
                Json.stored(run.result()),
                run.progressPercent() == null ? null : new Progress(run.progressPercent(), run.progressMessage()),
                run.cancelRequestedBy(),
                run.node(),
                run.copyOf(),
                run.origin().scopeId(),
                run.origin().manual(),
                run.version());
    }

    static @Nullable String name(@Nullable ErrorCategory category) {
        return category == null ? null : category.name();
    }

    static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
