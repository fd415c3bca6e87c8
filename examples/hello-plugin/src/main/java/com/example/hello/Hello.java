package com.example.hello;

import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plain Quartz job. In the plugin directory it is the job type {@code hello}. */
public class Hello implements Job {

    private static final Logger log = LoggerFactory.getLogger(Hello.class);

    @Override
    public void execute(JobExecutionContext context) {
        // The payload's top-level fields are the job data: {"name": "Ada"}
        Object name = context.getMergedJobDataMap().getOrDefault("name", "world");
        log.info("Hello, {}!", name);
    }
}
