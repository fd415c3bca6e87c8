package io.requartz.jobstore;

import io.requartz.jdbc.TriggerRows.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which types and levels to take due runs from, in which order, and how many. Higher levels first, and a level rises with the time
 * that its first run waits; among equals the type that was served longest ago; and no type gets more than its share of the node's
 * places while another has something due. Pure.
 */
final class AcquirePlan {

    /** Waiting this long counts as one level. */
    static final Duration AGING = Duration.ofSeconds(30);

    private static final int TOP = 9;
    private static final int LEVEL_STEP = 2;

    private AcquirePlan() {}

    /**
     * Take at most {@code limit} from this type and level.
     *
     * @param exclusive and that only if no attempt of the type is open anywhere, one at a time
     */
    record Take(String type, int level, int limit, boolean exclusive) {}

    /**
     * @param heads the earliest trigger a type and level; those that are not due are passed over
     * @param running how many attempts of each type this node has already
     * @param servedAt a number that grows, from when a type was last served
     */
    static List<Take> of(
            List<Head> heads, long now, int capacity, Map<String, Integer> running, Map<String, Long> servedAt) {
        List<Head> due =
                new ArrayList<>(heads.stream().filter(head -> head.due() <= now).toList());
        due.sort(Comparator.comparingInt((Head head) -> -effectiveLevel(head, now))
                .thenComparingLong(head -> servedAt.getOrDefault(head.type(), 0L))
                .thenComparingLong(Head::due));
        Set<String> types = new HashSet<>();
        due.forEach(head -> types.add(head.type()));
        int busy = running.values().stream().mapToInt(Integer::intValue).sum();
        int share = types.size() <= 1 ? capacity : Math.max(1, (capacity + busy + types.size() - 1) / types.size());
        Map<String, Integer> left = new HashMap<>();
        for (String type : types) {
            left.put(type, types.size() == 1 ? capacity : Math.max(0, share - running.getOrDefault(type, 0)));
        }
        List<Take> takes = new ArrayList<>();
        for (Head head : due) {
            takes.add(new Take(head.type(), head.level(), left.get(head.type()), head.exclusive()));
        }
        return takes;
    }

    static int effectiveLevel(Head head, long now) {
        long steps = Math.max(0, now - head.due()) / AGING.toMillis();
        return (int) Math.min(TOP, head.level() + LEVEL_STEP * Math.min(steps, TOP));
    }
}
