package io.requartz.run;

import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.ManyRuns.Act;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a person does to one run. Each act is one transaction that locks the run's trigger, then the run, as everybody does, and
 * leaves an event that says who and why.
 */
final class RunActions {

    private static final int TRIES = 20;
    private static final String SCOPE_HOLD = "scope:";

    private final RunServices services;
    private final SubmissionChecks checks;

    RunActions(RunServices services, SubmissionChecks checks) {
        this.services = services;
        this.checks = checks;
    }

    CancelAnswer cancel(String id, Actor by, String note) {
        String kept = SubmissionChecks.note(note);
        boolean requested = services.transactions().call("cancel a run", tx -> {
            Run run = locked(tx, id);
            boolean running = cancel(tx, run, new Act(by, kept, null));
            services.audit().append(tx, by, RunAudit.cancelled(run, running, kept));
            return running;
        });
        if (requested) {
            services.stopRunning().accept(id);
        }
        services.changes().announce(List.of(id));
        Run run = services.transactions()
                .call("read a run", tx -> services.runs().find(tx, id).orElseThrow());
        return new CancelAnswer(
                run,
                requested,
                requested
                        ? "It is running: its job was asked to stop. Should it succeed first, that stands."
                        : "It is cancelled.");
    }

    /** Of a run that is locked with its trigger. True if it is running, so that this is a request. */
    boolean cancel(Tx tx, Run run, Act act) {
        Instant now = services.clock().instant();
        switch (run.state()) {
            case RUNNING -> {
                services.runs().markCancelRequested(tx, run.id(), act.by());
                append(tx, run, now, "cancel_requested", null, act);
                return true;
            }
            case SCHEDULED, RETRYING, PARKED -> {
                cancelWaiting(tx, run, "cancelled", act);
                return false;
            }
            default ->
                throw Problem.conflict(
                        "Run " + run.id() + " is " + run.state() + " and cannot be cancelled.",
                        run.state() == RunState.DEAD
                                ? "A dead letter is resolved or rejected instead."
                                : "It has ended; there is nothing to cancel.");
        }
    }

    private void cancelWaiting(Tx tx, Run run, String reason, Act act) {
        Instant now = services.clock().instant();
        if (run.state().hasTrigger()) {
            services.triggers().delete(tx, run.id(), run.attempts() + 1);
        } else {
            services.runs().leavePark(tx, run.id(), now);
        }
        services.runs().markCancelled(tx, run.id(), reason, now);
        append(tx, run, now, reason, RunState.CANCELLED, act);
    }

    /** False if it is running. */
    boolean supersede(Tx tx, String id, String reason, Actor by, String note) {
        Run run = locked(tx, id);
        if (run.state() == RunState.RUNNING) {
            return false;
        }
        if (run.state().open()) {
            cancelWaiting(tx, run, reason, new Act(by, note, null));
        }
        return true;
    }

    Run retryNow(String id, Actor by, String note, String newPayload, Long expectedVersion) {
        String kept = SubmissionChecks.note(note);
        ScopeOf scope = scope(id, newPayload);
        try {
            services.transactions().run("retry a run now", tx -> {
                Run run = locked(tx, id);
                requireVersion(run, expectedVersion);
                Instant now = services.clock().instant();
                boolean edited = newPayload != null && !newPayload.equals(run.payload());
                Act act = new Act(by, kept, null);
                requireRetriable(run);
                if (edited) {
                    editPayload(tx, run, newPayload, act, now);
                }
                if (!Objects.equals(scope.of(run), run.origin().scopeId())) {
                    services.runs().rescope(tx, id, scope.of(run));
                }
                retry(tx, run, scope.of(run), now, act);
                services.audit().append(tx, by, RunAudit.retried(run, now, edited, kept));
            });
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict(
                    "Another run with the same unique key is open, so this one cannot begin again.",
                    "Wait until that one ends, or cancel it first.");
        }
        services.wakeAt().accept(services.clock().millis());
        services.changes().announce(List.of(id));
        Run retried = services.transactions()
                .call("read a run", tx -> services.runs().find(tx, id).orElseThrow());
        services.scopes().tellTriggered(retried);
        return retried;
    }

    /** The scope that a new payload belongs to, found before the transaction in which it counts. */
    private record ScopeOf(boolean known, Long id) {
        Long of(Run run) {
            return known ? id : run.origin().scopeId();
        }
    }

    private ScopeOf scope(String id, String newPayload) {
        if (newPayload == null || !RunIds.plausible(id)) {
            return new ScopeOf(false, null);
        }
        Run run = services.transactions()
                .call("read a run", tx -> services.runs().find(tx, id).orElseThrow(() -> Runs.noSuchRun(id)));
        JobTypeDefinition type = type(run);
        checks.payload(type, newPayload);
        return new ScopeOf(true, services.scopes().find(type, newPayload));
    }

    private static void requireRetriable(Run run) {
        if (run.state() == RunState.RUNNING || run.state().settled()) {
            throw Problem.conflict(
                    "Run " + run.id() + " is " + run.state() + "; it cannot be retried now.",
                    "Wait for the attempt that is running, or cancel it.");
        }
    }

