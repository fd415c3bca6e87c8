package io.requartz.config;

/**
 * {@code workers:} how much a node does at once.
 *
 * @param threads attempts that run side by side
 * @param batch most runs that one acquisition takes from the database
 */
public record WorkersConfig(int threads, int batch) {

    static final Between<Integer> THREADS = Between.of(1, 10_000);
    static final Between<Integer> BATCH = Between.of(1, 10_000);

    public static final WorkersConfig DEFAULT = new WorkersConfig(10, 100);

    public WorkersConfig {
        THREADS.require("workers.threads", threads);
        BATCH.require("workers.batch", batch);
    }
}
