package io.requartz.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits of a benchmark that cannot be interrupted. */
final class Waiting {

    private static final Duration LOOK = Duration.ofMillis(250);

    private Waiting() {}

    /** @param nanoTime of {@link System#nanoTime()}; one that has passed is not waited for */
    static void until(long nanoTime) {
        while (System.nanoTime() < nanoTime) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }

    /** Until this process has executed so many runs of a kind. */
    static void untilExecuted(Work work, long runs) {
        while (Done.executed(work) < runs) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
