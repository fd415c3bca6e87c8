package io.requartz.bench;

import static org.quartz.SimpleScheduleBuilder.repeatSecondlyForever;
import static org.quartz.TriggerBuilder.newTrigger;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

/** One stock Quartz scheduler on its own pool. */
record QuartzMember(Scheduler scheduler, HikariDataSource pool) implements Engine.Member {

    private static final AtomicLong NAMES = new AtomicLong();

    @Override
    public void start() throws SchedulerException {
        scheduler.start();
    }

    @Override
    public void submit(Work work, Instant due) throws SchedulerException {
        scheduler.scheduleJob(QuartzEngine.trigger(name(), work, due));
    }

    private static String name() {
        return ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    @Override
    public void submitAll(Work work, Instant due, int runs) throws SchedulerException {
        Set<Trigger> triggers = new HashSet<>();
        for (int i = 0; i < runs; i++) {
            triggers.add(QuartzEngine.trigger(name(), work, due));
        }
        scheduler.scheduleJobs(Map.of(QuartzEngine.job(work), triggers), true);
    }

    @Override
    public void schedule(int count) throws SchedulerException {
        for (int i = 0; i < count; i++) {
            scheduler.scheduleJob(newTrigger()
                    .withIdentity("schedule-" + i)
                    .forJob(Work.TIMED.type())
                    .startNow()
                    .withSchedule(repeatSecondlyForever())
                    .build());
        }
    }

    @Override
    public Timing once() throws SchedulerException, InterruptedException {
        WatchedJobStore.forget();
        long began = System.nanoTime();
        submit(Work.NOOP, Instant.now());
        long submitted = System.nanoTime();
        WatchedJobStore.awaitCompletion();
        long known = System.nanoTime();
        return new Timing(
                submitted - began, Done.begun() - submitted, Done.ended() - Done.begun(), known - Done.ended());
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown(true);
        pool.close();
    }
}
