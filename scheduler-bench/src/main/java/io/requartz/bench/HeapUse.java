package io.requartz.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What this process holds. */
final class HeapUse {

    private static final int COLLECTIONS = 5;

    private HeapUse() {}

    /** In bytes, what is left when everything that can go is gone. */
    static long afterCollections() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return least;
    }
}
