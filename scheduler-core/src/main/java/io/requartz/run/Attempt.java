package io.requartz.run;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.time.Instant;

/**
 * One execution of a run on one node, with what was decided after it. Fields that an attempt may lack are null.
 *
 * @param token the fencing token: grows with each start, in the whole cluster
 * @param number 1..n within the run, without gap, through all cycles
 * @param fireId the fire instance id, unique in the cluster for ever
 * @param startedAt when it was claimed; its thread may begin a moment later
 * @param stackTrace cut to 16 KiB
 * @param responseExcerpt what the downstream answered, cut to 4 KiB
 * @param nextState what the run became with this attempt's end
 * @param delay what was decided: the wait before the next attempt
 * @param strategy which backoff gave the delay, {@code exponential} or {@code retry-after}
 * @param nextAt when the next attempt may start
 * @param why the decision, in a sentence
 * @param stuckSince when it outlived its time limit and its grace; null if it did not
 */
public record Attempt(
        long token,
        String runId,
        int number,
        int cycle,
        String fireId,
        String node,
        Instant startedAt,
        Instant endedAt,
        AttemptOutcome outcome,
        ErrorCategory category,
        String exceptionClass,
        String message,
        String stackTrace,
        Integer httpStatus,
        String responseExcerpt,
        RunState nextState,
        Duration delay,
        String strategy,
        Instant nextAt,
        String why,
        Instant stuckSince) {}
