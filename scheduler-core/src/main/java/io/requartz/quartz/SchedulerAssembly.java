package io.requartz.quartz;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.core.JobRunShell;
import org.quartz.core.QuartzScheduler;
import org.quartz.core.QuartzSchedulerResources;
import org.quartz.impl.DefaultThreadExecutor;
import org.quartz.impl.StdScheduler;
import org.quartz.simpl.CascadingClassLoadHelper;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.JobStore;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;
import org.quartz.spi.TriggerFiredResult;

/**
 * One Quartz scheduler around our store, made by hand: Quartz's factories keep static registries by name, and have no place for
 * our shells. It is not started.
 */
public final class SchedulerAssembly {

    private final QuartzScheduler quartz;
    private final Scheduler scheduler;
    private final RunShell.Factory shells;
    private final WorkerPool workers;
    private final JobStore store;

    /**
     * @param name unique in this JVM
     * @param completion completes an execution if nobody has
     */
    public SchedulerAssembly(String name, JobStore store, AssemblyParts parts, Consumer<Execution> completion)
            throws SchedulerException {
        this.store = store;
        this.workers = new WorkerPool(parts.threads(), WorkerThreads.named(name, parts.virtual()), parts.ticker());
        this.shells = new RunShell.Factory(parts.executions(), completion);
        QuartzSchedulerResources resources = new QuartzSchedulerResources();
        resources.setName(name);
        resources.setThreadName(name + "-scheduler");
        resources.setInstanceId(name);
        resources.setJobRunShellFactory(shells);
        resources.setMakeSchedulerThreadDaemon(true);
        resources.setThreadPool(workers);
        resources.setThreadExecutor(new DefaultThreadExecutor());
        resources.setJobStore(store);
        resources.setMaxBatchSize(parts.batch());
        resources.setBatchTimeWindow(0);
        workers.initialize();
        this.quartz = new QuartzScheduler(resources, parts.poll().toMillis(), -1);
        ClassLoadHelper classes = new CascadingClassLoadHelper();
        classes.initialize();
        store.initialize(classes, quartz.getSchedulerSignaler());
        this.scheduler = new StdScheduler(quartz);
        shells.initialize(scheduler);
        quartz.initialize();
        scheduler.setJobFactory(new DispatcherFactory(parts.executions(), parts.services()));
        scheduler
                .getListenerManager()
                .addTriggerListener(new RetryTriggerListener(parts.executions(), parts.deciding()));
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** Stores the details of these job types, so that Quartz's own tools find a job for each of our triggers. */
    public void storeDetails(List<String> types) throws SchedulerException {
        for (String type : types) {
            JobDetail detail = Dispatching.detailOf(type);
            scheduler.addJob(detail, true);
        }
    }

    /** Attempts that have waited for a worker longer than this, taken out of the queue. */
    public List<Execution> takeBack(Duration waited) {
        return workers.takeBack(waited);
    }

    /**
     * What the scheduler's thread does in one turn, in the calling thread: takes due runs, fires them and runs them one after the
     * other. For nodes that are driven by hand.
     *
     * @return how many were run
     */
    public int turn(int atMost, long now) throws SchedulerException {
        List<OperableTrigger> triggers = take(atMost, now);
        int ran = 0;
        for (TriggerFiredResult fired :
                triggers.isEmpty() ? List.<TriggerFiredResult>of() : store.triggersFired(triggers)) {
            TriggerFiredBundle bundle = fired.getTriggerFiredBundle();
            if (bundle != null) {
                JobRunShell shell = shells.createJobRunShell(bundle);
                shell.initialize(quartz);
                shell.run();
                ran++;
            }
        }
        return ran;
    }

    /** Takes due runs, and no more. */
    public List<OperableTrigger> take(int atMost, long now) throws SchedulerException {
        return store.acquireNextTriggers(now, atMost, 0);
    }

    public void start() throws SchedulerException {
        scheduler.start();
    }

    /** Ends the scheduler's thread; workers go on with what they have. */
    public void stop() throws SchedulerException {
        scheduler.shutdown(false);
    }
}
