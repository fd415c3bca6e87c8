package io.requartz.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One engine works off what is due, and the clock runs from its start until all is committed, or its time is up.
 *
 * @param done runs whose outcome was committed
 * @param cpuMillis processor time of this JVM, all threads, an execution; what others do to the machine changes it less than the rate
 */
record Drain(int done, int executions, double seconds, double cpuMillis) {

    /** Executions by the second. */
    double rate() {
        return executions / seconds;
    }

    /** The runs are there already, and nobody else works on them. */
    static Drain of(Engine engine, Engine.Member member, Place place, Asked asked) throws Exception {
        try (Connection watch = place.connect()) {
            long before = Done.executed();
            long target = before + (long) asked.runs() * asked.work().executions();
            long cpuBefore = cpuNanos();
            long began = System.nanoTime();
            member.start();
            boolean all = Done.await(target, began + asked.atMost().toNanos());
            if (all) {
                awaitCommitted(watch, engine);
            }
            long open = all ? 0 : Place.number(watch, engine.openRuns()) - asked.behind();
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpuMillis = (cpuNanos() - cpuBefore) / 1e6;
            if (all && Done.executed() != target) {
                throw new IllegalStateException(
                        engine.name() + " made " + (Done.executed() - target) + " executions too many");
            }
            if (all && Place.number(watch, engine.openRuns()) != asked.behind()) {
                throw new IllegalStateException(engine.name() + " left runs that have not succeeded");
            }
            int done = Math.toIntExact(asked.runs() - open);
            int executions = all ? done * asked.work().executions() : Math.toIntExact(Done.executed() - before);
            return new Drain(done, executions, seconds, cpuMillis / Math.max(1, executions));
        }
    }

    /**
     * What is to be worked off.
     *
     * @param behind runs that are not due, and stay
     * @param atMost when it ends though not all is done
     */
    record Asked(Work work, int runs, int behind, Duration atMost) {}

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void awaitCommitted(Connection watch, Engine engine) throws SQLException {
        long deadline = System.nanoTime() + Engine.PATIENCE.toNanos();
        while (Place.number(watch, engine.underWay()) > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(engine.name() + ": still something open: " + engine.underWay());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
