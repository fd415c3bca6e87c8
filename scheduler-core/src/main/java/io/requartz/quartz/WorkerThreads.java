package io.requartz.quartz;

import io.requartz.problem.Problem;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads that attempts run on. */
public final class WorkerThreads {

    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private WorkerThreads() {}

    /**
     * @param java the version of Java that runs this
     * @throws Problem of kind INVALID if it has no virtual threads
     */
    public static void requireVirtual(int java) {
        if (java < FIRST_JAVA_WITH_VIRTUAL_THREADS) {
            throw Problem.invalid(
                    "workers.virtual is true, and this is Java " + java + "; virtual threads need Java "
                            + FIRST_JAVA_WITH_VIRTUAL_THREADS + " or newer.",
                    "Run the node on a newer Java (JAVA_HOME), or set workers.virtual to false and workers.threads to what"
                            + " platform threads allow, some hundreds.");
        }
    }

    /** Daemon threads that are numbered from 1. */
    static ThreadFactory named(String name, boolean virtual) {
        String prefix = name + "-worker-";
        if (virtual) {
            requireVirtual(Runtime.version().feature());
            return virtual(prefix);
        }
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@code Thread.ofVirtual().name(prefix, 1).factory()}, by its name: this is compiled for a Java that lacks it. */
    private static ThreadFactory virtual(String prefix) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object fresh = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(fresh, prefix, 1L);
            return (ThreadFactory) builder.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException unforeseen) {
            throw new IllegalStateException(
                    "Java " + Runtime.version() + " makes no virtual threads as expected", unforeseen);
        }
    }
}
