package io.requartz.deadletter;

import io.requartz.api.ErrorCategory;
import java.time.Instant;
import java.util.Map;

/**
 * Dead letters that failed in the same way.
 *
 * @param count how many
 * @param firstAt when the first of them died
 * @param lastAt when the last of them died
 * @param types how many of each job type
 * @param sampleRun the run that was submitted last; category, exception and message are its
 */
public record DeadLetterGroup(
        String fingerprint,
        long count,
        Instant firstAt,
        Instant lastAt,
        Map<String, Long> types,
        String sampleRun,
        ErrorCategory category,
        String exceptionClass,
        String message) {

    public DeadLetterGroup {
        types = Map.copyOf(types);
    }
}
