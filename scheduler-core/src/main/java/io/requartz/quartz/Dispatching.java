package io.requartz.quartz;

import io.requartz.run.FiredRun;
import io.requartz.run.PendingTriggers;
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

    private final InstantSource clock;

    public Dispatching(InstantSource clock) {
        this.clock = clock;
    }

    /** A run that was taken, as a one-shot trigger that is due. */
    public OperableTrigger triggerOf(FiredRun run) {
        Date due = Date.from(run.dueAt());
        SimpleTriggerImpl trigger = new SimpleTriggerImpl();
        trigger.setKey(new TriggerKey(PendingTriggers.triggerName(run.runId(), run.attempt()), GROUP));
        trigger.setJobKey(new JobKey(run.type(), GROUP));
        trigger.setStartTime(due);
        trigger.setNextFireTime(due);
        trigger.setPriority(run.priority().level());
        trigger.setMisfireInstruction(SimpleTrigger.MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY);
        trigger.setFireInstanceId(run.fireId());
        return trigger;
    }

    public TriggerFiredBundle bundleOf(OperableTrigger trigger) {
        Date scheduled = trigger.getNextFireTime();
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
