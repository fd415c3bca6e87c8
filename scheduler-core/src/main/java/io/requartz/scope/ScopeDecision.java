package io.requartz.scope;

import io.requartz.api.ErrorCategory;
import io.requartz.guard.Gate;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Closing;
import io.requartz.run.Outcome;
import io.requartz.run.RunState;

/**
 * What an outcome makes of its scope, and the scope of its run: a pure function, applied under the scope's lock. It has the last word on
 * what follows a failure: with the scope disabled there is no next attempt for now.
 */
public final class ScopeDecision {

    private ScopeDecision() {}

    /** Whether such an outcome can change the scope. What was lost with its node, handed over or cancelled cannot. */
    public static boolean concerns(Outcome outcome, ScopeDefinition definition) {
        return outcome.kind() == AttemptOutcome.SUCCEEDED
                || (outcome.kind() == AttemptOutcome.FAILED
                        && definition.counts(outcome.failure().category()));
    }

    /**
     * @param closing what becomes of the run as far as its policy says, of an outcome that concerns the scope
     * @param scope as it is now, locked
     * @return the same with what the scope adds, and {@link Closing#scope} set
     */
    public static Closing of(Closing closing, Scope scope, ScopeDefinition definition, Stands stands) {
        Outcome outcome = closing.outcome();
        boolean manual = outcome.fired().origin().manual();
        boolean failed = outcome.kind() == AttemptOutcome.FAILED;
        ScopeState before = scope.state();
        ScopeState after = failed
                ? before.failed(
                        outcome.endedAt(), category(outcome), outcome.failure().message(), definition.disableAfter())
                : before.succeeded(outcome.endedAt());
        ScopeChange change =
                new ScopeChange(scope, scope.with(after), definition, manual, stands == Stands.PROBE, failed);
        Closing counted = closing.inScope(change, because(change));
        if (closing.next() == RunState.FAILED && change.disables()) {
            return counted.deadByScope();
        }
        // what a schedule made waits for its time: held then, it is skipped, and the schedule's next fire takes its
        // place
        boolean parks = closing.next() == RunState.RETRYING
                && outcome.fired().origin().schedule() == null
                && !after.lets(stands, manual);
        return parks ? counted.parked(hold(scope).reason()) : counted;
    }

    private static ErrorCategory category(Outcome outcome) {
        return outcome.failure().category();
    }

    public static Gate.Hold hold(Scope scope) {
        return new Gate.Hold(Scope.GUARD, Long.toString(scope.id()));
    }

    /** What the scope has to say about it, in words; null if nothing. */
    private static String because(ScopeChange change) {
        Scope after = change.after();
        String count = after.state().failures() + "/" + change.definition().disableAfter();
        if (change.enables()) {
            return "enables scope " + after.key() + " again";
        }
        if (!change.counted()) {
            return null;
        }
        if (change.disables()) {
            return count + " failures in a row disable scope " + after.key();
        }
        return after.state().disabled()
                ? "scope " + after.key() + " stays disabled (" + count + ")"
                : "failure " + count + " of scope " + after.key();
    }
}
