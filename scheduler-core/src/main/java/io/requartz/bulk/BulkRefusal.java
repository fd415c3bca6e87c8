package io.requartz.bulk;

import java.time.Instant;

/**
 * A run that a bulk action met and could not deal with.
 *
 * @param reason as it would have been told to a person who had asked for this one alone
 */
public record BulkRefusal(String runId, Instant at, String reason) {

    /** Of so many, an action keeps what was said; the others are only counted. */
    public static final int MOST_KEPT = 1_000;
}
