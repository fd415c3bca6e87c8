package io.requartz.jobstore;

import io.requartz.jdbc.Database;
import io.requartz.problem.Problem;
import io.requartz.quartz.Dispatching;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.quartz.Calendar;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerConfigException;
import org.quartz.SchedulerException;
import org.quartz.impl.jdbcjobstore.DriverDelegate;
import org.quartz.impl.jdbcjobstore.FiredTriggerRecord;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.NoSuchDelegateException;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;

/**
 * Quartz's clustered JDBC store on our connections, for foreign triggers: those of any group but ours.
 *
 * <p>Of Quartz's background threads none is started: heartbeat, recovery and misfires are duties of the node, on threads that nobody
 * interrupts.
 */
@SuppressWarnings("unchecked") // JobStoreTX overrides a generic method by a raw one
abstract class ForeignTriggerStore extends JobStoreTX {

    private final Database database;
    private final NodeIdentity identity;
    private final Dispatching dispatching;
    private final InstantSource clock;
    private final QuartzTables tables = new QuartzTables();
    private final ForeignTurns turns;
    private SchedulerSignaler signaler;

    ForeignTriggerStore(StoreParts parts) {
        this.database = parts.database();
        this.identity = parts.identity();
        this.dispatching = parts.dispatching();
        this.clock = parts.clock();
        this.turns = new ForeignTurns(parts.poll().toNanos(), clock, parts.ticker());
        super.setInstanceName(database.cluster());
        super.setInstanceId(identity.bootId());
        setDataSource("requartz");
        setIsClustered(true);
        setAcquireTriggersWithinLock(true);
        setUseProperties("true");
    }

    @Override
    public final void initialize(ClassLoadHelper loadHelper, SchedulerSignaler schedulerSignaler)
            throws SchedulerConfigException {
        super.initialize(loadHelper, schedulerSignaler);
        this.signaler = schedulerSignaler;
        try {
            tables.initialize(
                    getLog(),
                    getTablePrefix(),
                    getInstanceName(),
                    getInstanceId(),
                    loadHelper,
                    canUseProperties(),
                    null);
        } catch (NoSuchDelegateException impossible) {
            throw new SchedulerConfigException("no statements for Quartz's tables", impossible);
        }
    }

    @Override
    protected final DriverDelegate getDelegate() {
        return tables;
    }

    @Override
    protected final Connection getConnection() throws JobPersistenceException {
        try {
            return database.dataSource().getConnection();
        } catch (SQLException failed) {
            throw new JobPersistenceException("no connection to the database: " + failed.getMessage(), failed);
        }
    }

    @Override
    protected final Connection getNonManagedTXConnection() throws JobPersistenceException {
        return getConnection();
    }

    /** Ends the wait of the scheduler's thread, if it waits. */
    final void signal() {
        if (signaler != null) {
            signaler.signalSchedulingChange(0L);
        }
    }

    // ---- taking

    /** Lets the scheduler's thread look for due triggers now. */
    abstract void wake();

    /** Lets it look at this time, in milliseconds since 1970. */
    abstract void wakeAt(long due);

    @Override
    protected final void storeTrigger(
            Connection connection,
            OperableTrigger trigger,
            JobDetail job,
            boolean existingAllowed,
            String state,
            boolean forceState,
            boolean recovering)
            throws JobPersistenceException {
        turns.stored();
        super.storeTrigger(connection, trigger, job, existingAllowed, state, forceState, recovering);
    }

    /** Whether it is time to look for them; the answer is used. */
    final boolean foreignTurn() {
        return turns.come();
    }

    /** Only what is due: Quartz's thread would wait for it otherwise, and ours behind it. */
    final List<OperableTrigger> acquireForeign(int maxCount, long timeWindow) throws JobPersistenceException {
        long now = clock.millis();
        long next = executeInNonManagedTXLock(null, connection -> nextForeign(connection), null);
        turns.next(next);
        if (next == Long.MAX_VALUE) {
            return List.of();
        }
        if (next > now) {
            wakeAt(next);
            return List.of();
        }
        return super.acquireNextTriggers(now, maxCount, timeWindow);
    }

    private Long nextForeign(Connection connection) throws JobPersistenceException {
        try {
            return tables.nextForeign(connection);
        } catch (SQLException failed) {
            throw new JobPersistenceException("foreign triggers could not be read", failed);
        }
    }

    @Override
    protected final synchronized String getFiredTriggerRecordId() {
        return identity.nextFireId(identity.bootId());
    }

    // ---- what the node does in Quartz's stead

    /** A new boot: foreign triggers are fired under its name too. */
    public final void rebooted() {
        super.setInstanceId(identity.bootId());
    }

    @Override
    public final void schedulerStarted() throws SchedulerException {
        // not super's: it starts threads that Quartz interrupts, and recovers by its own rules
    }

    @Override
    protected final boolean doCheckin() {
        return false;
    }

    /** What Quartz's misfire thread would do. */
    public final void handleForeignMisfires() throws JobPersistenceException {
        if (doRecoverMisfires().getProcessedMisfiredTriggerCount() > 0) {
            wake();
        }
    }

    /** Fired rows that a dead boot left, by Quartz's rules. */
    public final void recoverForeign(String bootId) throws JobPersistenceException {
        executeInNonManagedTXLock(
                LOCK_TRIGGER_ACCESS,
                connection -> {
                    recoverForeign(connection, bootId);
                    return Boolean.TRUE;
                },
                null);
    }

    private void recoverForeign(Connection connection, String bootId) throws JobPersistenceException {
        try {
            List<FiredTriggerRecord> left = tables.selectInstancesFiredTriggerRecords(connection, bootId);
            if (!left.isEmpty()) {
                clusterRecover(connection, List.of(dispatching.stateOf(bootId)));
            }
        } catch (SQLException failed) {
            throw new JobPersistenceException("foreign triggers of " + bootId + " could not be recovered", failed);
        }
    }

    // ---- what is refused

    @Override
    public final void storeCalendar(String name, Calendar calendar, boolean replace, boolean update)
            throws JobPersistenceException {
        throw new JobPersistenceException(
                "Requartz keeps no Java-serialized calendars; give a schedule its calendar in configuration");
    }

    @Override
    public final void clearAllSchedulingData() throws JobPersistenceException {
        throw refused("clear all scheduling data");
    }

    private static JobPersistenceException refused(String what) {
        Problem why = Problem.conflict(
                "Quartz's API cannot " + what + " here.", "Use Requartz's own: it keeps runs and triggers together.");
        return new JobPersistenceException(why.getMessage() + " " + why.hint(), why);
    }
}
