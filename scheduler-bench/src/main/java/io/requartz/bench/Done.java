package io.requartz.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was executed in this process. Every scheduler makes its own instances of jobs, so this is static. */
final class Done {

    private static final Map<Work, AtomicLong> EXECUTED =
            Stream.of(Work.values()).collect(Collectors.toUnmodifiableMap(work -> work, work -> new AtomicLong()));
    private static volatile long begun;
    private static volatile long ended;

    private Done() {}

    /** To be told by all work. */
    static void one(Work work) {
        begun = System.nanoTime();
        EXECUTED.get(work).incrementAndGet();
        ended = System.nanoTime();
    }

    /** Since the process began. */
    static long executed(Work work) {
        return EXECUTED.get(work).get();
    }

    /** When the last one began, by the nano clock. */
    static long begun() {
        return begun;
    }

    static long ended() {
        return ended;
    }
}
