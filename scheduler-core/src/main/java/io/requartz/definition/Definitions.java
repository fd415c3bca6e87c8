package io.requartz.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditLog;
import io.requartz.definition.DefinitionRepository.State;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of the cluster, in memory as they were when last read. Each node brings a set of them from its configuration; the
 * newest set counts. Live changes lie on top. Thread-safe; reading never touches the database.
 */
public final class Definitions {

    private static final Logger log = LoggerFactory.getLogger(Definitions.class);

    private final Transactions transactions;
    private final DefinitionRepository repository;
    private final AuditLog audit;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<DefinitionKind, Map<String, Definition>> known = new EnumMap<>(DefinitionKind.class);
    private volatile long seenChanges = -1;
    private volatile long ownSet;
    private volatile boolean toldOfNewerSet;

    public Definitions(
            Transactions transactions, DefinitionRepository repository, AuditLog audit, InstantSource clock) {
        this.transactions = Objects.requireNonNull(transactions, "transactions");
        this.repository = Objects.requireNonNull(repository, "repository");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Called, in the thread that noticed, after definitions were read anew. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * What this node's configuration defines, stored as the newest set, unless it is the same as the newest. What the newest set
     * lacks is retired; live changes stay.
     */
    public void storeSet(DefinitionSet configured, Actor by) {
        String hash = configured.hash();
        ownSet = transactions.call("store the definitions", tx -> {
            State state = repository.lock(tx);
            return hash.equals(state.hash()) ? state.set() : store(tx, state, configured, hash, by);
        });
        toldOfNewerSet = false;
        refresh();
    }

    private long store(Tx tx, State state, DefinitionSet configured, String hash, Actor by) {
        long set = state.set() + 1;
        for (DefinitionKind kind : DefinitionKind.values()) {
            configured.of(kind).forEach((name, body) -> repository.configure(tx, kind, name, body, set));
        }
        repository.retireOthers(tx, set);
        repository.changed(tx, new State(set, hash, state.changes() + 1));
        audit.append(tx, by, AuditChange.of("definitions.store", "definitions", "set " + set, null));
        return set;
    }

    /** Whether what was last read is as new as this many changes. */
    public boolean knows(long changes) {
        return seenChanges == changes;
    }

    /** As last read; retired ones too. */
    public Optional<Definition> find(DefinitionKind kind, String name) {
        return Optional.ofNullable(known.getOrDefault(kind, Map.of()).get(name));
    }

    /** As last read, by name; retired ones too. */
    public List<Definition> all(DefinitionKind kind) {
        return known.getOrDefault(kind, Map.of()).values().stream()
                .sorted(Comparator.comparing(Definition::name))
                .toList();
    }

    /**
     * Changes a definition while the cluster runs, or creates one; other nodes see it within a heartbeat. The caller has checked
     * that the result makes sense.
     *
     * @param live the keys that people set, all of them; null: none, back to configuration; for one that was created live: delete it
     * @param expectedVersion what the caller has seen, 0 for a new one; null: any
     * @param note why; may be null
     * @throws Problem of kind STALE if it was changed since
     */
    public Definition change(
            DefinitionKind kind, String name, JsonNode live, Long expectedVersion, Actor by, String note) {
        Definition changed = transactions.call("change a definition", tx -> {
            State state = repository.lock(tx);
            Optional<Definition> found = repository.find(tx, kind, name);
            Definition before = found.orElseGet(() -> new Definition(kind, name, null, null, 0, null, null, false));
            requireVersion(before, expectedVersion);
            Definition after = before.changed(live, by.name(), clock.instant());
            repository.store(tx, after);
            repository.changed(tx, new State(state.set(), state.hash(), state.changes() + 1));
            audit.append(tx, by, told(found.orElse(null), after, note));
            return after;
        });
        refresh();
        return changed;
    }

    private static AuditChange told(Definition before, Definition after, String note) {
        String what = before == null || before.retired() ? "create" : after.retired() ? "delete" : "change";
        return new AuditChange(
                after.kind().label() + "." + what,
                after.kind().label(),
                after.name(),
                before == null ? null : before.effective().toString(),
                after.retired() ? null : after.effective().toString(),
                note);
    }

    private static void requireVersion(Definition found, Long expected) {
        if (expected != null && expected != found.version()) {
            throw Problem.stale(
                    "The " + found.kind().label() + " '" + found.name() + "' is at version " + found.version()
                            + (found.changedBy() == null ? "" : ", changed by " + found.changedBy()) + "; version "
                            + expected + " was expected.",
                    "Read it again and decide anew.");
        }
    }

    /**
     * Reads the definitions if anything was changed since the last time.
     *
     * @return whether there was something new
     */
    public boolean refresh() {
        State state = transactions.call("look for changed definitions", repository::state);
        if (state.set() > ownSet && ownSet > 0 && !toldOfNewerSet) {
            toldOfNewerSet = true;
            log.warn(
                    "Another node has brought newer definitions (set {}); those of this node's configuration (set {}) do not count",
                    state.set(),
                    ownSet);
        }
        if (state.changes() == seenChanges) {
            return false;
        }
        Map<DefinitionKind, Map<String, Definition>> fresh = new EnumMap<>(DefinitionKind.class);
        transactions
                .call("read the definitions", repository::all)
                .forEach(definition -> fresh.computeIfAbsent(definition.kind(), kind -> new TreeMap<>())
                        .put(definition.name(), definition));
        known = fresh;
        seenChanges = state.changes();
        listeners.forEach(Runnable::run);
        return true;
    }
}
