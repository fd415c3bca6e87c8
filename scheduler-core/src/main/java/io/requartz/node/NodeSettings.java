package io.requartz.node;

import java.time.Duration;

/**
 * What a node is told about itself; see conf/requartz.yaml for what each means.
 *
 * @param virtual whether the workers are virtual threads
 * @param payloadLimit in bytes of UTF-8
 * @param resultLimit in bytes of UTF-8
 */
public record NodeSettings(
        String nodeId,
        Duration beat,
        Duration lease,
        Duration poll,
        int threads,
        boolean virtual,
        int batch,
        long payloadLimit,
        long resultLimit,
        Duration stuckGrace,
        Duration stopDeadline) {}
