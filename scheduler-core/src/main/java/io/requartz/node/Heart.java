package io.requartz.node;

import io.requartz.jdbc.Database;
import io.requartz.jdbc.NodeRows;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.jobstore.NodeIdentity;
import io.requartz.quartz.Lease;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Raises this node's beat counter and watches the peers'. Takes no lock, never recovers, and has a connection of its own, so that
 * nothing that the node does can hold it up.
 */
final class Heart implements Lease {

    private final Database database;
    private final NodeIdentity identity;
    private final PeerWatch watch;
    private final long freshNanos;
    private final InstantSource clock;
    private final Ticker ticker;
    private final IntSupplier running;
    private final NodeRows rows = new NodeRows();
    private volatile Beaten last;
    private volatile boolean draining;

    Heart(
            Database database,
            NodeIdentity identity,
            Duration beat,
            Duration lease,
            InstantSource clock,
            Ticker ticker,
            IntSupplier running) {
        this.database = database;
        this.identity = identity;
        this.watch = new PeerWatch(beat, lease);
        this.freshNanos = lease.dividedBy(2).toNanos();
        this.clock = clock;
        this.ticker = ticker;
        this.running = running;
        this.last = new Beaten(identity.bootId(), ticker.nanoTime() - lease.toNanos());
    }

    /** A boot's last beat that succeeded; both at once, so that a new boot's beat never serves an old one's attempts. */
    private record Beaten(String bootId, long nanos) {}

    /**
     * @param fenced the node's own row is gone or marked lost
     * @param dead peers that are dead now
     * @param lost peers that somebody marked lost and nobody has wholly recovered yet
     * @param definitionChanges how often the cluster's definitions have been changed
     */
    record Beat(boolean fenced, List<NodeRow> dead, List<NodeRow> lost, long definitionChanges) {}

    /** One beat. The time is taken before the statement: a beat that hung in the database is as old as its beginning. */
    Beat beat() {
        long before = ticker.nanoTime();
        String boot = identity.bootId();
        record Seen(boolean alive, NodeRows.Seen all) {}
        Seen seen = database.transactions().call("beat", tx -> {
            boolean alive = rows.beat(tx, boot, clock.instant(), running.getAsInt(), draining ? "DRAINING" : "ACTIVE");
            return new Seen(alive, rows.seen(tx));
        });
        if (!seen.alive()) {
            return new Beat(true, List.of(), List.of(), seen.all().definitionChanges());
        }
        last = new Beaten(boot, before);
        List<NodeRow> peers = seen.all().nodes().stream()
                .filter(node -> !node.bootId().equals(boot))
                .toList();
        List<NodeRow> dead = watch.observe(peers, ticker.nanoTime());
        return new Beat(
                false,
                dead,
                peers.stream().filter(peer -> peer.state().equals("LOST")).toList(),
                seen.all().definitionChanges());
    }

    /** The row of this boot has just been written: that counts as a beat. */
    void begun() {
        last = new Beaten(identity.bootId(), ticker.nanoTime());
    }

    void draining() {
        draining = true;
    }

    @Override
    public boolean holds(String bootId) {
        Beaten beaten = last;
        return beaten.bootId().equals(bootId) && ticker.nanoTime() - beaten.nanos() < freshNanos;
    }

    /** Whether the present boot holds its lease. */
    boolean fresh() {
        return holds(identity.bootId());
    }

    /** How long ago the last successful beat was. */
    Duration sinceLastBeat() {
        return Duration.ofNanos(ticker.nanoTime() - last.nanos());
    }
}
