package io.requartz.bench;

import io.requartz.api.JobType;
import java.time.Instant;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Tells how much later it begins than it was due. */
@JobType("timed")
public final class Timed implements Job {

    @Override
    public void execute(JobExecutionContext context) {
        begun(context.getScheduledFireTime().toInstant());
    }

    static void begun(Instant due) {
        Lags.begun(due);
        Done.one(Work.TIMED);
    }
}
