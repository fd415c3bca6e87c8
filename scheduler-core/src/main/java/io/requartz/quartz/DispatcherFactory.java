package io.requartz.quartz;

import org.quartz.Job;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;

/**
 * Makes the job of a fired trigger. It never throws: if it did, Quartz would put all triggers of the job into ERROR. Plugin code is
 * not touched here, in the scheduler's thread, but in the worker.
 */
final class DispatcherFactory implements JobFactory {

    private final Executions executions;
    private final ExecutionServices services;

    DispatcherFactory(Executions executions, ExecutionServices services) {
        this.executions = executions;
        this.services = services;
    }

    @Override
    public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) {
        return executions
                .find(bundle.getTrigger().getFireInstanceId())
                .<Job>map(execution -> new Dispatcher(execution, services))
                .orElseGet(() -> foreign(bundle));
    }

    private static Job foreign(TriggerFiredBundle bundle) {
        try {
            return bundle.getJobDetail().getJobClass().getDeclaredConstructor().newInstance();
        } catch (Throwable failed) {
            return context -> {
                throw new JobExecutionException(
                        "the job " + bundle.getJobDetail().getKey() + " could not be made: " + failed, failed, false);
            };
        }
    }
}
