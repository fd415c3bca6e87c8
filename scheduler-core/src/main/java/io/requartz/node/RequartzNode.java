package io.requartz.node;

import io.requartz.audit.AuditTrail;
import io.requartz.bulk.BulkActions;
import io.requartz.config.RequartzConfig;
import io.requartz.deadletter.DeadLetters;
import io.requartz.definition.Definitions;
import io.requartz.guard.Gate;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.plugin.JobTypes;
import io.requartz.plugin.PluginLoader;
import io.requartz.plugin.Plugins;
import io.requartz.policy.Policies;
import io.requartz.problem.Problem;
import io.requartz.quartz.Execution;
import io.requartz.run.RunChanges;
import io.requartz.run.Runs;
import io.requartz.schedule.Schedules;
import io.requartz.scope.Scopes;
import io.requartz.time.Ticker;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: opened, it can answer questions; started, it takes and executes runs; stopped, it hands over what it has not finished.
 * Start and stop may be called twice. Thread-safe.
 *
 * <pre>{@code
 * try (RequartzNode node = RequartzNode.open(RequartzConfig.of("shop-1", Path.of("data")))) {
 *     node.start();
 *     node.runs().submit(Submission.of("sync_shops").payload("{\"shop\": 7}").build());
 * }
 * }</pre>
 */
