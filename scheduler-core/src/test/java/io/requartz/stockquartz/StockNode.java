package io.requartz.stockquartz;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.LockException;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
import org.quartz.impl.jdbcjobstore.Semaphore;
import org.quartz.simpl.SimpleClassLoadHelper;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.spi.TriggerFiredResult;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz's own clustered store, as one node has it, driven by hand: no thread of its own runs. Its classes are Quartz's, unchanged. */
@SuppressWarnings("unchecked") // Quartz's own classes override each other so
final class StockNode extends JobStoreTX {

    private static final AtomicInteger SOURCES = new AtomicInteger();

    private final AtomicReference<Runnable> beforeLock = new AtomicReference<>(() -> {});

    StockNode(String id, DataSource database) throws SchedulerException {
        String source = "stock-" + SOURCES.incrementAndGet();
        DBConnectionManager.getInstance().addConnectionProvider(source, new Connections(database));
        setDataSource(source);
        setInstanceName("stock");
        setInstanceId(id);
        setIsClustered(true);
        // the careful setting: without it triggers fire twice
        setAcquireTriggersWithinLock(true);
        SimpleClassLoadHelper classes = new SimpleClassLoadHelper();
        classes.initialize();
        initialize(classes, new Silence());
    }

    /** What happens when this node is next about to take Quartz's lock. */
    void beforeItsNextLock(Runnable what) {
        beforeLock.set(what);
    }

    @Override
    protected Semaphore getLockHandler() {
        Semaphore real = super.getLockHandler();
        return real == null ? null : new Watched(real);
    }

    /** Due now, or as of then; a trigger of an earlier time comes first. */
    static OperableTrigger due(String name, JobDetail job, long millisAgo) {
        OperableTrigger trigger = (OperableTrigger) TriggerBuilder.newTrigger()
                .withIdentity(name)
                .forJob(job)
                .startAt(Date.from(Instant.now().minusMillis(millisAgo)))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
                .build();
        trigger.computeFirstFireTime(null);
        return trigger;
    }

    List<OperableTrigger> acquire(int atMost) throws JobPersistenceException {
        return acquireNextTriggers(System.currentTimeMillis(), atMost, 0);
    }

    /** As Quartz's thread does it, which gives back what it may not begin. @return what may begin */
    List<TriggerFiredResult> fire(List<OperableTrigger> acquired) throws JobPersistenceException {
        List<TriggerFiredResult> results = triggersFired(acquired);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).getTriggerFiredBundle() == null) {
                releaseAcquiredTrigger(acquired.get(i));
            }
        }
        return results.stream()
                .filter(result -> result.getTriggerFiredBundle() != null)
                .toList();
    }

    void complete(TriggerFiredResult fired) {
        OperableTrigger trigger = fired.getTriggerFiredBundle().getTrigger();
        triggeredJobComplete(
                trigger,
                fired.getTriggerFiredBundle().getJobDetail(),
                trigger.getNextFireTime() == null
                        ? Trigger.CompletedExecutionInstruction.DELETE_TRIGGER
                        : Trigger.CompletedExecutionInstruction.NOOP);
    }

    /** What a node does about a peer that it takes for dead. */
    void recover(String peer) throws JobPersistenceException {
        SchedulerStateRecord dead = new SchedulerStateRecord();
        dead.setSchedulerInstanceId(peer);
        Connection connection = getNonManagedTXConnection();
        try {
            clusterRecover(connection, List.of(dead));
            commitConnection(connection);
        } finally {
            cleanupConnection(connection);
        }
    }

    void handleMisfires() throws JobPersistenceException {
        doRecoverMisfires();
    }

    private record Connections(DataSource database) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void shutdown() {
            // whoever made it closes it
        }

        @Override
        public void initialize() {
            // it is
        }
    }

    /** Nobody is to be woken. */
    private static final class Silence implements SchedulerSignaler {

        @Override
        public void notifyTriggerListenersMisfired(Trigger trigger) {
            // there are none
        }

        @Override
        public void notifySchedulerListenersFinalized(Trigger trigger) {
            // there are none
        }

        @Override
        public void notifySchedulerListenersJobDeleted(JobKey jobKey) {
            // there are none
        }

        @Override
        public void signalSchedulingChange(long candidateNewNextFireTime) {
            // nobody sleeps
        }

        @Override
        public void notifySchedulerListenersError(String string, SchedulerException failed) {
            throw new IllegalStateException(string, failed);
        }
    }

    private final class Watched implements Semaphore {

        private final Semaphore real;

        Watched(Semaphore real) {
            this.real = real;
        }

        @Override
        public boolean obtainLock(Connection connection, String lockName) throws LockException {
            beforeLock.getAndSet(() -> {}).run();
            return real.obtainLock(connection, lockName);
        }

        @Override
        public void releaseLock(String lockName) throws LockException {
            real.releaseLock(lockName);
        }

        @Override
        public boolean requiresConnection() {
            return real.requiresConnection();
        }
    }
}
