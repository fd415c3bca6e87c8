package io.requartz.run;

import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets runs that several threads submit at the same moment share a transaction. One thread at a time leads: it commits its own run and
 * those that wait with it, tells their threads, and hands over to the first that has come meanwhile. Threads that were told come again
 * at once, most of them; so a leader waits for as many as were at it last, but for no more than a fraction of the time that a commit
 * takes. A lone thread waits for nobody.
 *
 * <p>Not for runs that may have to wait for a lock: the others of their group would wait with them. Thread-safe.
 */
final class SubmissionGroups {

    private static final int MOST = 128;
    private static final int MOST_CHARS = 1 << 20;

    /** A part of the last commit's time. */
    private static final int PATIENCE = 4;

    static final Duration MOST_PATIENCE = Duration.ofMillis(1);

    private final Consumer<List<Fresh>> commit;
    private final Ticker ticker;
    private final long mostPatienceNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gathered = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean led;
    private int expected = 1;
    private long commitNanos;

    /**
     * @param commit inserts runs in one transaction: all or none
     * @param mostPatience how long a leader waits for others at most
     */
    SubmissionGroups(Consumer<List<Fresh>> commit, Ticker ticker, Duration mostPatience) {
        this.commit = commit;
        this.ticker = ticker;
        this.mostPatienceNanos = mostPatience.toNanos();
    }

    /** What a thread is woken for: to lead, or because its run is committed, or may not be. */
    private record Told(boolean toLead, RuntimeException failed) {}

    private record Waiting(Fresh run, CompletableFuture<Told> told) {

        int chars() {
            return run.run().payload().length();
        }
    }

    /** When this returns, the run is committed. Cannot be interrupted. */
    void insert(Fresh run) {
        Waiting mine = new Waiting(run, new CompletableFuture<>());
        Told told = mayLead(mine) ? new Told(true, null) : mine.told.join();
        RuntimeException failed = told.toLead() ? lead(mine) : told.failed();
        if (failed instanceof Problem) {
            throw failed;
        }
        if (failed != null) {
            // somebody else's run may be to blame, unless it is not known whether they were committed
            commit.accept(List.of(run));
        }
    }

    /** How many wait to be committed. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayLead(Waiting mine) {
        lock.lock();
        try {
            if (!led) {
                led = true;
                return true;
            }
            waiting.add(mine);
            if (waiting.size() + 1 >= expected) {
                gathered.signal();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private RuntimeException lead(Waiting mine) {
        List<Waiting> group = new ArrayList<>(List.of(mine));
        RuntimeException failed = new IllegalStateException("the group was given up");
        long begun = ticker.nanoTime();
        try {
            gather(group);
            begun = ticker.nanoTime();
            commit.accept(group.stream().map(Waiting::run).toList());
            failed = null;
        } catch (RuntimeException thrown) {
            failed = thrown;
        } finally {
            handOver(group.size(), ticker.nanoTime() - begun);
            for (Waiting each : group) {
                each.told.complete(new Told(false, failed));
            }
        }
        return failed;
    }

    private void gather(List<Waiting> group) {
        long chars = group.get(0).chars();
        lock.lock();
        try {
            awaitOthers();
            while (group.size() < MOST && chars < MOST_CHARS && !waiting.isEmpty()) {
                Waiting next = waiting.poll();
                chars += next.chars();
                group.add(next);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitOthers() {
        try {
            long patience = Math.min(commitNanos / PATIENCE, mostPatienceNanos);
            while (waiting.size() + 1 < expected && patience > 0) {
                patience = gathered.awaitNanos(patience);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOver(int committed, long nanos) {
        Waiting next;
        lock.lock();
        try {
            expected = Math.min(committed + waiting.size(), MOST);
            commitNanos = nanos;
            next = waiting.poll();
            led = next != null;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.told.complete(new Told(true, null));
        }
    }
}
