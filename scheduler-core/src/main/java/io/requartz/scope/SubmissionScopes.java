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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the scopes of new runs, and makes those that are new. Remembers what it found: ids never change. Thread-safe. */
public final class SubmissionScopes implements RunScopes {

    private static final int MOST_REMEMBERED = 50_000;
    private static final int AT_ONCE = 512;

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
        return findAll(List.of(new Asked(type, payload))).get(0);
    }

    @Override
    public List<Long> findAll(List<Asked> asked) {
        List<Hashed> keys = new ArrayList<>(asked.size());
        Map<String, Known> known = new HashMap<>();
        Map<String, Map<String, Hashed>> unknown = new TreeMap<>();
        for (Asked each : asked) {
            Hashed key = each.type().standing() == null ? null : keyOf(each);
            keys.add(key);
            if (key == null) {
                continue;
            }
            Known found = remembered.get(key.name());
            if (found == null || !found.label().equals(key.key().label())) {
                // in the order of their keys, so that two who make the same scopes do not wait for one another
                unknown.computeIfAbsent(key.key().name(), name -> new TreeMap<>())
                        .put(key.hash(), key);
            } else {
                known.put(key.name(), found);
            }
        }
        unknown.forEach((name, scopes) -> known.putAll(stored(name, List.copyOf(scopes.values()))));
        // ids may be missing, which List.of does not hold
        List<Long> ids = new ArrayList<>(keys.size());
        keys.forEach(key -> ids.add(key == null ? null : known.get(key.name()).id()));
        return ids;
    }

    private record Hashed(ScopeKey key, String hash) {
        String name() {
            return key.name() + '/' + hash;
        }
    }

    private Hashed keyOf(Asked asked) {
        Standing standing = asked.type().standing();
        ScopeDefinition definition = definitions
                .findAnywhere(standing.scope())
                .orElseThrow(() -> Problem.conflict(
                        "Job type " + asked.type().name() + " stands in scope '" + standing.scope()
                                + "', and this node knows no such scope.",
                        "Define it under 'scopes:' in the configuration of the nodes."));
        ScopeKey key = ScopeKey.of(definition, asked.payload());
        return new Hashed(key, key.hash());
    }

    private Map<String, Known> stored(String name, List<Hashed> keys) {
        Map<String, Known> stored = new HashMap<>();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<Hashed> part = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            try {
                stored.putAll(foundOrMade(name, part));
            } catch (DuplicateKeyException madeMeanwhile) {
                stored.putAll(foundOrMade(name, part));
            }
        }
        if (remembered.size() + stored.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.putAll(stored);
        return stored;
    }

    private Map<String, Known> foundOrMade(String name, List<Hashed> keys) {
        return transactions.call("find the scopes of runs", tx -> foundOrMade(tx, name, keys));
    }

    private Map<String, Known> foundOrMade(Tx tx, String name, List<Hashed> keys) {
        Map<String, Known> found =
                scopes.find(tx, name, keys.stream().map(Hashed::hash).toList());
        List<Hashed> missing =
                keys.stream().filter(key -> !found.containsKey(key.hash())).toList();
        Map<String, Known> all = new HashMap<>();
        for (Hashed key : keys) {
            Known there = found.get(key.hash());
            if (there != null) {
                if (!there.label().equals(key.key().label())) {
                    scopes.relabel(tx, there.id(), key.key().label());
                }
                all.put(key.name(), new Known(there.id(), key.key().label()));
            }
        }
        List<Long> made = missing.isEmpty()
                ? List.of()
                : scopes.insert(
                        tx,
                        name,
                        missing.stream()
                                .map(key -> new ScopeRepository.Fresh(
                                        key.key().dimensions(),
                                        key.hash(),
                                        key.key().label()))
                                .toList(),
                        clock.instant());
        for (int i = 0; i < made.size(); i++) {
            all.put(
                    missing.get(i).name(),
                    new Known(made.get(i), missing.get(i).key().label()));
        }
        return all;
    }

    @Override
    public void triggered(Tx tx, Long scopeId, String runId, Actor by) {
        Optional<Scope> seen = scopeId == null ? Optional.empty() : scopes.get(tx, scopeId);
        if (seen.isEmpty() || definitions.of(seen.get()).reEnableOn() != ReEnableOn.MANUAL_TRIGGER) {
            return;
        }
        for (Scope scope : scopes.lock(tx, List.of(scopeId))) {
            Scope open = scope.with(scope.state().triggered());
            if (!open.equals(scope)) {
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
