package io.requartz.bench;

import org.quartz.Job;

/** What runs do; the same whichever scheduler calls it. */
enum Work {
    /** Nothing. */
    NOOP("noop", Noop.class, 1),
    /** Fails twice, then succeeds. */
    FLAKY("flaky", Flaky.class, 3),
    /** Tells how late it begins. */
    TIMED("timed", Timed.class, 1);

    private final String type;
    private final Class<? extends Job> job;
    private final int executions;

    Work(String type, Class<? extends Job> job, int executions) {
        this.type = type;
        this.job = job;
        this.executions = executions;
    }

    /** The name of the job type, of the job, or of the task. */
    String type() {
        return type;
    }

    Class<? extends Job> job() {
        return job;
    }

    /** How often a run is executed until it is done. */
    int executions() {
        return executions;
    }
}
