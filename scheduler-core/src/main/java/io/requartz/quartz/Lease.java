package io.requartz.quartz;

/** Whether this node may still believe that its peers take it for alive. */
@FunctionalInterface
public interface Lease {

    /** False once the last successful beat is older than half the lease: nothing may start. Reads memory only. */
    boolean fresh();
}
