package io.requartz.jobstore;

import io.requartz.jdbc.SqlErrors;
import io.requartz.jdbc.TriggerRows;
import io.requartz.quartz.Deciding;
import io.requartz.quartz.Dispatching;
import io.requartz.quartz.Execution;
import io.requartz.quartz.Executions;
import io.requartz.quartz.Lease;
import io.requartz.run.FiredRun;
import io.requartz.run.Outcome;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quartz's clustered JDBC store, with a way of our own for the triggers of runs: due ones are taken, gated and fired in one
 * transaction without the global lock, and completions go to the outcome writer. Foreign triggers, of any other group, keep Quartz's
 * way through {@code super}.
 */
@SuppressWarnings("unchecked") // JobStoreTX overrides a generic method by a raw one
public final class RequartzJobStore extends ForeignTriggerStore {

    private static final Logger log = LoggerFactory.getLogger(RequartzJobStore.class);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
    private static final Duration TAKE_AT_MOST = Duration.ofSeconds(10);

    private final NodeIdentity identity;
    private final Lease lease;
    private final Executions executions;
    private final Supplier<Collection<String>> offered;
    private final Supplier<OptionalLong> schedules;
    private final DueRuns dueRuns;
    private final LostNode lostNode;
    private final OutcomeWriter writer;
    private final Deciding deciding;
    private final Ticker ticker;
    private final Dispatching dispatching;
    private final AtomicBoolean sweepNeeded = new AtomicBoolean();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final ReentrantLock taking = new ReentrantLock();
    private final long pollNanos;

    private LongConsumer wakeAt = due -> {};
    private volatile Taking listener = (runs, maybeMore, nanos) -> {};
    private volatile long lookedAt;
    private volatile boolean moreMayBeDue = true;

    /** By the last look, whether they were taken or not. */
    private int dealtWith;

    RequartzJobStore(StoreParts parts) {
        super(parts);
        this.identity = parts.identity();
        this.lease = parts.lease();
        this.executions = parts.executions();
        this.offered = parts.offered();
        this.schedules = parts.schedules();
        this.dueRuns = parts.dueRuns();
        this.lostNode = parts.lostNode();
        this.writer = parts.writer();
        this.deciding = parts.deciding();
        this.ticker = parts.ticker();
        this.dispatching = parts.dispatching();
        this.pollNanos = parts.poll().toNanos();
    }

    /** Told when the next trigger is due, so that the scheduler's thread can be woken then; by milliseconds since 1970. */
    public void onNextDue(LongConsumer listener) {
        this.wakeAt = listener;
    }

    /** Told of each look that was made. */
    @FunctionalInterface
    public interface Taking {
        /**
         * @param maybeMore that were as many as there was room for
         * @param nanos that it took
         */
        void taken(int runs, boolean maybeMore, long nanos);
    }

    public void onTaken(Taking listener) {
        this.listener = listener;
    }

    /** Lets the scheduler's thread look for due runs, unless it has done so within this time. */
    public void lookUnlessDoneWithin(Duration time) {
        if (ticker.nanoTime() - lookedAt >= time.toNanos()) {
            wake();
        }
    }

    @Override
    public void wake() {
        moreMayBeDue = true;
        signal();
    }

    @Override
    void wakeAt(long due) {
        wakeAt.accept(due);
    }

    // ---- taking runs

    /** Quartz would wait for 15 s after the second failure in a row, and so long after the database is back. */
    @Override
    public long getAcquireRetryDelay(int failureCount) {
        return Math.min(LONGEST_RETRY.toMillis(), 50L << Math.min(failureCount, 6));
    }

    @Override
    public List<OperableTrigger> acquireNextTriggers(long noLaterThan, int maxCount, long timeWindow)
            throws JobPersistenceException {
        taking.lock();
        try {
            return open.get() && worthLooking() ? acquire(rounded(maxCount), timeWindow) : List.of();
        } catch (JobPersistenceException failed) {
            throw SqlErrors.kind(failed) == SqlErrors.Kind.CONNECTION
                    ? new DatabaseAway("due runs wait until the database answers: " + failed.getMessage())
                    : failed;
        } finally {
            taking.unlock();
        }
    }

    /** It stands in the text of a statement, of which servers keep only so many prepared. */
    private static int rounded(int maxCount) {
        return maxCount < 20 ? maxCount : maxCount - maxCount % 10;
    }

    /**
     * Quartz's thread asks again as soon as it has passed on what it got. If that was all there was, and nobody has said since that
     * something is due, the answer is known until it is time to see what other nodes have submitted.
     */
    private boolean worthLooking() {
        return moreMayBeDue || ticker.nanoTime() - lookedAt >= pollNanos / 2;
    }

    /** Whether the last look may have left some, or somebody has said since that there are. */
    public boolean moreMayBeDue() {
        return moreMayBeDue;
    }

    private List<OperableTrigger> acquire(int maxCount, long timeWindow) throws JobPersistenceException {
        lookedAt = ticker.nanoTime();
        moreMayBeDue = false;
        dealtWith = 0;
        boolean all = false;
        try {
            List<OperableTrigger> taken = take(maxCount, timeWindow);
            all = Math.max(taken.size(), dealtWith) < maxCount;
            listener.taken(taken.size(), !all, ticker.nanoTime() - lookedAt);
            if (taken.isEmpty() && !all) {
                // without anything to pass on, Quartz's thread would wait
                signal();
            }
            return taken;
        } finally {
            if (!all) {
                moreMayBeDue = true;
            }
        }
    }

