package io.requartz.node;

import io.requartz.audit.AuditTrail;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkWork;
import io.requartz.deadletter.DeadLetters;
import io.requartz.definition.DefinitionSet;
import io.requartz.definition.Definitions;
import io.requartz.failure.Classification;
import io.requartz.failure.FailureClassifier;
import io.requartz.guard.Gate;
import io.requartz.jdbc.AuditRows;
import io.requartz.jdbc.BulkRows;
import io.requartz.jdbc.CallersConnection;
import io.requartz.jdbc.ControlRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.DeadLetterRows;
import io.requartz.jdbc.DefinitionRows;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.RunRows;
import io.requartz.jdbc.ScheduleRows;
import io.requartz.jdbc.TriggerRows;
import io.requartz.jobstore.JobStoreAssembly;
import io.requartz.jobstore.NodeIdentity;
import io.requartz.jobstore.RequartzJobStore;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.JobTypes;
import io.requartz.policy.Policies;
import io.requartz.quartz.AssemblyParts;
import io.requartz.quartz.Deciding;
import io.requartz.quartz.Execution;
import io.requartz.quartz.ExecutionServices;
import io.requartz.quartz.Executions;
import io.requartz.quartz.SchedulerAssembly;
import io.requartz.quartz.TimeLimits;
import io.requartz.run.Closing;
import io.requartz.run.OutcomePlanner;
import io.requartz.run.Run;
import io.requartz.run.RunChanges;
import io.requartz.run.RunIds;
import io.requartz.run.RunServices;
import io.requartz.run.Runs;
import io.requartz.schedule.ScheduleFires;
import io.requartz.schedule.ScheduleServices;
import io.requartz.schedule.Schedules;
import io.requartz.scope.ScopeReleases;
import io.requartz.scope.Scopes;
import io.requartz.time.Ticker;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's parts, wired, with every duty as a method to call once; it starts no thread of its own. {@link RequartzNode} calls
 * the duties from threads, {@code io.requartz.testing.ManualScheduler} by hand.
 */