    /**
     * Of a run that is locked with its trigger, and waits or is DEAD. A person wants it, so it passes its scope.
     *
     * @param scopeId the scope that it counts for from now on; null: none
     */
    void retry(Tx tx, Run run, Long scopeId, Instant due, Act act) {
        requireRetriable(run);
        Instant now = services.clock().instant();
        switch (run.state()) {
            case PARKED -> append(tx, run, now, "due_now", unpark(tx, run, now, due), act);
            case DEAD -> {
                services.deadLetters()
                        .close(
                                tx,
                                run.id(),
                                run.cycle(),
                                DeadLetterStatus.RETRIED,
                                now,
                                act.by().name(),
                                act.note());
                services.runs().beginCycle(tx, run, due);
                services.triggers().insert(tx, List.of(pending(run, due)));
                append(tx, run, now, "retried", run.state().become(RunState.SCHEDULED), act);
            }
            default -> {
                services.runs().markDue(tx, run.id(), run.state(), due);
                services.triggers().move(tx, run.id(), run.attempts() + 1, run.priority(), due);
                append(tx, run, now, "due_now", null, act);
            }
        }
        services.runs().markManual(tx, run.id());
        services.scopes().triggered(tx, scopeId, run.id(), act.by());
    }

    /** Goes on without its guard's word. @return what it is now */
    private RunState unpark(Tx tx, Run run, Instant now, Instant due) {
        RunState waiting = run.failures() == 0 ? RunState.SCHEDULED : RunState.RETRYING;
        services.runs().leavePark(tx, run.id(), now);
        services.runs().markDue(tx, run.id(), run.state().become(waiting), due);
        services.triggers().insert(tx, List.of(pending(run, due)));
        return waiting;
    }

    private static PendingTriggers.Pending pending(Run run, Instant due) {
        return new PendingTriggers.Pending(run.id(), run.attempts() + 1, run.type(), run.priority(), due);
    }

    private void editPayload(Tx tx, Run run, String newPayload, Act act, Instant now) {
        checks.payload(type(run), newPayload);
        services.runs().edit(tx, run.id(), RunEdit.payload(newPayload));
        append(tx, run, now, "edited", null, new Act(act.by(), act.note(), EditDetail.of(run, newPayload)));
    }

    Run edit(String id, RunEdit edit, Long expectedVersion, Actor by, String note) {
        String kept = SubmissionChecks.note(note);
        if (edit.tags() != null) {
            checks.tags(edit.tags());
        }
        ScopeOf scope = scope(id, edit.payload());
        services.transactions().run("edit a run", tx -> {
            Run run = locked(tx, id);
            requireVersion(run, expectedVersion);
            if (run.state() == RunState.RUNNING || run.state().settled()) {
                throw Problem.conflict(
                        "Run " + run.id() + " is " + run.state() + " and cannot be edited.",
                        run.state() == RunState.RUNNING
                                ? "Wait until this attempt has ended."
                                : "Retry it: that makes a new run, with another payload if you like.");
            }
            if (edit.payload() != null) {
                checks.payload(type(run), edit.payload());
            }
            if (edit.policy() != null) {
                String payload = edit.payload() == null ? run.payload() : edit.payload();
                services.ownPolicies().require(run.type(), payload, edit.policy());
            }
            services.runs().edit(tx, id, edit);
            if (edit.priority() != null && run.state().hasTrigger()) {
                services.triggers().move(tx, id, run.attempts() + 1, edit.priority(), run.dueAt());
            }
            rescope(tx, run, scope, services.clock().instant());
            String detail = EditDetail.of(run, edit);
            append(tx, run, services.clock().instant(), "edited", null, new Act(by, kept, detail));
            services.audit().append(tx, by, RunAudit.edited(run, edit, kept));
        });
        services.changes().announce(List.of(id));
        return services.transactions()
                .call("read a run", tx -> services.runs().find(tx, id).orElseThrow());
    }

    /** What its old scope held goes on, and the new one is asked. */
    private void rescope(Tx tx, Run run, ScopeOf scope, Instant now) {
        if (Objects.equals(scope.of(run), run.origin().scopeId())) {
            return;
        }
        services.runs().rescope(tx, run.id(), scope.of(run));
        if (run.state() == RunState.PARKED && (SCOPE_HOLD + run.origin().scopeId()).equals(run.reason())) {
            unpark(tx, run, now, now);
        }
    }

    /** The run with its trigger, if it has one, locked in that order; what it was may have changed until both are. */
    private Run locked(Tx tx, String id) {
        if (!RunIds.plausible(id)) {
            throw Runs.noSuchRun(id);
        }
        for (int i = 0; i < TRIES; i++) {
            Run seen = services.runs().find(tx, id).orElseThrow(() -> Runs.noSuchRun(id));
            boolean triggerLocked =
                    !seen.state().hasTrigger() || services.triggers().lock(tx, id, seen.attempts() + 1);
            Run run = services.runs().lock(tx, id).orElseThrow(() -> Runs.noSuchRun(id));
            if (triggerLocked && run.state() == seen.state() && run.attempts() == seen.attempts()) {
                return run;
            }
        }
        throw Problem.conflict("Run " + id + " changes too fast to get hold of it.", "Try again.");
    }

    static void requireVersion(Run run, Long expected) {
        if (expected != null && expected != run.version()) {
            throw Problem.stale(
                    "Run " + run.id() + " is at version " + run.version() + "; version " + expected + " was expected.",
                    "Read it again, look at what has changed, and repeat your change if it still makes sense.");
        }
    }

    private JobTypeDefinition type(Run run) {
        return services.type(run.type());
    }

    private void append(Tx tx, Run run, Instant now, String kind, RunState to, Act act) {
        services.runs()
                .append(
                        tx,
                        new RunEvent(
                                run.id(),
                                now,
                                kind,
                                to == null ? null : run.state(),
                                to,
                                act.by().name(),
                                act.note(),
                                act.detail()));
    }
}
