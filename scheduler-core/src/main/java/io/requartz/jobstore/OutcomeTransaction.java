package io.requartz.jobstore;

import io.requartz.jdbc.Database;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.OutcomeRows;
import io.requartz.jdbc.OutcomeRows.Running;
import io.requartz.jdbc.TriggerRows;
import io.requartz.run.Closing;
import io.requartz.run.Outcome;
import io.requartz.run.PendingTriggers.Pending;
import io.requartz.run.RunState;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One transaction a group of outcomes: the fired rows go, the attempts close, the runs become what they become, with their next
 * triggers or dead letters; all of it or nothing.
 *
 * <p>Fencing: an outcome whose fired row is gone writes nothing. Either it was committed before (the commit's answer was lost), or
 * the run was taken over.
 */
final class OutcomeTransaction {

    private final Transactions transactions;
    private final FireRows fires;
    private final TriggerRows triggers;
    private final ScopedOutcomes scoped;
    private final OutcomeRows outcomes = new OutcomeRows();

    OutcomeTransaction(Database database, ScopedOutcomes scoped) {
        this.scoped = scoped;
        this.transactions = database.transactions();
        this.fires = new FireRows(database.cluster());
        this.triggers = new TriggerRows(database.cluster());
    }

    /**
     * @param closed what was written
     * @param repeated had been written before
     * @param fenced was not written: the run was taken over
     */
    record Written(List<Closing> closed, List<Outcome> repeated, List<Outcome> fenced) {}

    Written write(List<Outcome> group) {
        return transactions.call("write outcomes", tx -> write(tx, group));
    }

    /** Within a transaction that may do more. */
    Written write(Tx tx, List<Outcome> group) {
        Map<String, Outcome> byFire = new HashMap<>();
        group.forEach(outcome -> byFire.put(outcome.fired().fireId(), outcome));
        Set<String> ours = fires.deleteFired(tx, byFire.keySet());
        List<Outcome> repeated = new ArrayList<>();
        List<Outcome> fenced = new ArrayList<>();
        if (ours.size() < byFire.size()) {
            byFire.keySet().removeAll(ours);
            Map<String, String> closedBy = fires.closedBy(tx, byFire.keySet());
            byFire.forEach((fireId, outcome) ->
                    (outcome.closedBy().equals(closedBy.get(fireId)) ? repeated : fenced).add(outcome));
        }
        List<Outcome> valid = group.stream()
                .filter(outcome -> ours.contains(outcome.fired().fireId()))
                .toList();
        return new Written(valid.isEmpty() ? List.of() : close(tx, valid), repeated, fenced);
    }

    private List<Closing> close(Tx tx, List<Outcome> valid) {
        Map<Boolean, List<Outcome>> scopes = valid.stream().collect(Collectors.partitioningBy(scoped::concerns));
        List<Closing> closings = new ArrayList<>();
        if (!scopes.get(false).isEmpty()) {
            closings.addAll(closeRuns(tx, scopes.get(false)));
        }
        if (!scopes.get(true).isEmpty()) {
            closings.addAll(closeScoped(tx, scopes.get(true)));
        }
        outcomes.closeAttempts(tx, closings);
        triggers.insert(
                tx,
                closings.stream()
                        .filter(closing -> closing.next().hasTrigger())
                        .map(OutcomeTransaction::next)
                        .toList());
        outcomes.insertDeadLetters(
                tx, closings.stream().filter(closing -> closing.dead() != null).toList());
        return closings;
    }

    /** Nearly always nobody asked to cancel, and one statement says all; whoever it passes over is looked at singly. */
    private List<Closing> closeRuns(Tx tx, List<Outcome> valid) {
        List<Closing> expected = valid.stream()
                .sorted(Comparator.comparing(outcome -> outcome.fired().runId()))
                .map(outcome -> Closing.of(outcome, false))
                .toList();
        List<Closing> closed = new ArrayList<>(outcomes.closeRunsNobodyCancels(tx, expected));
        if (closed.size() < expected.size()) {
            List<Outcome> others = expected.stream()
                    .filter(closing -> !closed.contains(closing))
                    .map(Closing::outcome)
                    .toList();
            closed.addAll(closeOthers(tx, others));
        }
        return closed;
    }

    /** Runs are locked before scopes, and the scopes have a say in what becomes of the runs. */
    private List<Closing> closeScoped(Tx tx, List<Outcome> ofScopes) {
        List<Closing> closings = scoped.apply(tx, closings(tx, ofScopes));
        outcomes.closeRuns(tx, closings);
        scoped.park(tx, closings);
        return closings;
    }

    private List<Closing> closeOthers(Tx tx, List<Outcome> others) {
        List<Closing> closings = closings(tx, others);
        outcomes.closeRuns(tx, closings);
        return closings;
    }

    /** In the same order; what is not running at this attempt is put aside. Their runs are locked then. */
    private List<Closing> closings(Tx tx, List<Outcome> others) {
        Map<String, Running> running = outcomes.lockRuns(
                tx, others.stream().map(outcome -> outcome.fired().runId()).toList());
        List<Closing> closings = new ArrayList<>();
        for (Outcome outcome : others) {
            Running run = running.get(outcome.fired().runId());
            if (run != null
                    && run.state() == RunState.RUNNING
                    && run.attempts() == outcome.fired().attempt()) {
                closings.add(Closing.of(outcome, run.cancelRequested()));
            } else {
                String found = run == null ? "gone" : run.state() + " at attempt " + run.attempts();
                fires.quarantine(
                        tx,
                        "fired",
                        outcome.fired().fireId(),
                        "its run " + outcome.fired().runId() + " is " + found + ", and was expected RUNNING at attempt "
                                + outcome.fired().attempt(),
                        outcome.endedAt());
            }
        }
        return closings;
    }

    private static Pending next(Closing closing) {
        var fired = closing.outcome().fired();
        return new Pending(fired.runId(), fired.attempt() + 1, fired.type(), fired.priority(), closing.dueAt());
    }
}
