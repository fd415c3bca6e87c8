package io.requartz.admin.rest;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Fails so that it is tried again, in an hour. */
    @JobType(value = "flaky", retry = @Retry(backoff = "fixed", base = "1h", jitter = "none", maxAttempts = 2))
    public static final class Flaky implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw JobFailedException.http(503, "come again");
        }
    }

    /** Puts a text that wants to be a script into everything that a job can leave behind. */
    @JobType(value = "hostile", title = Hostile.TEXT)
    public static final class Hostile implements Job {

        public static final String TEXT =
                "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!-- ${7*7} javascript:alert(3)";

        @Override
        public void execute(JobExecutionContext context) {
            RunContext run = RunContext.of(context);
            run.log(TEXT);
            run.progress(50, TEXT);
            throw new JobFailedException(TEXT, new IllegalStateException(TEXT)).category(ErrorCategory.VALIDATION);
        }
    }

    /** Fails until it is mended. */
    @JobType("mendable")
    public static final class Mendable implements Job {

        public static final AtomicBoolean MENDED = new AtomicBoolean();

        @Override
        public void execute(JobExecutionContext context) {
            if (!MENDED.get()) {
                throw JobFailedException.http(401, "the token has expired");
            }
        }
    }
}
