package io.requartz.node;

import java.time.Instant;
import java.util.List;

/**
 * A node as its row tells.
 *
 * @param state {@code ACTIVE}, {@code DRAINING}, or {@code LOST} once a peer has found it dead
 * @param lastBeatAt by its own clock
 * @param self the node that answers
 */
public record NodeStatus(
        String id,
        String bootId,
        String state,
        Instant startedAt,
        Instant lastBeatAt,
        String host,
        long pid,
        String version,
        int workers,
        int running,
        List<String> types,
        boolean self) {}
