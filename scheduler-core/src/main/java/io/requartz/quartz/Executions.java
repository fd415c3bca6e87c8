package io.requartz.quartz;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that this node has claimed and whose outcomes are not written yet, by fire instance id. Thread-safe. */
public final class Executions {

    private final Map<String, Execution> byFireId = new ConcurrentHashMap<>();

    public void add(Execution execution) {
        byFireId.put(execution.run().fireId(), execution);
    }

    public Optional<Execution> find(String fireId) {
        return Optional.ofNullable(fireId == null ? null : byFireId.get(fireId));
    }

    public Optional<Execution> findByRun(String runId) {
        return byFireId.values().stream()
                .filter(execution -> execution.run().runId().equals(runId))
                .findFirst();
    }

    public void remove(String fireId) {
        byFireId.remove(fireId);
    }

    public Collection<Execution> all() {
        return List.copyOf(byFireId.values());
    }

    public int size() {
        return byFireId.size();
    }

    /** How many are claimed of each type. */
    public Map<String, Integer> countByType() {
        Map<String, Integer> counts = new HashMap<>();
        byFireId.values().forEach(execution -> counts.merge(execution.run().type(), 1, Integer::sum));
        return counts;
    }
}
