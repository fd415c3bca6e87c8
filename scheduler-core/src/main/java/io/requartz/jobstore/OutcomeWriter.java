package io.requartz.jobstore;

import io.requartz.jdbc.SqlErrors;
import io.requartz.quartz.Execution;
import io.requartz.quartz.Executions;
import io.requartz.run.Outcome;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits outcomes in groups, on a thread of its own that nobody interrupts. Workers hand an outcome over and go on, with a
 * bounded number in flight: what a crash loses of them is executed again. An outcome is never given up: while the database is away
 * it waits, and one that the database refuses is written without its texts.
 */
public final class OutcomeWriter {

    /** Outcomes handed over and not yet committed, at most. */
    public static final int IN_FLIGHT = 200;

    private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final OutcomeTransaction transaction;
    private final Executions executions;
    private final Consumer<OutcomeTransaction.Written> afterCommit;
    private final LinkedBlockingQueue<Outcome> queue = new LinkedBlockingQueue<>();
    private final Semaphore places = new Semaphore(IN_FLIGHT);
    private final Ticker ticker;
    private volatile boolean closing;
    private volatile long giveUpAtNanos;
    private Thread thread;

    /** @param afterCommit told after each commit; a failure of it is logged and changes nothing */
    OutcomeWriter(
            OutcomeTransaction transaction,
            Executions executions,
            Ticker ticker,
            Consumer<OutcomeTransaction.Written> afterCommit) {
        this.transaction = transaction;
        this.executions = executions;
        this.ticker = ticker;
        this.afterCommit = afterCommit;
    }

    public synchronized void start(String name) {
        if (thread == null) {
            thread = new Thread(this::loop, name + "-outcomes");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits for a place, whatever interrupts there are, unless no writer thread runs: then it is for {@link #runOnce}. */
    void hand(Outcome outcome) {
        places.acquireUninterruptibly();
        queue.add(outcome);
    }

    /**
     * Writes what has been handed over so far, in the calling thread; for nodes that are driven by hand. While the database is away it is
     * kept for the next time.
     */
    public void runOnce() {
        List<Outcome> group = new ArrayList<>();
        queue.drainTo(group, IN_FLIGHT);
        if (!group.isEmpty()) {
            boolean kept = false;
            try {
                write(group);
            } catch (RuntimeException failed) {
                SqlErrors.Kind kind = SqlErrors.kind(failed);
                kept = kind == SqlErrors.Kind.CONNECTION || kind == SqlErrors.Kind.TRANSIENT;
                if (kept) {
                    queue.addAll(group);
                }
                throw failed;
            } finally {
                places.release(kept ? 0 : group.size());
            }
        }
    }

    /** Writes what is there, for at most this long; then gives up, which only a crash would do otherwise. */
    public synchronized void close(Duration atMost) {
        giveUpAtNanos = ticker.nanoTime() + atMost.toNanos();
        closing = true;
        if (thread == null) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(atMost.toMillis() + 1000);
                break;
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (true) {
            List<Outcome> group = next();
            if (group.isEmpty()) {
                if (closing) {
                    return;
                }
                continue;
            }
            try {
                writeUntilDone(group);
            } catch (Throwable unforeseen) {
                log.error("The outcome writer met an error; it goes on", unforeseen);
            } finally {
                places.release(group.size());
            }
        }
    }

    private List<Outcome> next() {
        List<Outcome> group = new ArrayList<>();
        try {
            Outcome first = queue.poll(50, TimeUnit.MILLISECONDS);
            if (first != null) {
                group.add(first);
                queue.drainTo(group, IN_FLIGHT - 1);
            }
        } catch (InterruptedException ignored) {
            log.debug("The outcome writer was interrupted; it goes on");
        }
        return group;
    }

    private void writeUntilDone(List<Outcome> group) {
        for (int failures = 0; ; failures++) {
            try {
                write(group);
                return;
            } catch (RuntimeException failed) {
                SqlErrors.Kind kind = SqlErrors.kind(failed);
                if (kind == SqlErrors.Kind.DATA || kind == SqlErrors.Kind.OTHER || kind == SqlErrors.Kind.DUPLICATE) {
                    refused(group, failed, failures);
                    return;
                }
                if (failures == 0) {
                    log.warn(
                            "{} outcomes cannot be written now, are kept, and are written once the database answers: {}",
                            group.size(),
                            failed.getMessage());
                }
                if (!pause(failures)) {
                    log.error(
                            "{} outcomes were not written before the node stopped; their runs will be executed again",
                            group.size());
                    return;
                }
            }
        }
    }

    /** The database refuses something in the group: find it by writing each alone, and write that one without its texts. */
    private void refused(List<Outcome> group, RuntimeException failed, int failures) {
        if (group.size() > 1) {
            for (Outcome outcome : group) {
                writeUntilDone(List.of(outcome));
            }
            return;
        }
        Outcome outcome = group.get(0);
        log.error(
                "Run {} attempt {}: the database refused its outcome ({}); it is written without its texts",
                outcome.fired().runId(),
                outcome.fired().attempt(),
                failed.getMessage());
        Outcome bare = outcome.bare();
        for (int tries = failures; ; tries++) {
            try {
                write(List.of(bare));
                return;
            } catch (RuntimeException again) {
                log.error(
                        "Run {}: its bare outcome was refused too; it will be tried again",
                        bare.fired().runId(),
                        again);
                if (!pause(tries)) {
                    return;
                }
            }
        }
    }

    private void write(List<Outcome> group) {
        OutcomeTransaction.Written written = transaction.write(group);
        group.forEach(outcome -> executions.remove(outcome.fired().fireId()));
        for (Outcome fenced : written.fenced()) {
            log.warn(
                    "Run {} attempt {}: its outcome ({}) comes too late and is not written; the run was taken over",
                    fenced.fired().runId(),
                    fenced.fired().attempt(),
                    fenced.kind());
        }
        try {
            afterCommit.accept(written);
        } catch (RuntimeException failed) {
            log.warn("What follows a commit failed", failed);
        }
    }

    /** False once the node has stopped waiting. */
    private boolean pause(int failures) {
        long millis = Math.min(LONGEST_PAUSE.toMillis(), 50L << Math.min(failures, 6));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        return !closing || ticker.nanoTime() - giveUpAtNanos < 0;
    }

    /** Completes an execution that nobody completed; does nothing for others. */
    void complete(Execution execution, Outcome outcome) {
        if (execution.claimCompletion()) {
            hand(outcome);
        }
    }
}
