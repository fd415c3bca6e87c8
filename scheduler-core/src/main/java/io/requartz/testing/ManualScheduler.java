package io.requartz.testing;

import io.requartz.audit.AuditTrail;
import io.requartz.bulk.BulkActions;
import io.requartz.deadletter.DeadLetters;
import io.requartz.definition.DefinitionSet;
import io.requartz.definition.Definitions;
import io.requartz.failure.Classification;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.node.CallersTransaction;
import io.requartz.node.Engine;
import io.requartz.node.NodeSettings;
import io.requartz.node.SchedulerControl;
import io.requartz.plugin.JobTypes;
import io.requartz.plugin.Plugins;
import io.requartz.policy.Policies;
import io.requartz.run.Runs;
import io.requartz.schedule.Schedules;
import io.requartz.scope.Scopes;
import java.sql.Connection;
import java.time.Duration;
import java.util.Random;
import org.quartz.SchedulerException;

/**
 * A node that does nothing by itself: the real classes on a real database, with a clock that the test moves. {@link #turn} runs
 * what is due in the calling thread and writes the outcomes, so that a test sees every step. Not thread-safe.
 *
 * <pre>{@code
 * ManualScheduler scheduler = ManualScheduler.join(database, Plugins.builder().add(SyncShops.class).build(), clock);
 * Run run = scheduler.runs().submit(Submission.of("sync_shops").build()).run();
 * scheduler.runDue();
 * }</pre>
 */
public final class ManualScheduler implements AutoCloseable {

    public static final Duration BEAT = Duration.ofSeconds(2);
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final int BATCH = 100;
    private static final int MOST_TURNS = 10_000;

    private final Engine engine;
    private final SettableClock clock;

    private ManualScheduler(Engine engine, SettableClock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** A node named {@code manual} that has joined the cluster, with gates open. The database's schema must be there. */
    public static ManualScheduler join(Database database, JobTypes types, SettableClock clock) {
        return join("manual", database, types, clock, Gate.OPEN);
    }

    public static ManualScheduler join(
            String nodeId, Database database, JobTypes types, SettableClock clock, Gate gate) {
        return join(nodeId, database, types, clock, gate, DefinitionSet.EMPTY);
    }

    public static ManualScheduler join(
            String nodeId,
            Database database,
            JobTypes types,
            SettableClock clock,
            Gate gate,
            DefinitionSet definitions) {
        try {
            ManualScheduler scheduler = create(nodeId, database, types, clock, gate, definitions);
            scheduler.engine.member().join();
            return scheduler;
        } catch (SchedulerException failed) {
            throw new IllegalStateException("the node could not join", failed);
        }
    }

    /** A node that only answers questions: it joins nothing and runs nothing. */
    public static ManualScheduler observe(Database database, SettableClock clock) {
        try {
            return create("observer", database, Plugins.builder().build(), clock, Gate.OPEN, DefinitionSet.EMPTY);
        } catch (SchedulerException failed) {
            throw new IllegalStateException("no observer", failed);
        }
    }

    private static ManualScheduler create(
            String nodeId, Database database, JobTypes types, SettableClock clock, Gate gate, DefinitionSet definitions)
            throws SchedulerException {
        NodeSettings settings = new NodeSettings(
                nodeId,
                BEAT,
                LEASE,
                Duration.ofSeconds(1),
                1,
                false,
                BATCH,
                1 << 20,
                64 << 10,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
        Random random = new Random(nodeId.hashCode() * 31L + clock.millis());
        return new ManualScheduler(
                new Engine(
                        settings,
                        new Engine.Surroundings(
                                database,
                                database,
                                types,
                                gate,
                                definitions,
                                Classification.SHIPPED,
                                clock,
                                clock.ticker(),
                                random)),
                clock);
    }

    public Runs runs() {
        return engine.runs();
    }

    /** For submissions within a transaction that the caller has begun on this connection. */
    public CallersTransaction within(Connection connection) {
        return engine.within(connection);
    }

    public Schedules schedules() {
        return engine.schedules();
    }

    public DeadLetters deadLetters() {
        return engine.deadLetters();
    }

    public Policies policies() {
        return engine.policies();
    }

    /** Reads what other nodes have changed of the definitions, as a running node does at each beat. */
    public void refreshDefinitions() {
        engine.refreshDefinitions();
    }

    public Scopes scopes() {
        return engine.scopes();
    }

    public Definitions definitions() {
        return engine.definitions();
    }

    public BulkActions bulkActions() {
        return engine.bulkActions();
    }

    /** Pauses and resumes job types, or everything. */
    public SchedulerControl control() {
        return engine.control();
    }

    public AuditTrail audit() {
        return engine.auditTrail();
    }

    public SettableClock clock() {
        return clock;
    }

    public String bootId() {
        return engine.bootId();
    }

    /** Beats once, then takes what is due, at most 100, runs it and writes the outcomes. @return how many attempts were made */
    public int turn() {
        return turn(BATCH);
    }

    public int turn(int atMost) {
        try {
            engine.member().beat();
            return engine.turn(atMost);
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Takes what is due and does nothing with it: the moment before a job begins. @return how many were taken */
    public int takeWithoutRunning() {
        try {
            return engine.take(BATCH);
        } catch (SchedulerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Turns until nothing is due. @return how many attempts were made */
    public int runDue() {
        int ran = 0;
        for (int i = 0; i < MOST_TURNS; i++) {
            int now = turn();
            ran += now;
            if (now == 0 && !engine.moreMayBeDue()) {
                return ran;
            }
        }
        throw new IllegalStateException("still something due after " + MOST_TURNS + " turns");
    }

    public void advance(Duration by) {
        clock.advance(by);
    }

    /** Beats on for this long, on the clock, and recovers peers that did not beat for a lease meanwhile. */
    public void beatThrough(Duration time) {
        for (long i = 0; i < time.dividedBy(BEAT); i++) {
            engine.member().beat().forEach(engine.member()::recover);
            clock.advance(BEAT);
        }
    }

    /** Beats until a lease has passed, recovers whoever did not beat meanwhile, and sweeps. */
    public void outliveDeadPeers() {
        beatThrough(LEASE.plus(BEAT.multipliedBy(2)));
        engine.member().sweep();
        engine.member().beat();
    }

    /** Lets go on what scopes hold that are open again. @return how many runs */
    public int releaseParked() {
        int released = 0;
        do {
            released += engine.releases().runOnce();
        } while (engine.releases().unfinished());
        return released;
    }

    /** The duties that a running node does from time to time, once each. */
    public void doDuties() {
        engine.refreshDefinitions();
        engine.passOnCancellations();
        engine.writeProgress();
        engine.refreshDefinitions();
        releaseParked();
        engine.member().sweep();
        engine.handleForeignMisfires();
        workOffBulkActions();
    }

    /** Does what is due now of the bulk actions. */
    public void workOffBulkActions() {
        engine.workOffBulkActions();
    }

    /** Drops the node as a crash does: its row and what it had begun stay behind. */
    public void die() {
        engine.close();
    }

    /** Leaves the cluster in order. */
    @Override
    public void close() {
        engine.member().leave();
        engine.close();
    }
}
