package io.requartz.node;

import io.requartz.jdbc.NodeRows.NodeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which peers are dead: those whose beat counter stood still through at least three consecutive own beats that span the
 * lease, on this node's own monotonic clock. No clocks are compared between nodes, and a gap in one's own beats (a pause, a database
 * outage) starts the observation anew, so neither clock skew nor an outage kills anybody. Not thread-safe.
 */
final class PeerWatch {

    private static final int BEATS = 3;

    private final Duration ownLease;
    private final long longestGapNanos;
    private final Map<String, Seen> seen = new HashMap<>();
    private long lastOwnBeat;
    private boolean started;

    private record Seen(long beat, long sinceNanos, int ownBeats) {}

    PeerWatch(Duration beat, Duration lease) {
        this.ownLease = lease;
        this.longestGapNanos = beat.multipliedBy(2).toNanos();
    }

    /**
     * To be called after each own beat that succeeded.
     *
     * @param peers rows of all boots but the own
     * @return those that are dead now; rows marked LOST are left out
     */
    List<NodeRow> observe(List<NodeRow> peers, long nowNanos) {
        if (started && nowNanos - lastOwnBeat > longestGapNanos) {
            seen.clear();
        }
        started = true;
        lastOwnBeat = nowNanos;
        List<NodeRow> dead = new ArrayList<>();
        Map<String, Seen> now = new HashMap<>();
        for (NodeRow peer : peers) {
            Seen before = seen.get(peer.bootId());
            Seen current = before == null || before.beat() != peer.beat()
                    ? new Seen(peer.beat(), nowNanos, 0)
                    : new Seen(peer.beat(), before.sinceNanos(), before.ownBeats() + 1);
            now.put(peer.bootId(), current);
            if (!peer.state().equals("LOST")
                    && current.ownBeats() >= BEATS
                    && nowNanos - current.sinceNanos() >= longer(peer.lease()).toNanos()) {
                dead.add(peer);
            }
        }
        seen.clear();
        seen.putAll(now);
        return dead;
    }

    private Duration longer(Duration peers) {
        return peers.compareTo(ownLease) > 0 ? peers : ownLease;
    }
}
