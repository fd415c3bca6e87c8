package io.requartz.store;

import io.requartz.api.JobType;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** As {@link ScriptedJob}; a third type, which is never retried by itself. */
@JobType(value = "hourly", title = "Availability sync")
public final class ScriptedHourlyJob implements Job {

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        new ScriptedJob().execute(context);
    }
}
