package io.requartz.node;

import io.requartz.jdbc.CallersConnection;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Dialect;
import io.requartz.jdbc.DueChannel;
import io.requartz.run.Run;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How a node learns that runs are due, and how others learn it. Of its own submissions it is told; when the next known run is due, a
 * timer tells it. What others submit it hears on PostgreSQL, and on the other databases it looks, the sooner the more is going on
 * ({@link Pace}). Thread-safe.
 */
final class DueNews implements AutoCloseable {

    private final Engine engine;
    private final InstantSource clock;
    private final Duration poll;
    private final BooleanSupplier running;
    private final WakeUps wakeUps;
    private final Pace pace;
    private final Pace callers;
    private final Duty looks;
    private final Announcer announcer;
    private final PeerNews peers;

    /** @param running whether the node takes runs */
    DueNews(OpenDatabase database, Engine engine, BooleanSupplier running, InstantSource clock, Ticker ticker) {
        String name = "requartz-" + engine.settings().nodeId();
        Database main = database.main();
        this.engine = engine;
        this.clock = clock;
        this.poll = engine.settings().poll();
        this.running = running;
        this.wakeUps = new WakeUps(name, engine.store()::wake, clock);
        this.pace = new Pace(poll, ticker);
        this.callers = new Pace(poll, ticker);
        this.looks = new Duty(
                name + "-looks", this::untilNextLook, () -> engine.store().lookUnlessDoneWithin(untilNextLook()));
        boolean announces = main.dialect() == Dialect.POSTGRESQL;
        this.announcer = announces ? new Announcer(name, main, engine::bootId, ticker) : null;
        this.peers = announces
                ? new PeerNews(
                        name,
                        new DueChannel(main.cluster()),
                        database.another(),
                        engine::bootId,
                        engine.store()::wake,
                        announcer::tell,
                        ticker)
                : null;
    }

    /** From now on it is told by the node's parts. */
    void attach() {
        engine.onNextDue(this::dueAt);
        // what the store has read, others read too
        engine.store().onNextDue(wakeUps::at);
        engine.store().onTaken(this::taken);
        engine.onSubmittedWithin(this::submittedWithin);
    }

    void start() {
        looks.start();
        if (peers != null) {
            peers.start();
        }
    }

    private Duration untilNextLook() {
        boolean hears = peers != null && peers.hears();
        long nanos = Math.min(hears ? poll.toNanos() : pace.nanos(), callers.nanos());
        return Duration.ofNanos(nanos);
    }

    private void dueAt(long due) {
        wakeUps.at(due);
        if (announcer != null && soon(due) && !takesAtOnce()) {
            announcer.tell();
        }
    }

    /** What is due later, everybody sees in time. */
    private boolean soon(long due) {
        return due - clock.millis() <= poll.toMillis();
    }

    private boolean takesAtOnce() {
        return running.getAsBoolean()
                && engine.executions().size() < engine.settings().threads()
                && engine.knownTypes().offersAll();
    }

    private void taken(int runs, boolean maybeMore, long nanos) {
        if (runs > 0) {
            quicken(pace);
        } else {
            pace.cost(nanos);
        }
        if (maybeMore && announcer != null) {
            announcer.tellOfMore();
        }
    }

    private void quicken(Pace which) {
        boolean slow = which.slow();
        which.active();
        if (slow) {
            looks.now();
        }
    }

    /** Nobody knows when the caller commits, and it may forget to tell: so this node looks often for a while. */
    private void submittedWithin(CallersConnection connection, List<Run> created) {
        if (created.stream().noneMatch(run -> soon(run.dueAt().toEpochMilli()))) {
            return;
        }
        quicken(callers);
        if (announcer != null && !takesAtOnce()) {
            announcer.tellWithin(connection);
        }
    }

    @Override
    public void close() {
        looks.close();
        if (peers != null) {
            peers.close();
            announcer.close();
        }
        wakeUps.close();
    }
}
