package io.requartz.quartz;

/** Whether this node may still believe that its peers take it for alive. */
@FunctionalInterface
public interface Lease {

    /**
     * False once this boot's last successful beat is older than half the lease, and for ever once the node has another boot: nothing
     * of this boot may start. Reads memory only.
     */
    boolean holds(String bootId);
}
