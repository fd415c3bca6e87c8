package io.requartz.bench;

/**
 * One run by itself, in nanoseconds.
 *
 * @param submit until the call that submits it returns: it is committed
 * @param start from there until the job's code begins; may be negative, when it begins before the call returns
 * @param job the job's own code
 * @param end from the job's last line until whoever waits knows that the outcome is committed
 */
record Timing(long submit, long start, long job, long end) {

    /** What the scheduler adds to the attempt. */
    long added() {
        return start + end;
    }

    /** All but the job's own time. */
    long whole() {
        return submit + start + end;
    }
}
