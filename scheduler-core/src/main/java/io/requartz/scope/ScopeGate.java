package io.requartz.scope;

import io.requartz.guard.Gate;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.FiredRun;
import io.requartz.tx.Tx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds the runs of disabled scopes. It reads without a lock: a run that is taken in the same moment in which its scope is disabled
 * counts as one that was running, and one that is parked in the moment in which it is enabled is found by {@link ScopeReleases}.
 */
public final class ScopeGate implements Gate {

    private final ScopeRepository scopes;
    private final Function<String, Optional<JobTypeDefinition>> types;

    /** @param types the job type of a name, from memory */
    public ScopeGate(ScopeRepository scopes, Function<String, Optional<JobTypeDefinition>> types) {
        this.scopes = scopes;
        this.types = types;
    }

    @Override
    public Map<String, Hold> ask(Tx tx, List<FiredRun> batch) {
        List<FiredRun> scoped =
                batch.stream().filter(run -> run.origin().scopeId() != null).toList();
        if (scoped.isEmpty()) {
            return Map.of();
        }
        Map<Long, Scope> disabled =
                disabled(tx, scoped.stream().map(run -> run.origin().scopeId()).collect(Collectors.toSet()));
        Map<String, Hold> held = new HashMap<>();
        Map<Long, Integer> skipped = new TreeMap<>();
        for (FiredRun run : scoped) {
            Scope scope = disabled.get(run.origin().scopeId());
            if (scope == null
                    || scope.state().lets(stands(run.type()), run.origin().manual())) {
                continue;
            }
            boolean skips = run.origin().schedule() != null;
            held.put(run.runId(), new Hold(Scope.GUARD, Long.toString(scope.id()), skips));
            if (skips) {
                skipped.merge(scope.id(), 1, Integer::sum);
            }
        }
        if (!skipped.isEmpty()) {
            scopes.skip(tx, skipped);
        }
        return held;
    }

    private Map<Long, Scope> disabled(Tx tx, Collection<Long> ids) {
        return scopes.disabled(tx, ids).stream().collect(Collectors.toMap(Scope::id, Function.identity()));
    }

    private Stands stands(String type) {
        return types.apply(type)
                .map(JobTypeDefinition::standing)
                .filter(Objects::nonNull)
                .map(Standing::stands)
                .orElse(Stands.GATED);
    }

    /**
     * For the fire of a schedule, in its transaction: whether the scope holds new runs of this type. If it does, the fire is counted as
     * skipped.
     *
     * @return why, in a sentence without its full stop; empty if the run may be made
     */
    public Optional<String> skipsFire(Tx tx, String type, long scopeId) {
        Scope scope = disabled(tx, List.of(scopeId)).get(scopeId);
        if (scope == null || scope.state().lets(stands(type), false)) {
            return Optional.empty();
        }
        scopes.skip(tx, Map.of(scopeId, 1));
        return Optional.of("scope " + scope.key() + " is disabled");
    }
}
