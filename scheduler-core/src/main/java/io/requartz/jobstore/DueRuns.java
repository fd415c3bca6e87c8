package io.requartz.jobstore;

import io.requartz.guard.Gate;
import io.requartz.guard.ParkedRuns.Parked;
import io.requartz.guard.Pause;
import io.requartz.jdbc.ControlRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.DueRows;
import io.requartz.jdbc.DueRows.Due;
import io.requartz.jdbc.DueRows.DueRun;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.RunRows;
import io.requartz.jdbc.TriggerRows;
import io.requartz.jdbc.TriggerRows.Head;
import io.requartz.run.FiredRun;
import io.requartz.run.PendingTriggers;
import io.requartz.run.RunEvent;
import io.requartz.run.RunState;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due runs: acquire, gate and fire in one transaction, without the cluster-wide lock. When it commits, each taken run is
 * RUNNING with a fired row and an open attempt; its trigger is gone. Used by the scheduler's one thread.
 */
final class DueRuns {

    private static final Logger log = LoggerFactory.getLogger(DueRuns.class);

    private final Transactions transactions;
    private final InstantSource clock;
    private final Gate gate;
    private final ControlRows control;
    private final TriggerRows triggers;
    private final FireRows fires;
    private final RunRows runs;
    private final DueTriggers dueTriggers;

    DueRuns(Database database, InstantSource clock, Gate gate) {
        this.transactions = database.transactions();
        this.clock = clock;
        this.gate = gate;
        this.control = new ControlRows(database.dialect());
        this.runs = new RunRows(database);
        this.triggers = new TriggerRows(database);
        this.fires = new FireRows(database);
        this.dueTriggers = new DueTriggers(new DueRows(database.cluster(), database.dialect()), fires);
    }

    /**
     * What a node brings along.
     *
     * @param offered names of the job types that it can run
     * @param running how many attempts of each type it has already
     * @param fireIds gives new fire instance ids
     */
    record Taker(
            String bootId,
            String nodeId,
            Collection<String> offered,
            Map<String, Integer> running,
            Supplier<String> fireIds) {}

    /**
     * @param fired taken runs, committed
     * @param dealtWith how many due triggers there were, with those of runs that are not fired: held, expired, in quarantine
     * @param nextDue when the earliest trigger that was not yet due will be; empty if there is none
     */
    record Taken(List<FiredRun> fired, int dealtWith, OptionalLong nextDue) {}

    Taken take(Taker taker, int capacity) {
        return transactions.call("take due runs", tx -> take(tx, taker, capacity));
    }

    private Taken take(Tx tx, Taker taker, int capacity) {
        Instant now = clock.instant();
        List<Head> all = triggers.heads(tx, taker.offered());
        if (all.stream().noneMatch(head -> head.due() <= now.toEpochMilli())) {
            // a node that has nothing to do locks nothing: PostgreSQL would write each look to its log
            return new Taken(List.of(), 0, nextDue(all, now));
        }
        List<String> eligible = eligible(tx, taker);
        List<Head> heads =
                all.stream().filter(head -> eligible.contains(head.type())).toList();
        OptionalLong nextDue = nextDue(heads, now);
        DueTriggers.Locked locked = dueTriggers.lock(tx, heads, capacity, taker.running(), now.toEpochMilli());
        locked.orphans().forEach(orphan -> quarantine(tx, orphan, "there is no run for it", now));
        triggers.delete(tx, locked.orphans().stream().map(Due::name).toList());
        List<FiredRun> fired = locked.due().isEmpty() ? List.of() : fire(tx, locked.due(), taker, now);
        return new Taken(fired, locked.due().size() + locked.orphans().size(), nextDue);
    }

    private static OptionalLong nextDue(List<Head> heads, Instant now) {
        return heads.stream()
                .mapToLong(Head::due)
                .filter(due -> due > now.toEpochMilli())
                .min();
    }

    /** The pause row is read under a share lock: whoever paused waits for us, or we see it. */
    private List<String> eligible(Tx tx, Taker taker) {
        List<Pause> pauses = control.pausesShared(tx);
        if (pauses.stream().anyMatch(pause -> pause.type() == null)) {
            return List.of();
        }
        List<String> paused = pauses.stream().map(Pause::type).toList();
        return taker.offered().stream().filter(type -> !paused.contains(type)).toList();
    }

