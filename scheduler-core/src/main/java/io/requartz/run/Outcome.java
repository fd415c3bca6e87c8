package io.requartz.run;

import io.requartz.failure.Failure;
import io.requartz.retry.Decision;
import java.time.Instant;
import java.util.Objects;

/**
 * How an attempt ended and what was decided, before it is written.
 *
 * @param closedBy boot id of the node that says so
 * @param failure what went wrong; null unless the kind counts as a failure
 * @param decision what follows a failure; null unless the kind counts as a failure
 * @param result JSON; null if the job gave none
 * @param why for kinds without a decision, a sentence; else null
 */
public record Outcome(
        FiredRun fired,
        AttemptOutcome kind,
        Instant endedAt,
        String closedBy,
        Failure failure,
        Decision decision,
        String result,
        AttemptLog log,
        String why) {

    public Outcome {
        Objects.requireNonNull(fired, "fired");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(closedBy, "closedBy");
        Objects.requireNonNull(log, "log");
        if (kind.countsAsFailure() != (failure != null) || kind.countsAsFailure() != (decision != null)) {
            throw new IllegalArgumentException(kind + " with failure " + failure + " and decision " + decision);
        }
    }

    private static AttemptLog nothingLogged(FiredRun fired) {
        return new AttemptLog(fired.attempt(), java.util.List.of(), 0);
    }

    public static Outcome succeeded(FiredRun fired, Instant at, String closedBy, String result, AttemptLog log) {
        return new Outcome(fired, AttemptOutcome.SUCCEEDED, at, closedBy, null, null, result, log, null);
    }

    public static Outcome failed(
            FiredRun fired, Instant at, String closedBy, Failure failure, Decision decision, AttemptLog log) {
        return new Outcome(fired, AttemptOutcome.FAILED, at, closedBy, failure, decision, null, log, null);
    }

    public static Outcome nodeLost(FiredRun fired, Instant at, String closedBy, Failure failure, Decision decision) {
        return new Outcome(
                fired, AttemptOutcome.NODE_LOST, at, closedBy, failure, decision, null, nothingLogged(fired), null);
    }

    public static Outcome handedOver(FiredRun fired, Instant at, String closedBy, String why, AttemptLog log) {
        return new Outcome(fired, AttemptOutcome.HANDED_OVER, at, closedBy, null, null, null, log, why);
    }

    public static Outcome cancelled(FiredRun fired, Instant at, String closedBy, String why, AttemptLog log) {
        return new Outcome(fired, AttemptOutcome.CANCELLED, at, closedBy, null, null, null, log, why);
    }

    /** The same with every text left out: what is written when a database refuses a text. */
    public Outcome bare() {
        Failure bareFailure = failure == null
                ? null
                : new Failure(failure.category(), null, null, null, failure.httpStatus(), failure.retryAfter(), null);
        return new Outcome(fired, kind, endedAt, closedBy, bareFailure, decision, null, nothingLogged(fired), null);
    }
}
