package io.requartz.cluster;

import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** As {@link WitnessJob}, and of all its runs one at a time in the whole cluster. */
@DisallowConcurrentExecution
@JobType(
        value = ExclusiveWitnessJob.TYPE,
        title = "Exclusive witness",
        retry = @Retry(maxAttempts = WitnessJob.MAX_ATTEMPTS, base = "100ms", maxDelay = "2s", jitter = "none"))
public final class ExclusiveWitnessJob implements Job {

    static final String TYPE = "exclusive";

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        WitnessJob.attempt(RunContext.of(context));
    }
}