    private List<OperableTrigger> take(int maxCount, long timeWindow) throws JobPersistenceException {
        List<OperableTrigger> taken = takeOurs(maxCount);
        if (taken.isEmpty()) {
            return foreignTurn() ? acquireForeign(maxCount, timeWindow) : taken;
        }
        if (taken.size() < maxCount && foreignTurn()) {
            return withForeign(taken, maxCount - taken.size(), timeWindow);
        }
        return taken;
    }

    /** Whatever happens: what was taken is committed as begun here, and nobody would complete it. */
    private List<OperableTrigger> withForeign(List<OperableTrigger> taken, int maxCount, long timeWindow) {
        List<OperableTrigger> all = new ArrayList<>(taken);
        try {
            all.addAll(acquireForeign(maxCount, timeWindow));
        } catch (JobPersistenceException | RuntimeException failed) {
            log.warn("Foreign triggers were not looked for; it will be tried again: {}", failed.getMessage());
        }
        return all;
    }

    private List<OperableTrigger> takeOurs(int maxCount) throws JobPersistenceException {
        try {
            String boot = identity.bootId();
            if (!lease.holds(boot)) {
                // its workers would hand everything back, to take it again, and again
                return List.of();
            }
            handBackWhatNobodyHas();
            schedules.get().ifPresent(wakeAt);
            DueRuns.Taken taken = dueRuns.take(
                    new DueRuns.Taker(
                            boot,
                            identity.nodeId(),
                            offered.get(),
                            executions.countByType(),
                            () -> identity.nextFireId(boot)),
                    maxCount);
            dealtWith = taken.dealtWith();
            taken.nextDue().ifPresent(wakeAt);
            List<OperableTrigger> triggers = new ArrayList<>();
            for (FiredRun run : taken.fired()) {
                executions.add(new Execution(run, boot, ticker.nanoTime()));
                triggers.add(dispatching.triggerOf(run));
            }
            return triggers;
        } catch (RuntimeException failed) {
            sweepNeeded.set(true);
            throw new JobPersistenceException("due runs could not be taken: " + failed.getMessage(), failed);
        }
    }

    /** After a failed transaction: had its commit reached the database, there are attempts that no worker knows of. */
    private void handBackWhatNobodyHas() {
        if (sweepNeeded.compareAndSet(true, false)) {
            try {
                String boot = identity.bootId();
                List<String> orphans = dueRunsOrphans(boot);
                int back = orphans.isEmpty() ? 0 : lostNode.handBack(boot, orphans);
                if (back > 0) {
                    log.warn("{} attempts were started by a commit whose answer was lost; they were handed back", back);
                }
            } catch (RuntimeException failed) {
                sweepNeeded.set(true);
                throw failed;
            }
        }
    }

    private List<String> dueRunsOrphans(String boot) {
        return lostNode.firedOf(boot).stream()
                .filter(fireId -> executions.find(fireId).isEmpty())
                .toList();
    }

    @Override
    public List<TriggerFiredResult> triggersFired(List<OperableTrigger> triggers) throws JobPersistenceException {
        List<OperableTrigger> foreign =
                triggers.stream().filter(trigger -> !isOurs(trigger)).toList();
        List<TriggerFiredResult> fired = foreign.isEmpty() ? List.of() : super.triggersFired(foreign);
        List<TriggerFiredResult> results = new ArrayList<>();
        int next = 0;
        for (OperableTrigger trigger : triggers) {
            results.add(isOurs(trigger) ? new TriggerFiredResult(dispatching.bundleOf(trigger)) : fired.get(next++));
        }
        return results;
    }

    @Override
    public void releaseAcquiredTrigger(OperableTrigger trigger) {
        if (isOurs(trigger)) {
            executions.find(trigger.getFireInstanceId()).ifPresent(this::giveBack);
        } else {
            super.releaseAcquiredTrigger(trigger);
        }
    }

    // ---- completing attempts

    @Override
    public void triggeredJobComplete(
            OperableTrigger trigger, JobDetail detail, CompletedExecutionInstruction instruction) {
        if (isOurs(trigger)) {
            executions.find(trigger.getFireInstanceId()).ifPresent(this::complete);
        } else {
            super.triggeredJobComplete(trigger, detail, instruction);
        }
    }

    /** Hands the outcome to the writer, once; what was not decided is a failure of unknown kind. */
    public void complete(Execution execution) {
        Outcome outcome = execution.decided().orElseGet(() -> deciding.decide(execution));
        writer.complete(execution, outcome);
    }

    /** It has not begun and will not here. */
    public void giveBack(Execution execution) {
        writer.complete(execution, deciding.giveBack(execution));
    }

    private static boolean isOurs(OperableTrigger trigger) {
        return TriggerRows.GROUP.equals(trigger.getKey().getGroup());
    }

    /**
     * Nothing more is taken; what runs goes on. Waits for a transaction that is just taking runs, but not for ever: what it takes
     * later would be nobody's.
     */
    public void stopTaking() {
        open.set(false);
        try {
            if (taking.tryLock(TAKE_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                taking.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void shutdown() {
        stopTaking();
    }
}
