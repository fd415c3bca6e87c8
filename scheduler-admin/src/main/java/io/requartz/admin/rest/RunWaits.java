package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Runs;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Waits for runs to end, on threads of its own, so that callers who wait take none from callers who do not. There is a bound; who
 * comes beyond it is asked to come again. Thread-safe.
 */
final class RunWaits implements AutoCloseable {

    /** So long at most goes a wait on after {@link #close}, and so long is a caller served who has gone away. */
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final Runs runs;
    private final Ticker ticker;
    private final int most;
    private final ThreadPoolExecutor threads;
    private volatile boolean closed;

    /**
     * @param most waits at one time
     */
    RunWaits(Runs runs, int most, Ticker ticker) {
        this.runs = runs;
        this.ticker = ticker;
        this.most = most;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                most,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new RequestThread(work, "requartz-wait-" + number.incrementAndGet()));
    }

    /**
     * Calls {@code then} once the run is settled or DEAD, or as it is when the time is over; with empty if there is no such run.
     *
     * @param failed called if the run cannot be read, or if {@code then} fails
     * @throws Problem of kind UNAVAILABLE if too many wait already
     */
    void await(String runId, Duration atMost, Consumer<Optional<Run>> then, Consumer<Throwable> failed) {
        try {
            threads.execute(() -> {
                try {
                    then.accept(await(runId, ticker.nanoTime() + atMost.toNanos()));
                } catch (Throwable e) {
                    // Whatever it is: nobody else would answer the caller.
                    failed.accept(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable(
                    closed ? "the node is stopping" : most + " callers wait for runs already, which is as many as may",
                    "Ask without wait, or again after the seconds in Retry-After.",
                    e);
        }
    }

    private Optional<Run> await(String runId, long deadline) {
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - ticker.nanoTime()));
            Optional<Run> run = runs.await(runId, left.compareTo(SLICE) < 0 ? left : SLICE);
            boolean over = run.isEmpty()
                    || run.get().state().settled()
                    || run.get().state() == RunState.DEAD
                    || deadline - ticker.nanoTime() <= 0
                    || closed;
            if (over) {
                return run;
            }
        }
    }

    /** Ends all waits within a second; their callers are told how the runs stand. Interrupts nothing, see {@link RequestThread}. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
