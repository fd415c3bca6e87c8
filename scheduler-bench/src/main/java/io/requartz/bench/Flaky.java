package io.requartz.bench;

import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Fails twice, and is tried again at once. */
@JobType(value = "flaky", retry = @Retry(backoff = "immediate", jitter = "none"))
public final class Flaky implements Job {

    /** How often. */
    static final int FAILURES = Work.FLAKY.executions() - 1;

    @Override
    public void execute(JobExecutionContext context) throws JobFailedException {
        Done.one(Work.FLAKY);
        if (RunContext.of(context).failures() < FAILURES) {
            throw failure();
        }
    }

    static JobFailedException failure() {
        return JobFailedException.http(503, "HTTP 503");
    }
}
