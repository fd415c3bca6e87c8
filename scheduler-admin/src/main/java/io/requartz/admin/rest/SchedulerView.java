package io.requartz.admin.rest;

import io.requartz.node.NodeStatus;
import io.requartz.node.PausedType;
import io.requartz.node.SchedulerStatus;
import io.requartz.node.TypeStatus;
import io.requartz.run.RunState;
import io.requartz.scope.ScopeStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's state as an answer.
 *
 * @param runs how many there are in each state; all states are named
 * @param scopes with failures or disabled, at most 200
 */
record SchedulerView(
        boolean paused,
        @Nullable Instant pausedSince,
        @Nullable String pausedBy,
        List<PausedType> pausedTypes,
        Map<RunState, Long> runs,
        List<NodeStatus> nodes,
        List<TypeView> types,
        List<ScopeView> scopes) {

    /** @param due runs of the type that could start now */
    record TypeView(String name, String title, String plugin, List<String> nodes, boolean paused, long due) {}

    static SchedulerView of(SchedulerStatus status, List<ScopeStatus> scopes) {
        Map<RunState, Long> runs = new EnumMap<>(RunState.class);
        for (RunState state : RunState.values()) {
            runs.put(state, status.runs().getOrDefault(state, 0L));
        }
        return new SchedulerView(
                status.paused(),
                status.pausedSince(),
                status.pausedBy(),
                status.pausedTypes(),
                runs,
                status.nodes(),
                status.types().stream().map(SchedulerView::type).toList(),
                scopes.stream().map(ScopeView::of).toList());
    }

    private static TypeView type(TypeStatus status) {
        return new TypeView(
                status.definition().name(),
                status.definition().title(),
                status.definition().plugin(),
                status.nodes(),
                status.paused(),
                status.due());
    }
}
