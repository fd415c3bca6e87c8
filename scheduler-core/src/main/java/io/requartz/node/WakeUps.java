package io.requartz.node;

import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the scheduler's thread when the next run is due, so that it need not poll often to be punctual. Keeps the earliest time it
 * was told and forgets it when it has come. Thread-safe.
 */
final class WakeUps implements AutoCloseable {

    private final Runnable wake;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;
    private ScheduledFuture<?> planned;
    private long plannedFor = Long.MAX_VALUE;

    WakeUps(String name, Runnable wake, InstantSource clock) {
        this.wake = wake;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name + "-wake-ups");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @param due milliseconds since 1970; in the past: now */
    synchronized void at(long due) {
        if (timer.isShutdown()) {
            return;
        }
        long now = clock.millis();
        if (due <= now) {
            wake.run();
        } else if (due < plannedFor) {
            if (planned != null) {
                planned.cancel(false);
            }
            plannedFor = due;
            planned = timer.schedule(this::come, due - now, TimeUnit.MILLISECONDS);
        }
    }

    private void come() {
        synchronized (this) {
            plannedFor = Long.MAX_VALUE;
            planned = null;
        }
        wake.run();
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
