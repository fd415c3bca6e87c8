package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.util.Map;

/** How far apart attempts are where no policy names a backoff: by category, all from a base of 10 seconds. */
final class CategoryBackoffs {

    static final Duration BASE = Duration.ofSeconds(10);

    private static final Rule EXPONENTIAL = Rule.NONE.withBackoff(new Backoff.Exponential(BASE));

    private static final Map<ErrorCategory, Rule> OTHERS = Map.of(
            ErrorCategory.RATE_LIMIT, Rule.NONE.withBackoff(new Backoff.Aggressive(BASE)),
            ErrorCategory.TIMEOUT, Rule.NONE.withBackoff(new Backoff.Linear(BASE)),
            ErrorCategory.TEMPORARY, EXPONENTIAL.withFirst(Duration.ZERO),
            ErrorCategory.NODE_LOST, Rule.NONE.withBackoff(new Backoff.Immediate()));

    private CategoryBackoffs() {}

    static Rule of(ErrorCategory category) {
        return OTHERS.getOrDefault(category, EXPONENTIAL);
    }
}
