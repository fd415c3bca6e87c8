package io.requartz.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What was executed in this process. Every scheduler makes its own instances of jobs, so this is static. */
final class Done {

    private static final AtomicLong EXECUTED = new AtomicLong();
    private static volatile long begun;
    private static volatile long ended;

    private Done() {}

    /** To be told by all work, at its beginning. */
    static void one() {
        begun = System.nanoTime();
        EXECUTED.incrementAndGet();
        ended = System.nanoTime();
    }

    /** Since the process began. */
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

    /**
     * Waits until this many have been executed since the process began.
     *
     * @param until on the nano clock
     * @return whether they have
     */
    static boolean await(long count, long until) {
        while (EXECUTED.get() < count) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    /** As {@link #await}, for as long as anything may take. */
    static void await(long count) {
        if (!await(count, System.nanoTime() + Engine.PATIENCE.toNanos())) {
            throw new IllegalStateException(
                    (count - EXECUTED.get()) + " runs were not executed within " + Engine.PATIENCE);
        }
    }
}
