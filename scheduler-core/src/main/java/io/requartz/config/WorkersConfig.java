package io.requartz.config;

/**
 * {@code workers:} how much a node does at once.
 *
 * @param threads attempts that run side by side
 * @param batch most runs that one acquisition takes from the database
 * @param virtual on virtual threads, which Java has since 21, so that thousands may wait for others at once
 */
public record WorkersConfig(int threads, int batch, boolean virtual) {

    static final Between<Integer> THREADS = Between.of(1, 10_000);
    static final Between<Integer> BATCH = Between.of(1, 10_000);

    public static final WorkersConfig DEFAULT = new WorkersConfig(10, 100);

    public WorkersConfig {
        THREADS.require("workers.threads", threads);
        BATCH.require("workers.batch", batch);
    }

    /** On platform threads. */
    public WorkersConfig(int threads, int batch) {
        this(threads, batch, false);
    }
}
