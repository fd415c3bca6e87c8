package io.requartz.api;

import java.util.Objects;
import org.quartz.JobExecutionContext;

/**
 * What a job can learn and say about the run that it executes: {@code RunContext.of(context)} inside {@code Job.execute}.
 *
 * <p>Safe to use from threads that the job starts, until the attempt ends; after that the calls do nothing.
 */
public interface RunContext {

    /** Where the platform puts it in the {@link JobExecutionContext}. */
    String KEY = "io.requartz.RunContext";

    /**
     * @throws IllegalStateException if the job was not started by Requartz
     */
    static RunContext of(JobExecutionContext context) {
        Object found = Objects.requireNonNull(context, "context").get(KEY);
        if (found instanceof RunContext run) {
            return run;
        }
        throw new IllegalStateException("this job was not started by Requartz, so it has no RunContext");
    }

    String runId();

    String jobType();

    /** The payload as JSON text, as it was submitted or last edited. */
    String payload();

    /**
     * What the configuration of the node says for this job type ({@code types.NAME.settings}), as JSON text of an object: addresses
     * and credentials that belong to a place rather than to a run. Never stored with the run.
     *
     * @return null if it says nothing
     */
    String settings();

    /** Number of this attempt, 1 for the run's first; goes on through cycles. */
    int attempt();

    /** How many attempts of this cycle failed before this one. */
    int failures();

    /** The same at every attempt of one payload: send it downstream, so that a repeated attempt has no second effect. */
    String idempotencyKey();

    /**
     * Grows with each start. A downstream that remembers the greatest token it saw and refuses smaller ones is safe from a node
     * that was paused, declared lost and came back.
     */
    long fencingToken();

    /** True once a person asked to cancel the run, its time limit passed, the node stops, or the node lost its lease. */
    boolean cancelRequested();

    /**
     * Tells how far the work is. Written within a second or so, by another thread; never blocks.
     *
     * @param percent cut to 0..100
     * @param message shown beside it; may be null; cut to 500 characters
     */
    void progress(int percent, String message);

    /**
     * The run's result, kept with it if this attempt succeeds.
     *
     * @param json a JSON document of at most 64 KiB
     * @throws IllegalArgumentException if it is not JSON or too long
     */
    void result(String json);

    /** A line in the attempt's log. What the job logs through SLF4J on its own thread is captured too. */
    void log(String line);
}
