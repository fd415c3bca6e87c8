package io.requartz.config;

import java.time.Duration;

/**
 * {@code limits:} what is too much.
 *
 * @param payload greatest payload, in UTF-8
 * @param result greatest result, in UTF-8
 * @param stuckGrace how long an attempt may go on after its time limit has interrupted it before it is called stuck
 */
public record LimitsConfig(DataSize payload, DataSize result, Duration stuckGrace) {

    // Above, one row would no longer pass MySQL's default max_allowed_packet with its neighbours.
    static final Between<DataSize> PAYLOAD = Between.of(DataSize.kibibytes(1), DataSize.mebibytes(16));
    static final Between<DataSize> RESULT = Between.of(DataSize.kibibytes(1), DataSize.mebibytes(1));
    static final Between<Duration> STUCK_GRACE = Between.of(Duration.ZERO, Duration.ofHours(1));

    public static final LimitsConfig DEFAULT =
            new LimitsConfig(DataSize.mebibytes(1), DataSize.kibibytes(64), Duration.ofSeconds(10));

    public LimitsConfig {
        PAYLOAD.require("limits.payload", payload);
        RESULT.require("limits.result", result);
        STUCK_GRACE.require("limits.stuck-grace", stuckGrace);
    }
}
