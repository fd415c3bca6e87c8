package io.requartz.node;

import io.requartz.config.RequartzConfig;
import io.requartz.quartz.WorkerThreads;
import java.util.ArrayList;
import java.util.List;

/** Whether a node's connections and workers fit together, and fit the Java that runs it. */
final class Sizing {

    /**
     * The node's own threads that may each use a connection of the pool at the same moment: the scheduler's, and those that write
     * outcomes, recover, write progress, release, read definitions, work bulk actions off, and see to misfires. Workers never use one.
     */
    static final int OWN_THREADS = 8;

    /** For whoever submits and asks. */
    private static final int CALLERS = 2;

    private static final int MANY_PLATFORM_THREADS = 500;

    private Sizing() {}

    /**
     * @param java the version of Java that runs this
     * @return what could be better, each in a sentence with what to do
     * @throws io.requartz.problem.Problem if it cannot work at all
     */
    static List<String> check(RequartzConfig config, int java) {
        if (config.workers().virtual()) {
            WorkerThreads.requireVirtual(java);
        }
        List<String> advice = new ArrayList<>();
        int pool = config.database().poolSize();
        if (pool < OWN_THREADS + CALLERS) {
            advice.add("database.pool-size is " + pool + ", and the node's own threads may need " + OWN_THREADS
                    + " connections at the same moment: then they and all requests wait for one another. Set it to "
                    + (OWN_THREADS + CALLERS)
                    + " or more, and one more for each request that comes at the same time. Workers need none, however many"
                    + " there are.");
        }
        int threads = config.workers().threads();
        if (threads > MANY_PLATFORM_THREADS && !config.workers().virtual()) {
            advice.add(
                    "workers.threads is " + threads + ", and each of them is a thread of the operating system, with a"
                            + " stack of its own. On Java 21 or newer, set workers.virtual to true.");
        }
        return advice;
    }
}
