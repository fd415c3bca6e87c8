package io.requartz.bench;

import io.requartz.api.JobType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Does nothing but say when. Every scheduler makes its own instances, so what they tell is static. */
@JobType("noop")
public final class Noop implements Job {

    private static final AtomicLong EXECUTED = new AtomicLong();
    private static volatile long begun;
    private static volatile long ended;

    @Override
    public void execute(JobExecutionContext context) {
        begun = System.nanoTime();
        EXECUTED.incrementAndGet();
        ended = System.nanoTime();
    }

    static long executed() {
        return EXECUTED.get();
    }

    /** When the last one began, by the nano clock. */
    static long begun() {
        return begun;
    }

    static long ended() {
        return ended;
    }

    /** Waits until this many have been executed since the process began. */
    static void awaitExecuted(long count) {
        long deadline = System.nanoTime() + Contender.PATIENCE.toNanos();
        while (EXECUTED.get() < count) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        (count - EXECUTED.get()) + " runs were not executed within " + Contender.PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
