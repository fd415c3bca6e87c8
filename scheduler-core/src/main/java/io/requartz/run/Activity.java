package io.requartz.run;

import java.time.Instant;

/**
 * Attempts that ended in one minute in the same way.
 *
 * @param minute its beginning
 * @param nextState what their runs became with it; null for attempts that were handed over
 */
public record Activity(Instant minute, AttemptOutcome outcome, RunState nextState, long attempts) {}
