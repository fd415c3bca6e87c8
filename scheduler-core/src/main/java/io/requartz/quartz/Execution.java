package io.requartz.quartz;

import io.requartz.run.FiredRun;
import io.requartz.run.Outcome;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

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

    // guarded by this: an interrupt must hit this attempt or none
    private Thread worker;
    private boolean ended;
    private Runnable interruptHook;

    private volatile Stop stop;
    private volatile boolean begun;
    private volatile boolean stuck;
    private final AtomicBoolean stuckUntold = new AtomicBoolean();
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
    synchronized void begin() {
        worker = Thread.currentThread();
        begun = true;
    }

    /** What {@link #stop(Stop)} calls besides interrupting the thread: a job with an interrupt method of its own. */
    synchronized void onStop(Runnable hook) {
        interruptHook = hook;
    }

    /** The job's code is left; a stop that comes now comes too late. Clears the interrupt flag that one may have set. */
    synchronized void end() {
        ended = true;
        worker = null;
        interruptHook = null;
        Thread.interrupted();
    }

    public boolean begun() {
        return begun;
    }

    public synchronized boolean ended() {
        return ended;
    }

    /** Asks it to stop: the first reason stands. Interrupts the worker if there is one; does nothing once it has ended. */
    public void stop(Stop reason) {
        Runnable hook;
        synchronized (this) {
            if (ended || stop != null) {
                return;
            }
            stop = reason;
            if (worker != null) {
                worker.interrupt();
            }
            hook = interruptHook;
        }
        if (hook != null) {
            hook.run();
        }
    }

    /** Keeps it from beginning; does nothing if it has begun. */
    public synchronized void keepFromBeginning(Stop reason) {
        if (!begun && stop == null) {
            stop = reason;
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

    /** The last progress that was not taken yet. */
    public Optional<Progress> takeProgress() {
        return Optional.ofNullable(unwritten.getAndSet(null));
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

    /** True once for a stuck attempt: whoever asks must write it down. */
    public boolean takeStuck() {
        return stuckUntold.getAndSet(false);
    }

    public boolean stuck() {
        return stuck && !ended();
    }
}