public final class RequartzNode implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RequartzNode.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);
    private static final Duration LAST_OUTCOMES = Duration.ofSeconds(10);

    private enum Phase {
        OPEN,
        RUNNING,
        STOPPED
    }

    private final OpenDatabase database;
    private final NodeSettings settings;
    private final Plugins plugins;
    private final Engine engine;
    private final SchedulerControl control;
    private final Doctor doctor;
    private final DueNews dueNews;
    private final Ticker ticker = Ticker.system();
    private final Duties duties;
    private volatile Phase phase = Phase.OPEN;

    private RequartzNode(
            OpenDatabase database,
            NodeSettings settings,
            Plugins plugins,
            JobTypes types,
            Gate gate,
            RequartzConfig config,
            InstantSource clock)
            throws SchedulerException {
        RandomGenerator random = new SharedRandom();
        this.database = database;
        this.settings = settings;
        this.plugins = plugins;
        this.engine = new Engine(
                settings,
                new Engine.Surroundings(
                        database.main(),
                        database.beats(),
                        types,
                        gate,
                        config.defined(),
                        config.errors().classification(),
                        clock,
                        ticker,
                        random));
        this.duties = new Duties(engine, ticker);
        this.control = engine.control();
        this.doctor = new Doctor(database.main(), settings.lease(), clock);
        this.dueNews = new DueNews(database, engine, () -> phase == Phase.RUNNING, clock, ticker);
        dueNews.attach();
    }

    /** Random numbers for many threads. */
    private static final class SharedRandom implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }

    /**
     * Connects, which may take as long as the configuration lets it wait for the database, brings the schema up to date and loads
     * the plugins. Starts nothing.
     *
     * @throws Problem if the database cannot be used: what came, and what to do
     */
    public static RequartzNode open(RequartzConfig config) {
        checkSizes(config);
        OpenDatabase database =
                OpenDatabase.connect(config.database(), config.cluster().name());
        try {
            Plugins plugins = new PluginLoader(config.plugins().directory(), config.retry(), config::configured).load();
            return open(config, database, plugins, InstantSource.system());
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    /** As {@link #open(RequartzConfig)}, with job types that the application brings itself. The node closes them. */
    public static RequartzNode open(RequartzConfig config, Plugins plugins) {
        return open(config, plugins, InstantSource.system());
    }

    /**
     * As {@link #open(RequartzConfig, Plugins)}, with a clock of the caller's. It says when runs are due and what time is written;
     * whether a node is alive is never decided by it.
     */
    public static RequartzNode open(RequartzConfig config, Plugins plugins, InstantSource clock) {
        checkSizes(config);
        OpenDatabase database =
                OpenDatabase.connect(config.database(), config.cluster().name());
        try {
            return open(config, database, plugins, clock);
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    private static void checkSizes(RequartzConfig config) {
        Sizing.check(config, Runtime.version().feature()).forEach(log::warn);
    }

    private static RequartzNode open(
            RequartzConfig config, OpenDatabase database, Plugins plugins, InstantSource clock) {
        try {
            RequartzConfig whole =
                    config.withDefinitions(BroughtSchedules.under(config.definitions(), plugins.plugins()));
            return new RequartzNode(
                    database, settings(config), plugins, ConfiguredTypes.of(plugins, config), Gate.OPEN, whole, clock);
        } catch (SchedulerException failed) {
            throw new IllegalStateException("Quartz's scheduler could not be made", failed);
        }
    }

    private static NodeSettings settings(RequartzConfig config) {
        return new NodeSettings(
                config.node().id(),
                config.cluster().beat(),
                config.cluster().lease(),
                config.cluster().poll(),
                config.workers().threads(),
                config.workers().virtual(),
                config.workers().batch(),
                config.limits().payload().bytes(),
                config.limits().result().bytes(),
                config.limits().stuckGrace(),
                config.node().stopDeadline());
    }

    /**
     * Joins the cluster and begins to take runs.
     *
     * @throws Problem of kind CONFLICT if another node with this id is alive
     */
    public synchronized void start() {
        if (phase != Phase.OPEN) {
            return;
        }
        List<NodeRow> earlier = new Namesake(database.main(), settings, ticker).earlierBoots(database.embedded());
        try {
            engine.member().join(earlier.stream().map(NodeRow::bootId).collect(Collectors.toSet()));
            earlier.forEach(engine.member()::recover);
            engine.jobStore().writer().start("requartz-" + settings.nodeId());
            duties.start();
            dueNews.start();
            engine.scheduler().start();
        } catch (SchedulerException failed) {
            throw new IllegalStateException("Quartz's scheduler could not be started", failed);
        }
        phase = Phase.RUNNING;
        log.info(
                "Node {} is running: {} workers, job types {}",
                engine.bootId(),
                settings.threads(),
                engine.knownTypes().offered());
    }

    /**
     * Takes nothing more, lets what runs go on until the deadline, then interrupts it and hands over what has not ended, so that
     * other nodes begin with it at once.
     */
    public synchronized void stop() {
        if (phase != Phase.RUNNING) {
            phase = Phase.STOPPED;
            return;
        }
        log.info(
                "Node {} stops; {} attempts are open",
                engine.bootId(),
                engine.executions().size());
        engine.heart().draining();
        engine.store().stopTaking();
        // also what is on its way from the database to a worker's queue
        engine.executions().all().forEach(execution -> execution.keepFromBeginning(Execution.Stop.NODE_STOPS));
        engine.handOverQueued(Duration.ZERO);
        awaitNothingOpen(settings.stopDeadline());
        engine.executions().all().forEach(execution -> execution.stop(Execution.Stop.NODE_STOPS));
        awaitNothingOpen(AFTER_INTERRUPT);
        stopScheduler();
        for (Execution left : engine.executions().all()) {
            log.warn(
                    "Run {} did not end when it was interrupted; it is handed over",
                    left.run().runId());
            left.stop(Execution.Stop.NODE_STOPS);
            engine.store().giveBack(left);
        }
        engine.jobStore().writer().close(LAST_OUTCOMES);
        // else it would wait for a connection, and its peers take the row away all the same
        boolean reachable = engine.heart().sinceLastBeat().compareTo(settings.lease()) < 0;
        duties.close();
        if (reachable) {
            leave();
        }
        phase = Phase.STOPPED;
        log.info("Node {} has stopped", engine.bootId());
    }

    private void stopScheduler() {
        try {
            engine.scheduler().stop();
        } catch (SchedulerException failed) {
            log.warn("Quartz's scheduler did not stop cleanly", failed);
        }
    }

    private void leave() {
        try {
            engine.member().leave();
        } catch (RuntimeException failed) {
            log.warn("The node's row could not be taken away; its peers will: {}", failed.getMessage());
        }
    }

    private void awaitNothingOpen(Duration atMost) {
        long until = ticker.nanoTime() + atMost.toNanos();
        while (engine.executions().size() > 0 && ticker.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void close() {
        stop();
        dueNews.close();
        engine.close();
        plugins.close();
        database.close();
    }

    /** Whether it can do its work; asks the database nothing, and answers at once. */
    public Readiness readiness() {
        List<String> reasons = new ArrayList<>();
        if (phase == Phase.OPEN) {
            reasons.add("The node has not been started.");
        } else if (phase == Phase.STOPPED) {
            reasons.add("The node has stopped.");
        } else if (!engine.heart().fresh()) {
            reasons.add("The last beat that the database took was "
                    + engine.heart().sinceLastBeat().toSeconds() + " s ago; nothing starts until it answers again.");
        }
        return Readiness.of(reasons);
    }

    /** Whether the process is worth keeping. */
    public boolean live() {
        return phase != Phase.STOPPED;
    }

    public Runs runs() {
        return engine.runs();
    }

    /**
     * For submissions within a transaction that the caller has begun on this connection; the node need not be started.
     *
     * @param connection with autocommit off, to the schema that holds Requartz's tables; nothing of it is changed
     * @throws Problem if runs cannot be submitted within it: what is wrong with it, and what to do
     */
    public CallersTransaction within(Connection connection) {
        return engine.within(connection);
    }

    /** Tells when this node has committed outcomes; what other nodes commit is not told. */
    public RunChanges changes() {
        return engine.changes();
    }

    public Policies policies() {
        return engine.policies();
    }

    public Schedules schedules() {
        return engine.schedules();
    }

    public Definitions definitions() {
        return engine.definitions();
    }

    public Scopes scopes() {
        return engine.scopes();
    }

    public DeadLetters deadLetters() {
        return engine.deadLetters();
    }

    public BulkActions bulkActions() {
        return engine.bulkActions();
    }

    /** Who changed what. */
    public AuditTrail audit() {
        return engine.auditTrail();
    }

    public SchedulerControl control() {
        return control;
    }

    public Doctor doctor() {
        return doctor;
    }

    public Plugins plugins() {
        return plugins;
    }
}
