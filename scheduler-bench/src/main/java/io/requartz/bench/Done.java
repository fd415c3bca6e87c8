package io.requartz.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** What was executed in this process. Every scheduler makes its own instances of jobs, so this is static. */
final class Done {

    private static final AtomicLongArray EXECUTED = new AtomicLongArray(Work.values().length);
    private static volatile long begun;
    private static volatile long ended;

    private Done() {}

    /** To be told by all work. */
    static void one(Work work) {
        begun = System.nanoTime();
        EXECUTED.incrementAndGet(work.ordinal());
        ended = System.nanoTime();
    }

    /** Since the process began. */
    static long executed(Work work) {
        return EXECUTED.get(work.ordinal());
    }

    /** When the last one began, by the nano clock. */
    static long begun() {
        return begun;
    }

    static long ended() {
        return ended;
    }
}
