package io.requartz.admin.rest;

import io.requartz.run.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt as an answer. */
record AttemptView(
        int number,
        int cycle,
        String node,
        long token,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Double durationSeconds,
        @Nullable String outcome,
        @Nullable String category,
        @Nullable String exceptionClass,
        @Nullable String message,
        @Nullable String stackTrace,
        @Nullable Integer httpStatus,
        @Nullable String responseExcerpt,
        @Nullable Decision decision,
        @Nullable Instant stuckSince) {

    /** What was decided after the attempt. */
    record Decision(
            String nextState,
            @Nullable Double delaySeconds,
            @Nullable String strategy,
            @Nullable Instant nextAt,
            @Nullable String why) {}

    static AttemptView of(Attempt attempt) {
        Duration took = attempt.endedAt() == null ? null : Duration.between(attempt.startedAt(), attempt.endedAt());
        return new AttemptView(
                attempt.number(),
                attempt.cycle(),
                attempt.node(),
                attempt.token(),
                attempt.startedAt(),
                attempt.endedAt(),
                seconds(took),
                RunView.name(attempt.outcome()),
                RunView.name(attempt.category()),
                attempt.exceptionClass(),
                attempt.message(),
                attempt.stackTrace(),
                attempt.httpStatus(),
                attempt.responseExcerpt(),
                attempt.nextState() == null
                        ? null
                        : new Decision(
                                attempt.nextState().name(),
                                seconds(attempt.delay()),
                                attempt.strategy(),
                                attempt.nextAt(),
                                attempt.why()),
                attempt.stuckSince());
    }

    static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
