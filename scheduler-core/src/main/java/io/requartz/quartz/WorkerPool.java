package io.requartz.quartz;

import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.quartz.spi.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker threads. It tells Quartz of more places than it has threads while attempts are short, so that there is always a batch
 * to take: as many as the threads drain within 100 ms, at most four a thread. With long attempts it is one place a thread, and what
 * waits for a thread too long is taken back and handed over to other nodes.
 */
final class WorkerPool implements ThreadPool {

    private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
    private static final int MOST_PLACES_A_THREAD = 4;
    private static final long DRAINED_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final int threads;
    private final Ticker ticker;
    private final ThreadPoolExecutor executor;
    private final Map<Task, Long> running = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition placeFreed = lock.newCondition();

    // guarded by lock
    private int taken;
    private boolean closed;
    private double meanRunNanos = DRAINED_WITHIN_NANOS;

    WorkerPool(int threads, ThreadFactory factory, Ticker ticker) {
        this.threads = threads;
        this.ticker = ticker;
        this.executor =
                new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
    }

    @Override
    public boolean runInThread(Runnable shell) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            taken++;
            executor.execute(new Task(shell));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits in steps: a lost signal must not stop the scheduler. */
    @Override
    public int blockForAvailableThreads() {
        lock.lock();
        try {
            while (places() <= taken && !closed) {
                placeFreed.awaitNanos(TimeUnit.SECONDS.toNanos(1));
            }
            return closed ? 1 : places() - taken;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            lock.unlock();
        }
    }

    /** What runs long now says more about the next attempts than what was short before. */
    private int places() {
        long now = ticker.nanoTime();
        if (running.values().stream().anyMatch(begun -> now - begun > DRAINED_WITHIN_NANOS)) {
            return threads;
        }
        double drained = DRAINED_WITHIN_NANOS / Math.max(1.0, meanRunNanos);
        return threads * (int) Math.max(1, Math.min(MOST_PLACES_A_THREAD, drained));
    }

    private void done(long ranNanos) {
        lock.lock();
        try {
            taken--;
            meanRunNanos += (ranNanos - meanRunNanos) / 16;
            placeFreed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what has waited for a thread longer than this; it will not run here. */
    List<Execution> takeBack(Duration waited) {
        List<Execution> taken = new ArrayList<>();
        long before = ticker.nanoTime() - waited.toNanos();
        for (Runnable queued : executor.getQueue().toArray(Runnable[]::new)) {
            Task task = (Task) queued;
            if (task.queuedAt - before <= 0 && task.execution() != null && executor.remove(task)) {
                taken.add(task.execution());
                giveBackPlace();
            }
        }
        if (!taken.isEmpty()) {
            noMorePlacesThanThreads();
        }
        return taken;
    }

    /** What waited in vain shows that attempts are not short now, before any of them has ended: or it would be taken here again. */
    private void noMorePlacesThanThreads() {
        lock.lock();
        try {
            meanRunNanos = Math.max(meanRunNanos, (double) DRAINED_WITHIN_NANOS);
        } finally {
            lock.unlock();
        }
    }

    private void giveBackPlace() {
        lock.lock();
        try {
            taken--;
            placeFreed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdown(boolean waitForJobsToComplete) {
        lock.lock();
        try {
            closed = true;
            placeFreed.signalAll();
        } finally {
            lock.unlock();
        }
        executor.shutdown();
    }

    @Override
    public void initialize() {
        log.debug("{} worker threads", threads);
    }

    @Override
    public int getPoolSize() {
        return threads;
    }

    @Override
    public void setInstanceId(String id) {
        // the threads are named at construction
    }

    @Override
    public void setInstanceName(String name) {
        // the threads are named at construction
    }

    private final class Task implements Runnable {

        private final Runnable shell;
        private final long queuedAt = ticker.nanoTime();

        Task(Runnable shell) {
            this.shell = shell;
        }

        Execution execution() {
            return shell instanceof RunShell ours ? ours.execution().orElse(null) : null;
        }

        @Override
        public void run() {
            long begun = ticker.nanoTime();
            running.put(this, begun);
            try {
                shell.run();
            } catch (Throwable unforeseen) {
                log.error("A worker met an error outside of the job's code", unforeseen);
            } finally {
                running.remove(this);
                done(ticker.nanoTime() - begun);
            }
        }
    }
}
