package io.requartz.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.quartz.SchedulerException;

/** Connected schedulers of one engine that work on one database: one in this process, or several in their own. */
interface Nodes extends AutoCloseable {

    void start() throws Exception;

    /** Since their processes began. */
    long executed(Work work) throws Exception;

    /** Processor time that their processes have used, all threads. */
    double cpuMillis() throws Exception;

    /** How late timed runs began, in microseconds; those since it was asked last. */
    List<Long> lags() throws Exception;

    @Override
    void close() throws IOException, SchedulerException;

    /**
     * Waits until they have executed this many in all since their processes began.
     *
     * @param until on the nano clock
     * @return whether they have
     */
    default boolean await(Work work, long count, long until) throws Exception {
        while (executed(work) < count) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    /** As the other, for as long as anything may take. */
    default void await(Work work, long count) throws Exception {
        if (!await(work, count, System.nanoTime() + Engine.PATIENCE.toNanos())) {
            throw new IllegalStateException(
                    (count - executed(work)) + " runs were not executed within " + Engine.PATIENCE);
        }
    }

    /** The one of this process; closed with it. */
    static Nodes here(Engine.Member member) {
        return new Here(member, true);
    }

    /** The one of this process, whose owner closes it. */
    static Nodes lent(Engine.Member member) {
        return new Here(member, false);
    }

    /** One in this process. */
    record Here(Engine.Member member, boolean closes) implements Nodes {

        @Override
        public void start() throws Exception {
            member.start();
        }

        @Override
        public long executed(Work work) {
            return Done.executed(work);
        }

        @Override
        public double cpuMillis() {
            return usedHere();
        }

        @Override
        public List<Long> lags() {
            return Lags.take();
        }

        @Override
        public void close() throws SchedulerException {
            if (closes) {
                member.close();
            }
        }
    }

    /** Processor time of this process. */
    static double usedHere() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e6;
    }
}
