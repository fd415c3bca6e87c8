package io.requartz.quartz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.RunContext;
import io.requartz.plugin.LoadedJobType;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.InterruptableJob;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class of every job detail of ours, so that any node can load it: finds the plugin's job and calls it as Quartz would. It
 * never throws; what the job's code did is left in the {@link Execution}, from where the listener takes it.
 *
 * <p>A new one for each attempt. Nothing here touches the database: the thread may be interrupted at any time.
 */
final class Dispatcher implements InterruptableJob {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Execution execution;
    private final ExecutionServices services;

    Dispatcher(Execution execution, ExecutionServices services) {
        this.execution = execution;
        this.services = services;
    }

    @Override
    public void execute(JobExecutionContext context) {
        execution.begin();
        AttemptResult result;
        try {
            result = refusal().orElseGet(() -> run(context));
        } catch (Throwable unforeseen) {
            result = new AttemptResult.Threw(unforeseen);
        } finally {
            execution.end();
        }
        execution.attemptResult(result);
    }

    private Optional<AttemptResult> refusal() {
        if (execution.stopReason().isPresent()) {
            return Optional.of(new AttemptResult.NotStarted("it was stopped before it began"));
        }
        if (!services.lease().holds(execution.bootId())) {
            return Optional.of(new AttemptResult.NotStarted("the node's last beat was too long ago to start anything"));
        }
        return Optional.empty();
    }

    private AttemptResult run(JobExecutionContext context) {
        Optional<LoadedJobType> type = services.types().find(execution.run().type());
        if (type.isEmpty()) {
            return new AttemptResult.NotStarted("this node no longer has the job type");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        LogCapture.begin(execution.log());
        TimeLimits.Watch watch =
                services.timeLimits().watch(execution, type.get().definition().timeLimit());
        try {
            thread.setContextClassLoader(type.get().classLoader());
            call(type.get(), context);
            return new AttemptResult.Succeeded();
        } catch (Throwable thrown) {
            return new AttemptResult.Threw(thrown);
        } finally {
            watch.close();
            LogCapture.end();
            thread.setContextClassLoader(before);
        }
    }

    private void call(LoadedJobType type, JobExecutionContext context) throws Exception {
        Job job = type.newJob();
        if (job instanceof InterruptableJob interruptable) {
            execution.onStop(() -> interrupt(interruptable));
        }
        RunContext run = new LiveRunContext(execution, type.settings(), services.clock(), services.resultLimit());
        JobExecutionContext seen = contextFor(job, type, run, context);
        job.execute(seen);
        keepQuartzResult(seen.getResult(), run);
    }

    /** What Quartz's own {@code setResult} was given becomes the run's result, if it is no larger than one may be. */
    private void keepQuartzResult(Object given, RunContext run) {
        if (given == null || execution.result() != null) {
            return;
        }
        try {
            run.result(JSON.writeValueAsString(given));
        } catch (JsonProcessingException | RuntimeException notKept) {
            run.log("The job's result was not kept: " + notKept.getMessage());
        }
    }

    /** As a plain Quartz job expects it: its own class in the detail, the payload's fields in the merged data. */
    private JobExecutionContext contextFor(Job job, LoadedJobType type, RunContext run, JobExecutionContext context) {
        JobDetail detail = JobBuilder.newJob(job.getClass())
                .withIdentity(context.getJobDetail().getKey())
                .withDescription(type.definition().title())
                .usingJobData(PayloadDataMap.of(execution.run().payload()))
                .storeDurably()
                .build();
        JobExecutionContextImpl seen = new JobExecutionContextImpl(
                context.getScheduler(),
                new TriggerFiredBundle(
                        detail,
                        (OperableTrigger) context.getTrigger(),
                        null,
                        false,
                        context.getFireTime(),
                        scheduled(context),
                        context.getPreviousFireTime(),
                        context.getNextFireTime()),
                job);
        seen.put(RunContext.KEY, run);
        return seen;
    }

    /** When the schedule was due, whichever attempt this is; without schedule, when the run was. */
    private Date scheduled(JobExecutionContext context) {
        Instant fire = execution.run().origin().scheduledAt();
        return fire == null ? context.getScheduledFireTime() : Date.from(fire);
    }

    private void interrupt(InterruptableJob job) {
        try {
            job.interrupt();
        } catch (Throwable ignored) {
            log.debug("Run {}: the job's interrupt() failed", execution.run().runId(), ignored);
        }
    }

    /** By Quartz's own interrupt API: a person's cancel. */
    @Override
    public void interrupt() {
        execution.stop(Execution.Stop.CANCELLED);
    }
}
