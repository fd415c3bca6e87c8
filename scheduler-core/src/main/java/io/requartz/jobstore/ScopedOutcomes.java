package io.requartz.jobstore;

import io.requartz.audit.AuditLog;
import io.requartz.guard.ParkedRuns.Parked;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.ScopeRows;
import io.requartz.jdbc.ScopeRows.Counted;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.run.Actor;
import io.requartz.run.Closing;
import io.requartz.run.FiredRun;
import io.requartz.run.Outcome;
import io.requartz.run.RunState;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeAudit;
import io.requartz.scope.ScopeDecision;
import io.requartz.scope.ScopeDefinition;
import io.requartz.scope.ScopeDefinitions;
import io.requartz.scope.Standing;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the outcomes of a group make of their scopes. The rows of the scopes are locked, after the runs, in the order of their ids, and
 * {@link ScopeDecision} is applied to one outcome after the other, so that a scope counts in the order in which commits happen.
 */
final class ScopedOutcomes {

    private final Function<String, Optional<JobTypeDefinition>> types;
    private final ScopeDefinitions definitions;
    private final AuditLog audit;
    private final FireRows fires;
    private final ScopeRows scopes = new ScopeRows();

    /** @param types the job type of a name, from memory */
    ScopedOutcomes(
            Function<String, Optional<JobTypeDefinition>> types,
            ScopeDefinitions definitions,
            AuditLog audit,
            FireRows fires) {
        this.types = types;
        this.definitions = definitions;
        this.audit = audit;
        this.fires = fires;
    }

    /** Whether the outcome can change a scope; all others need not lock one. */
    boolean concerns(Outcome outcome) {
        FiredRun fired = outcome.fired();
        return fired.origin().scopeId() != null
                && standing(fired)
                        .map(place -> ScopeDecision.concerns(outcome, definition(place)))
                        .orElse(false);
    }

    private Optional<Standing> standing(FiredRun fired) {
        return types.apply(fired.type()).map(JobTypeDefinition::standing);
    }

    private ScopeDefinition definition(Standing place) {
        return definitions.find(place.scope()).orElseGet(() -> ScopeDefinition.of(place.scope(), List.of("unknown")));
    }

    /**
     * Locks the scopes, decides, writes them.
     *
     * @param closings of outcomes that concern a scope, in the order in which they are to count; their runs are locked
     * @return the same with what the scopes have added, in that order
     */
    List<Closing> apply(Tx tx, List<Closing> closings) {
        TreeSet<Long> ids = new TreeSet<>();
        closings.forEach(closing -> ids.add(closing.outcome().fired().origin().scopeId()));
        Map<Long, Scope> before = new TreeMap<>();
        scopes.lock(tx, ids).forEach(scope -> before.put(scope.id(), scope));
        Map<Long, Scope> after = new TreeMap<>(before);
        List<Closing> decided = new ArrayList<>();
        for (Closing closing : closings) {
            Closing scoped = decide(closing, after);
            if (scoped.scope() != null) {
                after.put(scoped.scope().after().id(), scoped.scope().after());
            }
            decided.add(scoped);
        }
        scopes.write(
                tx,
                after.values().stream()
                        .filter(scope -> scope != before.get(scope.id()))
                        .toList());
        scopes.count(tx, counted(decided));
        for (Closing closing : decided) {
            if (closing.scope() != null
                    && (closing.scope().disables() || closing.scope().enables())) {
                String run = closing.outcome().fired().runId();
                audit.append(tx, Actor.SYSTEM, ScopeAudit.automatic(closing.scope(), run));
            }
        }
        return decided;
    }

    private Closing decide(Closing closing, Map<Long, Scope> now) {
        FiredRun fired = closing.outcome().fired();
        Scope scope = now.get(fired.origin().scopeId());
        Standing place = standing(fired).orElse(null);
        if (scope == null || place == null || !place.scope().equals(scope.name())) {
            return closing;
        }
        return ScopeDecision.of(closing, scope, definition(place), place.stands());
    }

    private static List<Counted> counted(List<Closing> decided) {
        return decided.stream()
                .filter(closing -> closing.scope() != null && closing.scope().counted())
                .map(closing -> new Counted(
                        closing.outcome().fired().fireId(),
                        closing.scope().after().id(),
                        closing.scope().after().state().epoch()))
                .toList();
    }

    /** Once the runs are written: those that wait for their scope. */
    void park(Tx tx, List<Closing> closings) {
        List<Parked> parked = closings.stream()
                .filter(closing -> closing.next() == RunState.PARKED)
                .map(ScopedOutcomes::parked)
                .toList();
        if (!parked.isEmpty()) {
            fires.markParked(tx, parked, parked.get(0).since());
        }
    }

    private static Parked parked(Closing closing) {
        Outcome outcome = closing.outcome();
        return new Parked(
                outcome.fired().runId(),
                ScopeDecision.hold(closing.scope().after()),
                outcome.endedAt(),
                outcome.fired().priority(),
                closing.dueAt());
    }
}
