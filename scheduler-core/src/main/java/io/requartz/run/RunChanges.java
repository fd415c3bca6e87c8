package io.requartz.run;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells threads of this JVM that runs have changed, after the commit. A hint and no more: changes made by other nodes are not
 * told, so whoever waits looks again from time to time.
 */
public final class RunChanges {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long count;

    public void announce(Collection<String> runIds) {
        if (runIds.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many announcements there have been; read it before reading the run. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Returns at the first announcement since {@code seen}, or when the time is over. */
    public void awaitSince(long seen, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (count == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Duration left(long deadlineNanos, long nowNanos) {
        return Duration.of(Math.max(0, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS.toChronoUnit());
    }
}
