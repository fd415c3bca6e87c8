package io.requartz.admin.console;

import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerStatus;
import io.requartz.problem.Problem;
import io.requartz.run.Activity;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of the whole, read at most once in two seconds however many pages ask: every page's navigation shows some of it.
 * Thread-safe.
 */
final class Glance {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Kept<SchedulerStatus> status;
    private final Kept<List<Activity>> activity;

    /** @param since the beginning of what {@link #activity} tells */
    Glance(RequartzNode node, Ticker ticker, Supplier<Instant> since) {
        this.status = new Kept<>(() -> node.control().status(), ticker);
        this.activity = new Kept<>(() -> node.runs().activity(since.get()), ticker);
    }

    /** @throws Problem if the database does not answer */
    SchedulerStatus status() {
        return status.get();
    }

    /** Empty if the database does not answer: a page about that has no counts. */
    Optional<SchedulerStatus> latest() {
        try {
            return Optional.of(status.get());
        } catch (Problem unavailable) {
            return Optional.empty();
        }
    }

    List<Activity> activity() {
        return activity.get();
    }

    /** Something was changed here: who did it wants to see it. */
    void forget() {
        status.forget();
        activity.forget();
    }

    private static final class Kept<T> {

        private final Supplier<T> read;
        private final Ticker ticker;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable T value;
        private long readAt;

        Kept(Supplier<T> read, Ticker ticker) {
            this.read = read;
            this.ticker = ticker;
        }

        T get() {
            lock.lock();
            try {
                T known = value;
                if (known != null && ticker.nanoTime() - readAt < FRESH.toNanos()) {
                    return known;
                }
                T fresh = read.get();
                value = fresh;
                readAt = ticker.nanoTime();
                return fresh;
            } finally {
                lock.unlock();
            }
        }

        void forget() {
            lock.lock();
            try {
                value = null;
            } finally {
                lock.unlock();
            }
        }
    }
}
