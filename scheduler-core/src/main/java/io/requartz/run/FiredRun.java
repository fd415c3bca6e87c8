package io.requartz.run;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A run at the start of an attempt: all that executing it and deciding what follows needs. The run's own counters do not change
 * while the attempt is open, so what is decided from them is right without reading them again.
 *
 * @param fireId fire instance id: boot id and counter
 * @param attempt number of the attempt that begins
 * @param failures of this cycle, before this attempt
 * @param cycleStartedAt the start of the cycle's first attempt, perhaps this one
 * @param dueAt when it was to start
 * @param startedAt when it was claimed
 * @param parked how long guards have held it in this cycle
 */
public record FiredRun(
        String fireId,
        long token,
        String runId,
        String type,
        String payload,
        int payloadVersion,
        Priority priority,
        int attempt,
        int cycle,
        int failures,
        Map<ErrorCategory, Integer> failuresByCategory,
        int nodesLost,
        Instant createdAt,
        Instant cycleStartedAt,
        Instant dueAt,
        Instant startedAt,
        Duration parked,
        Origin origin) {

    public FiredRun {
        failuresByCategory = Map.copyOf(failuresByCategory);
    }

    public FiredRun withToken(long known) {
        return new FiredRun(
                fireId,
                known,
                runId,
                type,
                payload,
                payloadVersion,
                priority,
                attempt,
                cycle,
                failures,
                failuresByCategory,
                nodesLost,
                createdAt,
                cycleStartedAt,
                dueAt,
                startedAt,
                parked,
                origin);
    }

    /** Sent downstream by jobs; an edited payload is another piece of work. */
    public String idempotencyKey() {
        return runId + "-" + payloadVersion;
    }
}
