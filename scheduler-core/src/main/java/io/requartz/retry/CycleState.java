package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What happened to a run in its present cycle. The failure that is now decided about is counted in all of the numbers.
 *
 * @param failures failed attempts, whatever their category, from 1: the {@code n} of policies
 * @param failuresByCategory a category that is missing counts as 1 for its own failure
 * @param nodesLost attempts lost with their node
 * @param cycleStartedAt when the cycle's first attempt started
 * @param createdAt when the cycle came to be: the run's submission, for a later cycle the person's retry, or {@code measure-from:
 *     creation} would lie in the past for ever
 * @param parked how long guards held the run back in this cycle
 */
public record CycleState(
        int failures,
        Map<ErrorCategory, Integer> failuresByCategory,
        int nodesLost,
        Instant cycleStartedAt,
        Instant createdAt,
        Duration parked) {

    public CycleState {
        if (failures < 1) {
            throw new IllegalArgumentException(
                    "failures is " + failures + "; expected at least 1, the one decided about");
        }
        failuresByCategory = Map.copyOf(failuresByCategory);
        Objects.requireNonNull(cycleStartedAt, "cycleStartedAt");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(parked, "parked");
    }

    int failuresOf(ErrorCategory category) {
        return Math.max(1, failuresByCategory.getOrDefault(category, 1));
    }
}
