package io.requartz.run;

import io.requartz.api.ErrorCategory;
import java.time.Instant;
import java.util.Set;

/**
 * Which runs a list shows; null and empty mean any. {@code text} matches the beginning of an id or a key, or a whole tag.
 *
 * @param since submitted at or after
 * @param until submitted before
 * @param minAttempts at least so many attempts in all
 * @param scopeId of this scope
 */
public record RunFilter(
        Set<RunState> states,
        String type,
        ErrorCategory category,
        String tag,
        String text,
        Instant since,
        Instant until,
        Instant dueBefore,
        int minAttempts,
        Long scopeId) {

    public static final RunFilter ALL = new RunFilter(Set.of(), null, null, null, null, null, null, null, 0, null);

    /** Of any scope. */
    public RunFilter(
            Set<RunState> states,
            String type,
            ErrorCategory category,
            String tag,
            String text,
            Instant since,
            Instant until,
            Instant dueBefore,
            int minAttempts) {
        this(states, type, category, tag, text, since, until, dueBefore, minAttempts, null);
    }

    public RunFilter {
        states = Set.copyOf(states);
    }
}
