package io.requartz.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** One stock Quartz scheduler on its own pool. */
record QuartzBout(Scheduler scheduler, HikariDataSource pool) implements Contender.Bout {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Override
    public void start() throws SchedulerException {
        scheduler.start();
    }

    @Override
    public Timing once() throws SchedulerException, InterruptedException {
        WatchedJobStore.forget();
        long began = System.nanoTime();
        submit();
        long submitted = System.nanoTime();
        WatchedJobStore.awaitCompletion();
        long known = System.nanoTime();
        return new Timing(
                submitted - began, Noop.begun() - submitted, Noop.ended() - Noop.begun(), known - Noop.ended());
    }

    void submit() throws SchedulerException {
        scheduler.scheduleJob(QuartzContender.due("once-" + NAMES.incrementAndGet()));
    }

    void addJob() throws SchedulerException {
        scheduler.addJob(QuartzContender.job(), true);
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown(true);
        pool.close();
    }
}
