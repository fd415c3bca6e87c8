package io.requartz.run;

import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.retry.Decision;
import io.requartz.scope.ScopeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What an outcome makes of its run. A pure function of the outcome and of whether a person asked to cancel meanwhile: a success
 * that happened stays a success, anything else that would go on ends as CANCELLED.
 *
 * @param dueAt when the next attempt may start; null if there is none. Of a parked run it is when it would have started
 * @param reason a word for CANCELLED, FAILED and DEAD; else null
 * @param dead why it became a dead letter; null if it did not
 * @param delay what was decided; null where nothing was
 * @param scope what it did to its scope; null if it has none, or did nothing
 */
public record Closing(
        Outcome outcome,
        RunState next,
        Instant dueAt,
        String reason,
        DeadLetterReason dead,
        int failures,
        Map<ErrorCategory, Integer> failuresByCategory,
        int nodesLost,
        Duration delay,
        String strategy,
        String why,
        ScopeChange scope) {

    public static Closing of(Outcome outcome, boolean cancelRequested) {
        return switch (outcome.kind()) {
            case SUCCEEDED -> simple(outcome, RunState.SUCCEEDED, null, null, outcome.why());
            case CANCELLED -> simple(outcome, RunState.CANCELLED, null, "cancelled", outcome.why());
            case HANDED_OVER ->
                cancelRequested
                        ? simple(outcome, RunState.CANCELLED, null, "cancelled", "cancelled by a person")
                        : simple(outcome, waiting(outcome.fired()), dueAgain(outcome), null, outcome.why());
            case FAILED, NODE_LOST -> failed(outcome, cancelRequested);
        };
    }

    /** As before: it keeps its place, and the clock of the node that gives it back has no say in it. */
    private static Instant dueAgain(Outcome handedOver) {
        Instant due = handedOver.fired().dueAt();
        return due == null || due.isAfter(handedOver.endedAt()) ? handedOver.endedAt() : due;
    }

    private static RunState waiting(FiredRun fired) {
        return fired.failures() == 0 ? RunState.SCHEDULED : RunState.RETRYING;
    }

    private static Closing simple(Outcome outcome, RunState next, Instant due, String reason, String why) {
        FiredRun fired = outcome.fired();
        return new Closing(
                outcome,
                RunState.RUNNING.become(next),
                due,
                reason,
                null,
                fired.failures(),
                fired.failuresByCategory(),
                fired.nodesLost(),
                null,
                null,
                why,
                null);
    }

    private static Closing failed(Outcome outcome, boolean cancelRequested) {
        FiredRun fired = outcome.fired();
        Map<ErrorCategory, Integer> byCategory = new HashMap<>(fired.failuresByCategory());
        byCategory.merge(outcome.failure().category(), 1, Integer::sum);
        int nodesLost = fired.nodesLost() + (outcome.kind() == AttemptOutcome.NODE_LOST ? 1 : 0);
        RunState next;
        Instant due = null;
        String reason = null;
        DeadLetterReason dead = null;
        Duration delay = null;
        String strategy = null;
        String why;
        if (cancelRequested) {
            next = RunState.CANCELLED;
            reason = "cancelled";
            why = "cancelled by a person";
        } else if (outcome.decision() instanceof Decision.Retry retry) {
            next = RunState.RETRYING;
            due = retry.at();
            delay = retry.delay();
            strategy = retry.strategy();
            why = retry.why();
        } else {
            Decision.GiveUp giveUp = (Decision.GiveUp) outcome.decision();
            DeadLetterReason over = DeadLetterReason.of(giveUp.reason());
            next = giveUp.close() ? RunState.FAILED : RunState.DEAD;
            dead = giveUp.close() ? null : over;
            reason = over.label();
            why = giveUp.why();
        }
        return new Closing(
                outcome,
                RunState.RUNNING.become(next),
                due,
                reason,
                dead,
                fired.failures() + 1,
                Map.copyOf(byCategory),
                nodesLost,
                delay,
                strategy,
                why,
                null);
    }

    /** With what it did to its scope. */
    public Closing inScope(ScopeChange change, String because) {
        String both = because == null ? why : why == null ? because : why + "; " + because;
        return new Closing(
                outcome,
                next,
                dueAt,
                reason,
                dead,
                failures,
                failuresByCategory,
                nodesLost,
                delay,
                strategy,
                both,
                change);
    }

    /** The next attempt waits until the guard lets it go; the time that was planned stays. */
    public Closing parked(String hold) {
        return ending(RunState.PARKED, hold, null);
    }

    /** Disabling a scope leaves something to see to, even where the policy would only close the run. */
    public Closing deadByScope() {
        return ending(RunState.DEAD, DeadLetterReason.SCOPE_DISABLED.label(), DeadLetterReason.SCOPE_DISABLED);
    }

    private Closing ending(RunState state, String newReason, DeadLetterReason letter) {
        return new Closing(
                outcome,
                RunState.RUNNING.become(state),
                dueAt,
                newReason,
                letter,
                failures,
                failuresByCategory,
                nodesLost,
                delay,
                strategy,
                why,
                scope);
    }
}
