package io.requartz.quartz;

import io.requartz.run.FiredRun;
import io.requartz.run.PendingTriggers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.SimpleTrigger;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
import org.quartz.impl.triggers.SimpleTriggerImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;

/** Our runs in Quartz's clothes: triggers, details and bundles as its scheduler thread and shells expect them. */
public final class Dispatching {

    private static final String GROUP = "requartz";
    private static final Date LONG_AGO = Date.from(Instant.EPOCH);

    private final InstantSource clock;

    public Dispatching(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A run that was taken, as a one-shot trigger. For Quartz it was due long ago: its thread would wait with all that was taken, begun in
     * the database already, if the clock had been set back meanwhile.
     */
    public OperableTrigger triggerOf(FiredRun run) {
        SimpleTriggerImpl trigger = new SimpleTriggerImpl();
        trigger.setKey(new TriggerKey(PendingTriggers.triggerName(run.runId(), run.attempt()), GROUP));
        trigger.setJobKey(new JobKey(run.type(), GROUP));
        trigger.setStartTime(Date.from(run.dueAt()));
        trigger.setNextFireTime(LONG_AGO);
        trigger.setPriority(run.priority().level());
        trigger.setMisfireInstruction(SimpleTrigger.MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY);
        trigger.setFireInstanceId(run.fireId());
        return trigger;
    }

    public TriggerFiredBundle bundleOf(OperableTrigger trigger) {
        Date scheduled = trigger.getStartTime();
        trigger.setNextFireTime(scheduled);
        trigger.triggered(null);
        return new TriggerFiredBundle(
                detailOf(trigger.getJobKey().getName()),
                trigger,
                null,
                false,
                Date.from(clock.instant()),
                scheduled,
                null,
                null);
    }

    /** The durable detail of a job type: its class is ours, so that any node can load it. */
    public static JobDetail detailOf(String type) {
        return JobBuilder.newJob(Dispatcher.class)
                .withIdentity(type, GROUP)
                .storeDurably()
                .build();
    }

    /** A boot, as Quartz's recovery wants it named. */
    public SchedulerStateRecord stateOf(String bootId) {
        SchedulerStateRecord record = new SchedulerStateRecord();
        record.setSchedulerInstanceId(bootId);
        return record;
    }
}