public final class Engine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final int BULK_PART = 100;
    private static final Duration BULK_ROUND = Duration.ofSeconds(2);

    private final NodeSettings settings;
    private final Database database;
    private final InstantSource clock;
    private final NodeIdentity identity;
    private final Executions executions = new Executions();
    private final RunChanges changes = new RunChanges();
    private final ControlRows control;
    private final RunRows runRows;
    private final KnownTypes knownTypes;
    private final Heart heart;
    private final TimeLimits timeLimits;
    private final JobStoreAssembly jobStore;
    private final ClusterMember member;
    private final SchedulerAssembly scheduler;
    private final Runs runs;
    private final CallersTransactions callersTransactions;
    private final DeadLetters deadLetters;
    private final Schedules schedules;
    private final ScheduleFires scheduleFires;
    private final BulkActions bulkActions;
    private final BulkWork bulkWork;
    private final OutcomeLog outcomeLog;
    private final ProgressWriting progress;
    private final AuditRows audit;
    private final Definitions definitions;
    private final Policies policies;
    private final Scoping scoping;
    private volatile LongConsumer wakeAt = due -> {};
    private volatile BiConsumer<CallersConnection, List<Run>> submittedWithin = (connection, created) -> {};

    /**
     * What an engine runs on.
     *
     * @param beats the same database through connections that only the heart uses
     * @param types what this node can run
     * @param definitions what this node's configuration defines
     * @param classification what it adds to the classification of failures
     */
    public record Surroundings(
            Database database,
            Database beats,
            JobTypes types,
            Gate gate,
            DefinitionSet definitions,
            Classification classification,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {}

    public Engine(NodeSettings settings, Surroundings around) throws SchedulerException {
        this.settings = settings;
        this.database = around.database();
        this.clock = around.clock();
        this.identity = new NodeIdentity(settings.nodeId(), around.random());
        this.control = new ControlRows(database.dialect());
        this.runRows = new RunRows(database);
        this.knownTypes = new KnownTypes(database, around.types());
        this.audit = new AuditRows(clock);
        this.definitions = new Definitions(database.transactions(), new DefinitionRows(), audit, clock);
        this.policies =
                new Policies(definitions, knownTypes, around.classification().categories());
        this.scoping = new Scoping(database, knownTypes, definitions, audit, due -> wakeAt.accept(due), clock);
        this.progress = new ProgressWriting(database.transactions(), clock);
        this.outcomeLog = new OutcomeLog(knownTypes, scoping.log());
        this.heart = new Heart(
                around.beats(), identity, settings.beat(), settings.lease(), clock, around.ticker(), executions::size);
        this.timeLimits = new TimeLimits(settings.stuckGrace());
        OutcomePlanner planner = new OutcomePlanner(
                knownTypes::remembered,
                policies::of,
                knownTypes::classifiers,
                new FailureClassifier(
                        clock,
                        around.classification().categories(),
                        around.classification().rules()),
                clock,
                around.random());
        Deciding deciding = new Deciding(planner);
        this.jobStore = new JobStoreAssembly(
                new JobStoreAssembly.Surroundings(
                        database,
                        identity,
                        heart,
                        executions,
                        knownTypes::offered,
                        this::fireSchedules,
                        planner,
                        scoping.gate().then(around.gate()),
                        knownTypes::remembered,
                        scoping.definitions(),
                        audit,
                        clock,
                        around.ticker(),
                        settings.poll(),
                        this::committed),
                deciding);
        this.scheduler = new SchedulerAssembly(
                database.cluster() + "-" + identity.bootId(),
                jobStore.store(),
                new AssemblyParts(
                        executions,
                        new ExecutionServices(around.types(), heart, timeLimits, clock, settings.resultLimit()),
                        deciding,
                        settings.threads(),
                        settings.virtual(),
                        settings.batch(),
                        settings.poll(),
                        around.ticker()),
                jobStore.store()::complete);
        this.member = new ClusterMember(new ClusterMember.Parts(
                identity,
                settings,
                new Membership(database, settings, knownTypes, control, clock),
                heart,
                new Recovery(database, jobStore, identity, knownTypes, new FireRows(database)),
                jobStore.store(),
                executions,
                scheduler,
                around.types(),
                knownTypes,
                definitions,
                around.definitions()));
        this.runs = new Runs(runServices(around));
        this.callersTransactions = new CallersTransactions(
                database, runs, (connection, created) -> submittedWithin.accept(connection, created));
        ScheduleServices scheduleServices = new ScheduleServices(
                database.transactions(),
                new ScheduleRows(),
                new DefinitionRows(),
                definitions,
                runs,
                audit,
                control::pausesShared,
                new ScopeFireHold(knownTypes, scoping.ofRuns(), scoping.gate()),
                () -> wakeAt.accept(clock.millis()),
                clock);
        this.schedules = new Schedules(scheduleServices);
        this.scheduleFires = new ScheduleFires(scheduleServices);
        definitions.onChange(scheduleFires::definitionsChanged);
        this.deadLetters = new DeadLetters(database.transactions(), new DeadLetterRows(), runRows, runs, audit, clock);
        BulkRows bulkRows = new BulkRows();
        this.bulkActions =
                new BulkActions(database.transactions(), bulkRows, audit, new RunIds(clock, around.random()), clock);
        this.bulkWork = new BulkWork(
                new BulkWork.Surroundings(
                        database.transactions(),
                        bulkRows,
                        runs.many(),
                        deadLetters,
                        audit,
                        settings::nodeId,
                        clock,
                        around.ticker()),
                BULK_PART);
    }

    private OptionalLong fireSchedules() {
        return scheduleFires.fireDue();
    }

    private RunServices runServices(Surroundings around) {
        return new RunServices(
                database.transactions(),
                runRows,
                new TriggerRows(database),
                new DeadLetterRows(),
                audit,
                knownTypes::find,
                policies::requireOwn,
                scoping.ofRuns(),
                changes,
                due -> wakeAt.accept(due),
                this::cancelHere,
                clock,
                around.ticker(),
                around.random(),
                settings.payloadLimit());
    }

    /** Told when the next run is due, in milliseconds since 1970. */
    public void onNextDue(LongConsumer listener) {
        this.wakeAt = listener;
        store().onNextDue(listener);
    }

    /** Told of runs that were submitted within callers' transactions, and are not committed yet. */
    void onSubmittedWithin(BiConsumer<CallersConnection, List<Run>> listener) {
        this.submittedWithin = listener;
    }

    private void committed(List<Closing> closings) {
        changes.announce(closings.stream()
                .map(closing -> closing.outcome().fired().runId())
                .toList());
        for (Closing closing : closings) {
            outcomeLog.tell(closing);
            if (closing.dueAt() != null) {
                wakeAt.accept(closing.dueAt().toEpochMilli());
            } else if (isExclusive(closing.outcome().fired().type())) {
                // the next run of the type may have waited for this one
                store().wake();
            }
        }
    }

    private boolean isExclusive(String type) {
        return knownTypes.remembered(type).map(JobTypeDefinition::exclusive).orElse(false);
    }

    private void cancelHere(String runId) {
        executions.findByRun(runId).ifPresent(execution -> execution.stop(Execution.Stop.CANCELLED));
    }

    // ---- duties, each to be called from time to time, beside those of the member of the cluster

    /** Lets go on what scopes hold that are open again. */
    public ScopeReleases releases() {
        return scoping.releases();
    }

    /** Whether bulk actions were worked off within this time. */
    boolean workedOffBulkActionsWithin(Duration time) {
        return bulkWork.workedWithin(time);
    }

    /** Reads what people and other nodes have changed of the definitions. */
    public void refreshDefinitions() {
        definitions.refresh();
    }

    /** Works bulk actions off, for a few seconds at most. @return true if something is left that could go on now */
    public boolean workOffBulkActions() {
        return bulkWork.work(BULK_ROUND);
    }

    /** Asks attempts to stop whose runs were cancelled through another node. */
    public void passOnCancellations() {
        List<String> running = executions.all().stream()
                .filter(execution -> execution.stopReason().isEmpty())
                .map(execution -> execution.run().runId())
                .toList();
        if (!running.isEmpty()) {
            database.transactions()
                    .call("look for cancellations", tx -> runRows.cancelRequested(tx, running))
                    .forEach(this::cancelHere);
        }
    }

    /** Writes what running jobs have told of their progress, and what they logged. */
    public void writeProgress() {
        progress.write(executions.all());
    }

    /** Hands over what has waited for a worker longer than this. */
    public void handOverQueued(Duration waited) {
        scheduler.takeBack(waited).forEach(store()::giveBack);
    }

    /** Misfires of foreign triggers. */
    public void handleForeignMisfires() {
        try {
            store().handleForeignMisfires();
        } catch (JobPersistenceException failed) {
            log.warn("Misfires of foreign triggers were not handled; it will be tried again", failed);
        }
    }

    /** What the scheduler's thread and workers do, in the calling thread; then the outcomes are written. @return attempts made */
    public int turn(int atMost) throws SchedulerException {
        store().wake();
        int ran = scheduler.turn(atMost, clock.millis());
        jobStore.writer().runOnce();
        return ran;
    }

    /** Whether the last look brought as many as it could, though perhaps none that could begin. */
    public boolean moreMayBeDue() {
        return store().moreMayBeDue();
    }

    /** Takes due runs and leaves them there, as a node that dies the moment after. @return how many */
    public int take(int atMost) throws SchedulerException {
        store().wake();
        return scheduler.take(atMost, clock.millis()).size();
    }

    // ---- parts

    public ClusterMember member() {
        return member;
    }

    RequartzJobStore store() {
        return jobStore.store();
    }

    JobStoreAssembly jobStore() {
        return jobStore;
    }

    SchedulerAssembly scheduler() {
        return scheduler;
    }

    Executions executions() {
        return executions;
    }

    Heart heart() {
        return heart;
    }

    NodeSettings settings() {
        return settings;
    }

    Database database() {
        return database;
    }

    KnownTypes knownTypes() {
        return knownTypes;
    }

    public String bootId() {
        return identity.bootId();
    }

    public Runs runs() {
        return runs;
    }

    /** For submissions within a transaction that the caller has begun on this connection. */
    public CallersTransaction within(Connection connection) {
        return callersTransactions.on(connection);
    }

    public Policies policies() {
        return policies;
    }

    public Schedules schedules() {
        return schedules;
    }

    public Definitions definitions() {
        return definitions;
    }

    public Scopes scopes() {
        return scoping.service();
    }

    /** The scheduler as a whole. */
    public SchedulerControl control() {
        return new SchedulerControl(this, clock);
    }

    AuditRows audit() {
        return audit;
    }

    public RunChanges changes() {
        return changes;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public BulkActions bulkActions() {
        return bulkActions;
    }

    public AuditTrail auditTrail() {
        return new AuditTrail(database.transactions(), audit);
    }

    /** Ends what threads there are; touches the database no more. */
    @Override
    public void close() {
        timeLimits.close();
        try {
            scheduler.stop();
        } catch (SchedulerException failed) {
            log.debug("Quartz's scheduler did not stop cleanly", failed);
        }
    }
}
