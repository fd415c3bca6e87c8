package io.requartz.run;

import io.requartz.problem.Problem;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a person does to many runs, within one transaction of the caller's: the same acts as on a single one. Everything that is
 * refused is refused before anything is written, so that the transaction can go on with the next run.
 */
public final class ManyRuns {

    private final RunServices services;
    private final RunActions actions;
    private final RunCopies copies;

    ManyRuns(RunServices services, RunActions actions, RunCopies copies) {
        this.services = services;
        this.actions = actions;
        this.copies = copies;
    }

    /**
     * A run as it was seen without a lock.
     *
     * @param attempts so far; they name its trigger
     */
    public record Seen(String id, RunState state, int attempts) {

        private boolean hasTrigger() {
            return state.hasTrigger();
        }

        private String triggerName() {
            return PendingTriggers.triggerName(id, attempts + 1);
        }
    }

    /**
     * Who does it, why, and as a part of what.
     *
     * @param note may be null
     * @param detail JSON for the run's event; may be null
     */
    public record Act(Actor by, String note, String detail) {}

    /**
     * Runs that nobody else may change until the commit, in the order of their ids, without payloads. Those that are gone are
     * missing.
     *
     * @param changed the first run whose new trigger could not be locked any more without breaking the order of locks; it and what
     *     comes after it are not among them. Null: all are
     */
    public record Held(List<Run> runs, String changed) {}

    /** Locks the triggers of those that have one, then the runs, each in the order of their keys. */
    public Held hold(Tx tx, Collection<Seen> seen) {
        Set<String> triggers = services.triggers()
                .lockAll(
                        tx,
                        seen.stream()
                                .filter(Seen::hasTrigger)
                                .map(Seen::triggerName)
                                .toList());
        List<Run> held = new ArrayList<>();
        for (Run run : services.runs().lockAll(tx, seen.stream().map(Seen::id).toList())) {
            if (run.state().hasTrigger()
                    && !triggers.contains(PendingTriggers.triggerName(run.id(), run.attempts() + 1))) {
                return new Held(held, run.id());
            }
            held.add(run);
        }
        return new Held(held, null);
    }

    /**
     * @return true if it is running, so that this is a request
     * @throws Problem CONFLICT if it has ended
     */
    public boolean cancel(Tx tx, Run held, Act act) {
        return actions.cancel(tx, held, act);
    }

    /**
     * A waiting run becomes due then, a DEAD one begins a new cycle, a settled one is copied.
     *
     * @return false if it is due earlier already, and nothing was done
     * @throws Problem if it is running, its unique key is taken, or its type takes its payload no more
     */
    public boolean retry(Tx tx, Run held, Instant due, Act act) {
        if (held.state().hasTrigger() && !held.dueAt().isAfter(due)) {
            return false;
        }
        if (held.state().settled()) {
            Run whole = services.runs().find(tx, held.id()).orElseThrow();
            copies.insert(tx, copies.prepare(whole, act.by(), null, due), whole, act);
        } else {
            requireKeyFree(tx, held);
            actions.retry(tx, held, held.origin().scopeId(), due, act);
        }
        return true;
    }

    /** Asked before anything is written: a duplicate key would end the whole transaction. */
    private void requireKeyFree(Tx tx, Run run) {
        if (!run.state().open() && run.uniqueKey() != null) {
            services.runs().findHolders(tx, run.type(), List.of(run.uniqueKey())).stream()
                    .flatMap(holder -> holder.open().stream())
                    .forEach(open -> {
                        throw TakenKeys.openAlready(open);
                    });
        }
    }

    /** To be called after the commit. */
    public void announce(Collection<String> ids, Collection<String> askedToStop, Instant firstDue) {
        askedToStop.forEach(services.stopRunning());
        services.changes().announce(ids);
        if (firstDue != null) {
            services.wakeAt().accept(firstDue.toEpochMilli());
        }
    }
}
