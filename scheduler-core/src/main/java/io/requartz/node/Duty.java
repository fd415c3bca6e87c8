package io.requartz.node;

import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that a thread of its own does again and again, with a fixed delay between. A failure is logged once and does not end
 * it. The thread is never interrupted: it may be in the middle of the embedded database's file.
 */
final class Duty implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Duty.class);
    private static final Duration LAST_ROUND = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Duration> delay;
    private final Runnable work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition signalled = lock.newCondition();
    private boolean closed;
    private boolean hurry;
    private Thread thread;

    Duty(String name, Duration delay, Runnable work) {
        this(name, () -> delay, work);
    }

    /** @param delay asked before each round */
    Duty(String name, Supplier<Duration> delay, Runnable work) {
        this.name = name;
        this.delay = delay;
        this.work = work;
    }

    synchronized void start() {
        if (thread == null) {
            thread = new Thread(this::loop, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Does not wait for the delay this time. */
    void now() {
        lock.lock();
        try {
            hurry = true;
            signalled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        boolean failing = false;
        while (!pause()) {
            try {
                work.run();
                if (failing) {
                    log.info("{}: works again", name);
                }
                failing = false;
            } catch (Throwable failed) {
                if (failing) {
                    log.debug("{}: still failing: {}", name, failed.getMessage());
                } else {
                    log.warn("{}: failed, and is tried again in {}: {}", name, delay.get(), failed.getMessage());
                    log.debug("{}: failed", name, failed);
                }
                failing = true;
            }
        }
    }

    /** True if it is over. */
    private boolean pause() {
        lock.lock();
        try {
            long left = delay.get().toNanos();
            while (!closed && !hurry && left > 0) {
                left = signalled.awaitNanos(left);
            }
            hurry = false;
            return closed;
        } catch (InterruptedException ignored) {
            log.debug("{}: interrupted; it goes on", name);
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the rounds that are going on end, for at most this long in all: one that waits for the database is not waited for twice. */
    static void closeAll(List<Duty> duties, Duration atMost, Ticker ticker) {
        long until = ticker.nanoTime() + atMost.toNanos();
        duties.forEach(Duty::end);
        duties.forEach(duty -> duty.join(until - ticker.nanoTime()));
    }

    /** Lets the round that is going on end, for at most some seconds. */
    @Override
    public void close() {
        end();
        join(LAST_ROUND.toNanos());
    }

    /** Begins no further round. */
    private void end() {
        lock.lock();
        try {
            closed = true;
            signalled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void join(long nanos) {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            try {
                running.join(Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos)) + 1);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
