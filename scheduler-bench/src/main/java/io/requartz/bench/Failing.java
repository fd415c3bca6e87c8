package io.requartz.bench;

import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Fails as the payload says: {@code {"status": 503}} is tried again, 400 is not. */
@JobType("failing")
public final class Failing implements Job {

    @Override
    public void execute(JobExecutionContext context) throws JobFailedException {
        int status = context.getMergedJobDataMap().getInt("status");
        throw JobFailedException.http(status, "HTTP " + status);
    }
}
