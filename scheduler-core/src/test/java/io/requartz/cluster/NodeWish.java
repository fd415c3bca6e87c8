package io.requartz.cluster;

import java.time.Duration;

/**
 * How a node is wanted.
 *
 * @param port of the database, as this node sees it; 0: the server's own
 * @param clockAhead how much its clock is ahead of the others'; negative: behind
 */
record NodeWish(String id, int threads, Duration stopDeadline, int port, Duration clockAhead) {

    static NodeWish of(String id, int threads) {
        return new NodeWish(id, threads, Duration.ofSeconds(5), 0, Duration.ZERO);
    }

    NodeWish stoppingWithin(Duration deadline) {
        return new NodeWish(id, threads, deadline, port, clockAhead);
    }

    /** Speaks with the database through somebody at this port. */
    NodeWish through(int other) {
        return new NodeWish(id, threads, stopDeadline, other, clockAhead);
    }

    NodeWish withClockAhead(Duration by) {
        return new NodeWish(id, threads, stopDeadline, port, by);
    }
}
