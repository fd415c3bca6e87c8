package io.requartz.run;

import java.time.Instant;

/**
 * One captured log line of an attempt.
 *
 * @param level {@code INFO}, {@code WARN}, ...
 * @param logger who logged; {@code job} for {@code RunContext.log}
 */
public record LogLine(Instant at, String level, String logger, String message) {}
