package io.requartz.node;

import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.scope.ScopeReleases;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a running node does from time to time, each on a thread of its own. */
final class Duties implements AutoCloseable {

    private static final Duration QUEUED_TOO_LONG = Duration.ofSeconds(1);
    private static final Duration MISFIRE_PASS = Duration.ofSeconds(60);
    private static final Duration UNASKED = Duration.ofSeconds(60);

    /** How long a duty rests that finds something to do, and one that finds nothing: an idle cluster asks little. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration STILL_BUSY = Duration.ofSeconds(10);

    private static final Duration LAST_ROUNDS = Duration.ofSeconds(5);

    private final Engine engine;
    private final Ticker ticker;
    private final ConcurrentLinkedQueue<NodeRow> toRecover = new ConcurrentLinkedQueue<>();
    private final List<Duty> all = new ArrayList<>();
    private final Duty recovery;
    private final Duty definitions;
    private final Duty bulkActions;

    Duties(Engine engine, Ticker ticker) {
        this.engine = engine;
        this.ticker = ticker;
        this.recovery = add("recovery", engine.settings().lease(), this::recover);
        add("heart", engine.settings().beat(), this::beat);
        add("progress", BUSY, this::tendToRunning);
        this.definitions = add("definitions", UNASKED, engine::refreshDefinitions);
        add(new Duty(name("releases"), this::untilReleases, engine.releases()::runOnce));
        this.bulkActions = add(new Duty(
                name("bulk-actions"),
                () -> engine.workedOffBulkActionsWithin(STILL_BUSY) ? BUSY : IDLE,
                this::workOffBulkActions));
        add("misfires", MISFIRE_PASS, engine::handleForeignMisfires);
    }

    private Duration untilReleases() {
        ScopeReleases releases = engine.releases();
        return releases.unfinished() ? Duration.ZERO : releases.holding() ? BUSY : IDLE;
    }

    private String name(String what) {
        return "requartz-" + engine.settings().nodeId() + "-" + what;
    }

    private Duty add(String what, Duration delay, Runnable work) {
        return add(new Duty(name(what), delay, work));
    }

    private Duty add(Duty duty) {
        all.add(duty);
        return duty;
    }

    void start() {
        engine.bulkActions().onBegun(bulkActions::now);
        all.forEach(Duty::start);
    }

    private void beat() {
        List<NodeRow> dead = engine.member().beat();
        if (engine.member().definitionsChangedElsewhere()) {
            definitions.now();
        }
        if (!dead.isEmpty()) {
            toRecover.addAll(dead);
            recovery.now();
        }
    }

    private void tendToRunning() {
        engine.passOnCancellations();
        engine.writeProgress();
        engine.handOverQueued(QUEUED_TOO_LONG);
    }

    private void workOffBulkActions() {
        if (engine.workOffBulkActions()) {
            bulkActions.now();
        }
    }

    private void recover() {
        for (NodeRow dead = toRecover.poll(); dead != null; dead = toRecover.poll()) {
            engine.member().recover(dead);
        }
        engine.member().sweep();
    }

    @Override
    public void close() {
        Duty.closeAll(all, LAST_ROUNDS, ticker);
    }
}
