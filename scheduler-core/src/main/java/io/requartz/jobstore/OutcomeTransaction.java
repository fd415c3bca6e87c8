package io.requartz.jobstore;

import io.requartz.jdbc.Database;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.NotAllFound;
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
import java.util.function.BiFunction;
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
    private final OutcomeRows outcomes;

    OutcomeTransaction(Database database, ScopedOutcomes scoped) {
        this.scoped = scoped;
        this.transactions = database.transactions();
        this.fires = new FireRows(database);
        this.triggers = new TriggerRows(database);
        this.outcomes = new OutcomeRows(database.dialect());
    }

    /**
     * @param closed what was written
     * @param repeated had been written before
     * @param fenced was not written: the run was taken over
     */
    record Written(List<Closing> closed, List<Outcome> repeated, List<Outcome> fenced) {}

    Written write(List<Outcome> group) {
        try {
            return transactions.call("write outcomes", tx -> writeAll(tx, group));
        } catch (NotAllFound unusual) {
            // rolled back; one of them was written before, taken over or cancelled, and each is looked at
            return transactions.call("write outcomes", tx -> write(tx, group));
        }
    }

    /**
     * Takes every outcome for valid, and its run for one that nobody asked to cancel, which is nearly always so.
     *
     * @throws NotAllFound if it is not
     */
    private Written writeAll(Tx tx, List<Outcome> group) {
        fires.deleteAllFired(
                tx, group.stream().map(outcome -> outcome.fired().fireId()).toList());
        return new Written(close(tx, group, this::closeUncancelled), List.of(), List.of());
    }

    /** Within a transaction that may do more. Looks at each. */
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
        return new Written(close(tx, valid, this::closeLocked), repeated, fenced);
    }

    private List<Closing> close(
            Tx tx, List<Outcome> valid, BiFunction<Tx, List<Outcome>, List<Closing>> closeUnscoped) {
        Map<Boolean, List<Outcome>> scopes = valid.stream().collect(Collectors.partitioningBy(scoped::concerns));
        List<Closing> closings = new ArrayList<>();
        if (!scopes.get(false).isEmpty()) {
            closings.addAll(closeUnscoped.apply(tx, scopes.get(false)));
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

    private List<Closing> closeUncancelled(Tx tx, List<Outcome> unscoped) {
        List<Closing> closings = unscoped.stream()
                .sorted(Comparator.comparing(outcome -> outcome.fired().runId()))
                .map(outcome -> Closing.of(outcome, false))
                .toList();
        outcomes.closeAllUncancelled(tx, closings);
        return closings;
    }

    private List<Closing> closeLocked(Tx tx, List<Outcome> unscoped) {
        List<Closing> closings = closings(tx, unscoped);
        outcomes.closeRuns(tx, closings);
        return closings;
    }

    /** Runs are locked before scopes, and the scopes have a say in what becomes of the runs. */
    private List<Closing> closeScoped(Tx tx, List<Outcome> ofScopes) {
        List<Closing> closings = scoped.apply(tx, closings(tx, ofScopes));
        outcomes.closeRuns(tx, closings);
        scoped.park(tx, closings);
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
