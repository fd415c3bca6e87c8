package io.requartz.admin.console;

import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerStatus;
import io.requartz.problem.Problem;
import io.requartz.run.Activity;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of the whole, read at most once in two seconds however many pages ask: every page's navigation shows some of it.
 * Thread-safe.
 */
final class Glance {

    /** So many disabled scopes are shown on the first page. */
    static final int DISABLED_SHOWN = 100;

    private static final ScopeFilter DISABLED = new ScopeFilter(null, true, false, Map.of());
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Kept<SchedulerStatus> status;
    private final Kept<List<Activity>> activity;
    private final Kept<List<ScopeStatus>> disabled;

    /** @param since the beginning of what {@link #activity} tells */
    Glance(RequartzNode node, Ticker ticker, Supplier<Instant> since) {
        this.status = new Kept<>(() -> node.control().status(), ticker);
        this.disabled = new Kept<>(
                () -> node.scopes().list(DISABLED, DISABLED_SHOWN, null).items(), ticker);
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

    /** The first disabled scopes, {@value #DISABLED_SHOWN} at most. */
    List<ScopeStatus> disabled() {
        return disabled.get();
    }

    /** Empty if the database does not answer. */
    List<ScopeStatus> latestDisabled() {
        try {
            return disabled.get();
        } catch (Problem unavailable) {
            return List.of();
        }
    }

    /** Something was changed here: who did it wants to see it. */
    void forget() {
        status.forget();
        activity.forget();
        disabled.forget();
    }

    private static final class Kept<T> {

        private final Supplier<T> source;
        private final Ticker ticker;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable T value;
        private @Nullable Problem failure;
        private boolean read;
        private long readAt;

        Kept(Supplier<T> source, Ticker ticker) {
            this.source = source;
            this.ticker = ticker;
        }

        /** A failure is kept as long as a value: while the database is away, pages must not queue up to find that out one by one. */
        T get() {
            lock.lock();
            try {
                boolean fresh = read && ticker.nanoTime() - readAt < FRESH.toNanos();
                if (!fresh) {
                    readAnew();
                }
                if (failure != null) {
                    throw failure;
                }
                return Objects.requireNonNull(value);
            } finally {
                lock.unlock();
            }
        }

        private void readAnew() {
            try {
                value = source.get();
                failure = null;
            } catch (Problem problem) {
                failure = problem;
            }
            read = true;
            readAt = ticker.nanoTime();
        }

        void forget() {
            lock.lock();
            try {
                read = false;
            } finally {
                lock.unlock();
            }
        }
    }
}
