package io.requartz.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One engine works off what is due, and the clock runs from its start until all is committed, or its time is up.
 *
 * @param done runs whose outcome was committed
 * @param cpuMillis processor time of the nodes' JVMs, all threads, an execution; what others do to the machine changes it less than the rate
 */
record Drain(int done, int executions, double seconds, double cpuMillis) {

    /** Executions by the second. */
    double rate() {
        return executions / seconds;
    }

    /**
     * What is to be worked off.
     *
     * @param behind runs that are not due, and stay
     * @param atMost when it ends though not all is done
     */
    record Asked(Work work, int runs, int behind, Duration atMost) {}

    /** The runs are there already, and nobody else works on them. */
    static Drain of(Engine engine, Nodes nodes, Place place, Asked asked) throws Exception {
        try (Connection watch = place.connect()) {
            long before = nodes.executed(asked.work());
            long target = before + (long) asked.runs() * asked.work().executions();
            double cpuBefore = nodes.cpuMillis();
            long began = System.nanoTime();
            nodes.start();
            boolean all =
                    nodes.await(asked.work(), target, began + asked.atMost().toNanos());
            if (all) {
                awaitCommitted(watch, engine);
            }
            long open = all ? 0 : Place.number(watch, engine.openRuns()) - asked.behind();
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpuMillis = nodes.cpuMillis() - cpuBefore;
            if (all) {
                check(engine, nodes.executed(asked.work()) - target, watch, asked.behind());
            }
            int done = Math.toIntExact(asked.runs() - open);
            int executions =
                    asked.work().executions() == 1 ? done : Math.toIntExact(nodes.executed(asked.work()) - before);
            return new Drain(done, executions, seconds, cpuMillis / Math.max(1, executions));
        }
    }

    private static void check(Engine engine, long tooMany, Connection watch, int behind) throws SQLException {
        if (tooMany != 0) {
            throw new IllegalStateException(engine.name() + " made " + tooMany + " executions too many");
        }
        if (Place.number(watch, engine.openRuns()) != behind) {
            throw new IllegalStateException(engine.name() + " left runs that have not succeeded");
        }
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
