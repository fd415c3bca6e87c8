package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Cycles and failures for tests: all at noon on a day in 2026. */
final class Cycles {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Cycles() {}

    static CycleState afterFailure(int failures) {
        return startedAgo(failures, Duration.ofMinutes(1));
    }

    static CycleState startedAgo(int failures, Duration ago) {
        return new CycleState(failures, Map.of(), 0, NOW.minus(ago), NOW.minus(ago), Duration.ZERO);
    }

    static CycleState lostNodes(int lost) {
        return new CycleState(
                lost,
                Map.of(ErrorCategory.NODE_LOST, lost),
                lost,
                NOW.minusSeconds(60),
                NOW.minusSeconds(60),
                Duration.ZERO);
    }

    static Failure failure(ErrorCategory category) {
        return Failure.of(category, "it failed");
    }

    static Failure askingFor(Duration wait) {
        return new Failure(ErrorCategory.RATE_LIMIT, null, "slow down", null, 429, wait, null);
    }
}
