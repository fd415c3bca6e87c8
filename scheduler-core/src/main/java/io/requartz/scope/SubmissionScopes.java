package io.requartz.scope;

import io.requartz.audit.AuditLog;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunScopes;
import io.requartz.scope.ScopeRepository.Known;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the scopes of new runs, and makes those that are new. Remembers what it found: ids never change. Thread-safe. */
public final class SubmissionScopes implements RunScopes {

    private static final int MOST_REMEMBERED = 50_000;

    private final Transactions transactions;
    private final ScopeRepository scopes;
    private final ScopeDefinitions definitions;
    private final AuditLog audit;
    private final ScopeLog log;
    private final InstantSource clock;
    private final Map<String, Known> remembered = new ConcurrentHashMap<>();

    public SubmissionScopes(
            Transactions transactions,
            ScopeRepository scopes,
            ScopeDefinitions definitions,
            AuditLog audit,
            ScopeLog log,
            InstantSource clock) {
        this.transactions = transactions;
        this.scopes = scopes;
        this.definitions = definitions;
        this.audit = audit;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Long find(JobTypeDefinition type, String payload) {
        Standing standing = type.standing();
        if (standing == null) {
            return null;
        }
        ScopeDefinition definition = definitions
                .findAnywhere(standing.scope())
                .orElseThrow(() -> Problem.conflict(
                        "Job type " + type.name() + " stands in scope '" + standing.scope()
                                + "', and this node knows no such scope.",
                        "Define it under 'scopes:' in the configuration of the nodes."));
        ScopeKey key = ScopeKey.of(definition, payload);
        String hash = key.hash();
        String name = key.name() + '/' + hash;
        Known known = remembered.get(name);
        if (known == null || !known.label().equals(key.label())) {
            known = stored(key, hash);
            if (remembered.size() >= MOST_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(name, known);
        }
        return known.id();
    }

    private Known stored(ScopeKey key, String hash) {
        try {
            return transactions.call("find the scope of a run", tx -> foundOrMade(tx, key, hash));
        } catch (DuplicateKeyException madeMeanwhile) {
            return transactions.call("find the scope of a run", tx -> foundOrMade(tx, key, hash));
        }
    }

    private Known foundOrMade(Tx tx, ScopeKey key, String hash) {
        Optional<Known> found = scopes.find(tx, key.name(), hash);
        if (found.isEmpty()) {
            long id = scopes.insert(tx, key.name(), key.dimensions(), hash, key.label(), clock.instant());
            return new Known(id, key.label());
        }
        if (!found.get().label().equals(key.label())) {
            scopes.relabel(tx, found.get().id(), key.label());
        }
        return new Known(found.get().id(), key.label());
    }

    @Override
    public void triggered(Tx tx, Long scopeId, String runId, Actor by) {
        Optional<Scope> seen = scopeId == null ? Optional.empty() : scopes.get(tx, scopeId);
        if (seen.isEmpty() || definitions.of(seen.get()).reEnableOn() != ReEnableOn.MANUAL_TRIGGER) {
            return;
        }
        for (Scope scope : scopes.lock(tx, List.of(scopeId))) {
            Scope open = scope.with(scope.state().triggered());
            if (open != scope) {
                scopes.write(tx, List.of(open));
                audit.append(tx, by, ScopeAudit.enabled(scope, open, "by asking for run " + runId));
            }
        }
    }

    @Override
    public void tellTriggered(Run run) {
        Long id = run.origin().scopeId();
        if (id != null) {
            transactions
                    .call("read a scope", tx -> scopes.get(tx, id))
                    .ifPresent(scope -> log.triggered(run, scope, definitions.of(scope)));
        }
    }
}
