package io.requartz.quartz;

import io.requartz.run.AttemptLog;
import io.requartz.run.FiredRun;
import io.requartz.run.Outcome;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One attempt on this node, from its claim until its outcome is written: who works on it, why it should stop, what came out.
 * Thread-safe.
 */
public final class Execution {

    /** Why an attempt is asked to stop before it is done. */
    public enum Stop {
        CANCELLED,
        TIME_LIMIT,
        NODE_STOPS,
        FENCED
    }

    /** How far the job says it is. */
    public record Progress(int percent, String message) {}

    private final FiredRun run;
    private final String bootId;
    private final LogBuffer log = new LogBuffer();
    private final long claimedAtNanos;
    private final AtomicBoolean completed = new AtomicBoolean();
    private final AtomicReference<Progress> unwritten = new AtomicReference<>();

    // a lock and no monitor: on Java 21 to 23 those keep virtual threads on their carriers
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock: an interrupt must hit this attempt or none
    private Thread worker;
    private boolean ended;
    private Runnable interruptHook;

    private volatile Stop stop;
    private volatile boolean begun;
    private volatile boolean stuck;
    private final AtomicBoolean stuckUntold = new AtomicBoolean();
    private volatile long logTaken;
    private volatile String result;
    private volatile AttemptResult attemptResult;
    private volatile Outcome decided;

    public Execution(FiredRun run, String bootId, long claimedAtNanos) {
        this.run = Objects.requireNonNull(run, "run");
        this.bootId = Objects.requireNonNull(bootId, "bootId");
        this.claimedAtNanos = claimedAtNanos;
    }

    public FiredRun run() {
        return run;
    }

    /** The boot that claimed it: the node may have another by now, and then the outcome is not written. */
    public String bootId() {
        return bootId;
    }

    public LogBuffer log() {
        return log;
    }

    public long claimedAtNanos() {
        return claimedAtNanos;
    }

    /** The calling thread begins to work on it. */
    void begin() {
        lock.lock();
        try {
            worker = Thread.currentThread();
            begun = true;
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #stop(Stop)} calls besides interrupting the thread: a job with an interrupt method of its own. */
    void onStop(Runnable hook) {
        lock.lock();
        try {
            interruptHook = hook;
        } finally {
            lock.unlock();
        }
    }

    /** The job's code is left; a stop that comes now comes too late. Clears the interrupt flag that one may have set. */
    void end() {
        lock.lock();
        try {
            ended = true;
            worker = null;
            interruptHook = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    public boolean begun() {
        return begun;
    }

    public boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Asks it to stop: the first reason stands. Interrupts the worker if there is one; does nothing once it has ended. */
    public void stop(Stop reason) {
        Runnable hook;
        lock.lock();
        try {
            if (ended || stop != null) {
                return;
            }
            stop = reason;
            if (worker != null) {
                worker.interrupt();
            }
            hook = interruptHook;
        } finally {
            lock.unlock();
        }
        if (hook != null) {
            hook.run();
        }
    }

    /** Keeps it from beginning; does nothing if it has begun. */
    public void keepFromBeginning(Stop reason) {
        lock.lock();
        try {
            if (!begun && stop == null) {
                stop = reason;
            }
        } finally {
            lock.unlock();
        }
    }

    public Optional<Stop> stopReason() {
        return Optional.ofNullable(stop);
    }

    void progress(Progress now) {
        if (!completed.get()) {
            unwritten.set(now);
        }
    }

    /**
     * What it has said that nobody has taken yet.
     *
     * @param progress null: nothing new
     * @param log all of it so far; null: nothing new
     * @param stuck that it has just become so
     */
    public record Said(Execution execution, Progress progress, AttemptLog log, boolean stuck) {}

    /** Empty if there is nothing new. For one thread. */
    public Optional<Said> takeSaid() {
        Progress progress = unwritten.getAndSet(null);
        long appended = log.appended();
        AttemptLog lines = appended == logTaken ? null : log.toAttemptLog(run.attempt());
        logTaken = appended;
        boolean untoldStuck = stuckUntold.getAndSet(false);
        return progress == null && lines == null && !untoldStuck
                ? Optional.empty()
                : Optional.of(new Said(this, progress, lines, untoldStuck));
    }

    /** It could not be passed on, and is to be taken again. */
    public void untold(Said said) {
        if (said.progress() != null) {
            unwritten.compareAndSet(null, said.progress());
        }
        if (said.log() != null) {
            logTaken = 0;
        }
        if (said.stuck()) {
            stuckUntold.set(true);
        }
    }

    void result(String json) {
        result = json;
    }

    public String result() {
        return result;
    }

    void attemptResult(AttemptResult came) {
        attemptResult = came;
    }

    public Optional<AttemptResult> attemptResult() {
        return Optional.ofNullable(attemptResult);
    }

    void decided(Outcome outcome) {
        decided = outcome;
    }

    public Optional<Outcome> decided() {
        return Optional.ofNullable(decided);
    }

    /** True for the one caller that completes it. */
    public boolean claimCompletion() {
        return completed.compareAndSet(false, true);
    }

    /** It has outlived its time limit and its grace. */
    void markStuck() {
        stuck = true;
        stuckUntold.set(true);
    }

    public boolean stuck() {
        return stuck && !ended();
    }
}
