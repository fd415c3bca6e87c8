package io.requartz.node;

import io.requartz.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The cluster at a glance.
 *
 * @param paused a person holds everything; then since when and by whom
 */
public record SchedulerStatus(
        boolean paused,
        Instant pausedSince,
        String pausedBy,
        List<PausedType> pausedTypes,
        Map<RunState, Long> runs,
        List<NodeStatus> nodes,
        List<TypeStatus> types) {}
