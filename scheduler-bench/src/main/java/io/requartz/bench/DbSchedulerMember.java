package io.requartz.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.PlainScheduleAndData;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTaskWithPersistentSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One db-scheduler on its own pool. */
record DbSchedulerMember(
        Scheduler scheduler,
        HikariDataSource pool,
        Map<Work, OneTimeTask<Void>> tasks,
        RecurringTaskWithPersistentSchedule<PlainScheduleAndData> schedules,
        Completions completions)
        implements Engine.Member {

    private static final AtomicLong NAMES = new AtomicLong();

    /** Tells when a completion is committed. */
    static final class Completions extends AbstractSchedulerListener {

        private final Semaphore completed = new Semaphore(0);

        @Override
        public void onExecutionComplete(ExecutionComplete complete) {
            completed.release();
        }
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void submit(Work work, Instant due) {
        scheduler.schedule(instance(work), due);
    }

    private TaskInstance<Void> instance(Work work) {
        return new TaskInstance<>(
                tasks.get(work).getName(), ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet());
    }

    @Override
    public void submitAll(Work work, Instant due, int runs) {
        List<TaskInstance<?>> batch = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            batch.add(instance(work));
        }
        scheduler.scheduleBatch(batch, due);
    }

    @Override
    public void schedule(int count) {
        PlainScheduleAndData everySecond = new PlainScheduleAndData(Schedules.cron("* * * * * *"));
        for (int i = 0; i < count; i++) {
            scheduler.schedule(schedules.schedulableInstance("schedule-" + i, everySecond));
        }
    }

    @Override
    public Timing once() throws InterruptedException {
        completions.completed.drainPermits();
        long began = System.nanoTime();
        submit(Work.NOOP, Instant.now());
        long submitted = System.nanoTime();
        if (!completions.completed.tryAcquire(Engine.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("a run was not completed within " + Engine.PATIENCE);
        }
        long known = System.nanoTime();
        return new Timing(
                submitted - began, Done.begun() - submitted, Done.ended() - Done.begun(), known - Done.ended());
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
    }
}
