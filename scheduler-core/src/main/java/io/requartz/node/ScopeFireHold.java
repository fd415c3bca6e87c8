package io.requartz.node;

import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.RunScopes;
import io.requartz.schedule.Cell;
import io.requartz.schedule.FireHold;
import io.requartz.schedule.Schedule;
import io.requartz.scope.ScopeGate;
import io.requartz.tx.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schedule makes no run for a scope that is disabled. */
final class ScopeFireHold implements FireHold {

    private final KnownTypes types;
    private final RunScopes scopes;
    private final ScopeGate gate;

    ScopeFireHold(KnownTypes types, RunScopes scopes, ScopeGate gate) {
        this.types = types;
        this.scopes = scopes;
        this.gate = gate;
    }

    @Override
    public Map<String, String> ask(Tx tx, Schedule schedule, List<Cell> cells) {
        Optional<JobTypeDefinition> type = types.remembered(schedule.type());
        Map<String, String> held = new LinkedHashMap<>();
        if (type.isPresent() && type.get().standing() != null) {
            for (Cell cell : cells) {
                scopeOf(type.get(), cell)
                        .flatMap(scope -> gate.skipsFire(tx, schedule.type(), scope))
                        .ifPresent(why -> held.put(cell.name(), why));
            }
        }
        return held;
    }

    /** Empty for a payload of which no scope can be told; it is refused when its run is made. */
    private Optional<Long> scopeOf(JobTypeDefinition type, Cell cell) {
        try {
            return Optional.ofNullable(scopes.find(type, cell.payload().toString()));
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.INVALID) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
