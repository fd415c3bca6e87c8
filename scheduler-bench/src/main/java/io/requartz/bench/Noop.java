package io.requartz.bench;

import io.requartz.api.JobType;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Does nothing but say when. */
@JobType("noop")
public final class Noop implements Job {

    @Override
    public void execute(JobExecutionContext context) {
        Done.one(Work.NOOP);
    }
}
