package io.requartz.quartz;

import io.requartz.run.AttemptLog;
import io.requartz.run.FiredRun;
import io.requartz.run.Outcome;
import io.requartz.run.OutcomePlanner;
import java.util.Optional;

/** Turns what came out of an attempt, and why it was stopped if it was, into an outcome. */
public final class Deciding {

    private final OutcomePlanner planner;

    public Deciding(OutcomePlanner planner) {
        this.planner = planner;
    }

    /** Never null. An execution of which nothing is known is a failure of unknown kind, never a success. */
    public Outcome decide(Execution execution) {
        FiredRun run = execution.run();
        AttemptLog log = execution.log().toAttemptLog(run.attempt());
        Optional<AttemptResult> came = execution.attemptResult();
        Optional<Execution.Stop> stop = execution.stopReason();
        if (came.isEmpty()) {
            return stop.filter(reason -> reason != Execution.Stop.TIME_LIMIT)
                    .map(reason -> stopped(execution, reason, log))
                    .orElseGet(() -> planner.lost(run, execution.bootId(), log));
        }
        if (came.get() instanceof AttemptResult.Succeeded) {
            return planner.succeeded(run, execution.bootId(), execution.result(), log);
        }
        if (came.get() instanceof AttemptResult.NotStarted not) {
            return stop.filter(reason -> reason == Execution.Stop.CANCELLED)
                    .map(reason -> stopped(execution, reason, log))
                    .orElseGet(() -> planner.handedOver(run, execution.bootId(), not.why(), log));
        }
        Throwable thrown = ((AttemptResult.Threw) came.get()).thrown();
        if (stop.isEmpty()) {
            return planner.failed(run, execution.bootId(), thrown, log);
        }
        return stop.get() == Execution.Stop.TIME_LIMIT
                ? planner.timedOut(run, execution.bootId(), thrown, log)
                : stopped(execution, stop.get(), log);
    }

    /** It has not begun on this node and will not. */
    public Outcome giveBack(Execution execution) {
        AttemptLog log = execution.log().toAttemptLog(execution.run().attempt());
        return execution
                .stopReason()
                .filter(reason -> reason != Execution.Stop.TIME_LIMIT)
                .map(reason -> stopped(execution, reason, log))
                .orElseGet(() -> planner.handedOver(
                        execution.run(), execution.bootId(), "it had waited too long for a worker of this node", log));
    }

    private Outcome stopped(Execution execution, Execution.Stop reason, AttemptLog log) {
        return switch (reason) {
            case CANCELLED -> planner.cancelled(execution.run(), execution.bootId(), "cancelled by a person", log);
            case NODE_STOPS ->
                planner.handedOver(execution.run(), execution.bootId(), "the node stopped before it was done", log);
            case FENCED ->
                planner.handedOver(execution.run(), execution.bootId(), "the node lost its lease while it ran", log);
            case TIME_LIMIT -> throw new IllegalStateException("a time limit is a failure");
        };
    }
}
