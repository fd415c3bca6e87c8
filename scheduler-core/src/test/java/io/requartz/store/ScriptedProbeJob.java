package io.requartz.store;

import io.requartz.api.JobType;
import io.requartz.api.Retry;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** As {@link ScriptedJob}; a second type, for what two types of one scope do to each other. */
@JobType(value = "daily", title = "Daily sync", retry = @Retry(maxAttempts = 4, base = "10s", jitter = "none"))
public final class ScriptedProbeJob implements Job {

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        new ScriptedJob().execute(context);
    }
}
