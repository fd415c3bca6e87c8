package io.requartz.run;

import io.requartz.api.ErrorCategory;
import java.time.Instant;
import java.util.List;

/**
 * A run as it stands in the database. Immutable; a fresh one is read for each decision. Fields that a run may lack are null.
 *
 * @param id UUID version 7: ids sort by submission time
 * @param plugin plugin that the type came from when the run was submitted
 * @param payloadVersion 1, and one more with each edit
 * @param cycle 1, and one more with each retry by a person
 * @param attempts attempts started in all cycles
 * @param failures failed attempts of this cycle: the {@code n} of retry policies
 * @param nodesLost attempts of this cycle that were lost with their node; counted in {@code failures} too
 * @param dueAt when the next attempt may start; null unless SCHEDULED or RETRYING
 * @param cycleStartedAt when this cycle's first attempt started
 * @param expiresAt cancelled if its first attempt has not begun by then
 * @param finishedAt when it became settled or DEAD
 * @param lastCategory of the last failed attempt
 * @param reason why it is CANCELLED, PARKED or DEAD, in a word: {@code expired}, {@code exhausted}, ...
 * @param cancelRequestedBy who asked to cancel while it was running
 * @param node where its open attempt runs
 * @param copyOf the settled run that this one repeats
 * @param version grows with each change; what {@code If-Match} compares
 */
public record Run(
        String id,
        String type,
        String plugin,
        RunState state,
        Priority priority,
        String payload,
        int payloadVersion,
        List<String> tags,
        String idempotencyKey,
        String uniqueKey,
        int cycle,
        int attempts,
        int failures,
        int nodesLost,
        Instant createdAt,
        String createdBy,
        Instant dueAt,
        Instant cycleStartedAt,
        Instant expiresAt,
        Instant finishedAt,
        ErrorCategory lastCategory,
        String lastMessage,
        String reason,
        String result,
        Integer progressPercent,
        String progressMessage,
        String cancelRequestedBy,
        String node,
        String copyOf,
        Origin origin,
        long version) {

    public Run {
        tags = List.copyOf(tags);
    }
}
