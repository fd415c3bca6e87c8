package io.requartz.jobstore;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Who this node is: its configured id, and the id of its present boot, which is new at each start and after a lost lease. Fire
 * instance ids are made of the boot id and a counter, so none is ever given twice. Thread-safe.
 */
public final class NodeIdentity {

    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int BOOT_LETTERS = 12;

    private final String nodeId;
    private final RandomGenerator random;
    private final AtomicLong counter = new AtomicLong();
    private volatile String bootId;

    public NodeIdentity(String nodeId, RandomGenerator random) {
        this.nodeId = Objects.requireNonNull(nodeId, "nodeId");
        this.random = random;
        this.bootId = newBootId();
    }

    public String nodeId() {
        return nodeId;
    }

    public String bootId() {
        return bootId;
    }

    /** An id for another boot of this node, for {@link #adopt}. */
    public final String newBootId() {
        StringBuilder boot = new StringBuilder(nodeId).append('.');
        for (int i = 0; i < BOOT_LETTERS; i++) {
            boot.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return boot.toString();
    }

    /** From now on this is the boot; the old one's attempts are no longer ours. Its row must be in the database already. */
    public void adopt(String newBoot) {
        bootId = newBoot;
    }

    /** For a fire of this boot. */
    public String nextFireId(String ofBoot) {
        return ofBoot + "." + Long.toString(counter.incrementAndGet(), 36);
    }
}
