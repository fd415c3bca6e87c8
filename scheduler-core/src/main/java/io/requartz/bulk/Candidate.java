package io.requartz.bulk;

import io.requartz.run.RunState;

/**
 * A run that matched when it was looked for.
 *
 * @param attempts so far
 */
public record Candidate(String runId, RunState state, int attempts) {}
