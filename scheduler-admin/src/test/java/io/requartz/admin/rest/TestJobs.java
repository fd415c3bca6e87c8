package io.requartz.admin.rest;

import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.RunContext;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Jobs that the tests' node runs. */
public final class TestJobs {

    private TestJobs() {}

    @JobType("hello")
    public static final class Hello implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            RunContext run = RunContext.of(context);
            run.log("hello from attempt " + run.attempt());
            run.result("{\"hello\":\"world\"}");
        }
    }

    /** Fails in a way that is not tried again. */
    @JobType("broken")
    public static final class Broken implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw JobFailedException.http(404, "no such document");
        }
    }
}
