package io.requartz.config;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * {@code cluster:} how the nodes live together. The same on all of them.
 *
 * @param name the scheduler's name in Quartz's tables: nodes with one name share their runs; at most 50 letters, digits,
 *     {@code .}, {@code _} and {@code -}
 * @param beat how often a node says that it lives
 * @param lease how long after its last beat its runs are taken over; at least three beats
 * @param poll how long a node rests at most before it looks for due runs again
 */
public record ClusterConfig(String name, Duration beat, Duration lease, Duration poll) {

    static final Pattern NAME = NodeConfig.ID;
    static final Between<Duration> BEAT = Between.of(Duration.ofMillis(50), Duration.ofMinutes(5));
    static final Between<Duration> LEASE = Between.of(Duration.ofMillis(150), Duration.ofHours(1));
    static final Between<Duration> POLL = Between.of(Duration.ofMillis(10), Duration.ofMinutes(1));

    public static final ClusterConfig DEFAULT =
            new ClusterConfig("requartz", Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(1));

    public ClusterConfig {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("cluster.name is '" + name + "'; expected " + NodeConfig.idForm());
        }
        BEAT.require("cluster.beat", beat);
        LEASE.require("cluster.lease", lease);
        POLL.require("cluster.poll", poll);
        if (!holdsThreeBeats(beat, lease)) {
            throw new IllegalArgumentException("cluster.lease must be at least three times cluster.beat");
        }
    }

    /** Fewer, and one lost packet would take a living node's runs away. */
    static boolean holdsThreeBeats(Duration beat, Duration lease) {
        return lease.compareTo(beat.multipliedBy(3)) >= 0;
    }
}
