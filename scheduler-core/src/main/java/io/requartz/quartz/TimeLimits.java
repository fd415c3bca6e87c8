package io.requartz.quartz;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts attempts that run longer than their type allows, and tells of those that do not end then. A stuck attempt keeps its
 * worker until its thread ends or the node does: Java has no way to end it.
 */
public final class TimeLimits implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TimeLimits.class);

    /** Ends with the attempt. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private final ScheduledThreadPoolExecutor timer;
    private final Duration grace;

    /** @param grace how long an attempt may go on after its interrupt before it is stuck */
    public TimeLimits(Duration grace) {
        this.grace = grace;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("requartz-time-limits");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** @param limit null: none */
    Watch watch(Execution execution, Duration limit) {
        if (limit == null) {
            return () -> {};
        }
        ScheduledFuture<?> over = timer.schedule(
                () -> execution.stop(Execution.Stop.TIME_LIMIT), limit.toMillis(), TimeUnit.MILLISECONDS);
        ScheduledFuture<?> stuck =
                timer.schedule(() -> stuck(execution, limit), limit.plus(grace).toMillis(), TimeUnit.MILLISECONDS);
        return () -> {
            over.cancel(false);
            stuck.cancel(false);
        };
    }

    private void stuck(Execution execution, Duration limit) {
        execution.markStuck();
        log.error(
                "Run {} ({}) attempt {} is stuck: it was interrupted at its limit of {} and has not ended. It keeps its worker until it ends or this node is restarted.",
                execution.run().runId(),
                execution.run().type(),
                execution.run().attempt(),
                limit);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
