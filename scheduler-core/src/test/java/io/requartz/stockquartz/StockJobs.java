package io.requartz.stockquartz;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;

/** Jobs of which only the class matters. */
final class StockJobs {

    private StockJobs() {}

    /** Any job. */
    public static final class Plain implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            // its store is what is looked at
        }
    }

    /** One at a time. */
    @DisallowConcurrentExecution
    public static final class OneAtATime implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            // its store is what is looked at
        }
    }

    static JobDetail plain() {
        return JobBuilder.newJob(Plain.class)
                .withIdentity("plain")
                .storeDurably()
                .build();
    }

    static JobDetail oneAtATime() {
        return JobBuilder.newJob(OneAtATime.class)
                .withIdentity("one at a time")
                .storeDurably()
                .build();
    }
}
