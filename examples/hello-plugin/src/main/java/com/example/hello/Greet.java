package com.example.hello;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import java.time.Duration;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** A job with a name, a retry policy and a payload schema, which tells the platform how it goes. */
@JobType(
        value = "greet",
        title = "Greeting",
        description = "Greets somebody as often as asked; fails the first attempts if asked.",
        retry = @Retry(maxAttempts = 4, backoff = "exponential", base = "2s", maxDelay = "1m"),
        timeLimit = "30s",
        payloadSchema = "com/example/hello/greet.schema.json")
public class Greet implements Job {

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        RunContext run = RunContext.of(context);
        String name = context.getMergedJobDataMap().getString("name");
        int times = (Integer) context.getMergedJobDataMap().getOrDefault("times", 1);
        int failing = (Integer) context.getMergedJobDataMap().getOrDefault("failing", 0);

        if (run.failures() < failing) {
            // What the job knows about its failure decides when it is tried again.
            throw new JobFailedException(name + " is not at home yet")
                    .category(ErrorCategory.TEMPORARY)
                    .retryAfter(Duration.ofSeconds(1));
        }
        for (int i = 1; i <= times; i++) {
            if (run.cancelRequested()) {
                throw new JobExecutionException("stopped after " + (i - 1) + " of " + times + " greetings");
            }
            run.log("Hello, " + name + "!");
            run.progress(100 * i / times, i + " of " + times);
        }
        run.result("{\"greetings\": " + times + ", \"attempt\": " + run.attempt() + "}");
    }
}