    private List<FiredRun> fire(Tx tx, List<DueRun> due, Taker taker, Instant now) {
        List<FiredRun> fireable = new ArrayList<>();
        List<DueRun> expired = new ArrayList<>();
        for (DueRun each : due) {
            String wrong = wrong(each);
            if (wrong != null) {
                quarantine(tx, each.trigger(), wrong, now);
            } else if (expired(each, now)) {
                expired.add(each);
            } else {
                fireable.add(begun(each.run(), taker.fireIds().get(), each.trigger(), now));
            }
        }
        triggers.delete(tx, due.stream().map(each -> each.trigger().name()).toList());
        expire(tx, expired, now);
        return start(tx, admitted(tx, fireable, now), taker, now);
    }

    private void quarantine(Tx tx, Due trigger, String wrong, Instant now) {
        log.error("Trigger {} is put into quarantine: {}", trigger.name(), wrong);
        fires.quarantine(tx, "trigger", trigger.name(), wrong, now);
    }

    /** Null if the trigger and its run fit together. */
    private static String wrong(DueRun due) {
        if (due.unreadable() != null) {
            return "its run cannot be read: " + due.unreadable();
        }
        if (!due.state().hasTrigger()) {
            return "its run is " + due.state() + " and should have no trigger";
        }
        String expected = PendingTriggers.triggerName(due.id(), due.run().attempt());
        return expected.equals(due.trigger().name()) ? null : "its run waits for " + expected;
    }

    private static boolean expired(DueRun due, Instant now) {
        return due.expiresAt() != null && due.run().attempt() == 1 && !now.isBefore(due.expiresAt());
    }

    private static FiredRun begun(FiredRun run, String fireId, Due trigger, Instant now) {
        return new FiredRun(
                fireId,
                0,
                run.runId(),
                run.type(),
                run.payload(),
                run.payloadVersion(),
                run.priority(),
                run.attempt(),
                run.cycle(),
                run.failures(),
                run.failuresByCategory(),
                run.nodesLost(),
                run.createdAt(),
                run.cycleStartedAt() == null ? now : run.cycleStartedAt(),
                Instant.ofEpochMilli(trigger.due()),
                now,
                run.parked(),
                run.origin());
    }

    private void expire(Tx tx, List<DueRun> expired, Instant now) {
        if (expired.isEmpty()) {
            return;
        }
        fires.markCancelled(tx, expired.stream().map(DueRun::id).toList(), "expired", now);
        for (DueRun run : expired) {
            runs.append(
                    tx,
                    new RunEvent(
                            run.id(),
                            now,
                            "expired",
                            run.state(),
                            RunState.CANCELLED,
                            "system",
                            "not begun in time",
                            null));
        }
    }

    /** Asks the gate; what it holds is parked, or skipped. */
    private List<FiredRun> admitted(Tx tx, List<FiredRun> batch, Instant now) {
        Map<String, Gate.Hold> held = batch.isEmpty() ? Map.of() : gate.ask(tx, batch);
        if (held.isEmpty()) {
            return batch;
        }
        List<Parked> parked = new ArrayList<>();
        List<FiredRun> skipped = new ArrayList<>();
        List<FiredRun> admitted = new ArrayList<>();
        for (FiredRun run : batch) {
            Gate.Hold hold = held.get(run.runId());
            if (hold == null) {
                admitted.add(run);
            } else if (hold.skips()) {
                skipped.add(run);
            } else {
                parked.add(new Parked(run.runId(), hold, now, run.priority(), run.dueAt()));
            }
        }
        if (!parked.isEmpty()) {
            fires.markParked(tx, parked, now);
        }
        skip(tx, skipped, held, now);
        return admitted;
    }

    private void skip(Tx tx, List<FiredRun> skipped, Map<String, Gate.Hold> held, Instant now) {
        if (skipped.isEmpty()) {
            return;
        }
        fires.markCancelled(tx, skipped.stream().map(FiredRun::runId).toList(), "skipped", now);
        for (FiredRun run : skipped) {
            runs.append(
                    tx,
                    new RunEvent(
                            run.runId(),
                            now,
                            "skipped",
                            run.failures() == 0 ? RunState.SCHEDULED : RunState.RETRYING,
                            RunState.CANCELLED,
                            "system",
                            "held by " + held.get(run.runId()).reason(),
                            null));
        }
    }

    private List<FiredRun> start(Tx tx, List<FiredRun> batch, Taker taker, Instant now) {
        if (batch.isEmpty()) {
            return batch;
        }
        fires.markRunning(tx, batch.stream().map(FiredRun::runId).toList(), taker.nodeId(), now);
        return fires.insertStarted(tx, batch, taker.bootId(), taker.nodeId());
    }
}
