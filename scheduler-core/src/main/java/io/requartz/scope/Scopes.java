package io.requartz.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditLog;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.Definitions;
import io.requartz.failure.SafeText;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Page;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people can ask of scopes, and do to them. Each act is one transaction with its entry in the audit; what a scope held goes on
 * within a second or so after it opened, at the scope's rate. Thread-safe. All methods throw {@link Problem}.
 */
public final class Scopes {

    private static final Logger log = LoggerFactory.getLogger(Scopes.class);
    private static final int PAGE = 200;
    private static final int NOTE_LENGTH = 2_000;

    private final Transactions transactions;
    private final ScopeRepository scopes;
    private final ScopeDefinitions definitions;
    private final Definitions stored;
    private final AuditLog audit;
    private final InstantSource clock;

    public Scopes(
            Transactions transactions,
            ScopeRepository scopes,
            ScopeDefinitions definitions,
            Definitions stored,
            AuditLog audit,
            InstantSource clock) {
        this.transactions = transactions;
        this.scopes = scopes;
        this.definitions = definitions;
        this.stored = stored;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * In the order in which they were first met.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<ScopeStatus> list(ScopeFilter filter, int limit, String cursor) {
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".", "Ask for less and follow 'next'.");
        }
        if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
            throw Problem.invalid("That is not a cursor of this list.", "Take it from 'next' of the page before.");
        }
        Long after = cursor == null ? null : Long.valueOf(cursor);
        return transactions.call("list scopes", tx -> {
            requireKnown(tx, filter.dimensions());
            List<Scope> found = scopes.list(tx, filter, limit + 1, after);
            boolean more = found.size() > limit;
            List<Scope> shown = more ? found.subList(0, limit) : found;
            String next = more ? Long.toString(shown.get(limit - 1).id()) : null;
            return new Page<>(statuses(tx, shown), next);
        });
    }

    private List<ScopeStatus> statuses(Tx tx, List<Scope> found) {
        Map<Long, Long> held = scopes.held(tx, found.stream().map(Scope::id).toList());
        return found.stream()
                .map(scope ->
                        new ScopeStatus(scope, definitions.of(scope).disableAfter(), held.getOrDefault(scope.id(), 0L)))
                .toList();
    }

    /**
     * What people call the scope of each of these runs; runs without scope are left out.
     *
     * @param runs ids, as many as a list shows
     */
    public Map<String, String> labels(Collection<String> runs) {
        return transactions.call("read the labels of scopes", tx -> scopes.labels(tx, runs));
    }

    /** @throws Problem of kind NOT_FOUND */
    public ScopeStatus get(long id) {
        return transactions.call(
                "read a scope",
                tx -> statuses(tx, List.of(scopes.get(tx, id).orElseThrow(() -> noSuchScope(id))))
                        .get(0));
    }

    private static Problem noSuchScope(long id) {
        return Problem.notFound(
                "There is no scope " + id + ".",
                "List the scopes; one is there as soon as a run with its dimensions was submitted.");
    }

    /**
     * Holds its runs, probes too, until a person enables it; what runs goes on.
     *
     * @param note why; may be null
     */
    public ScopeStatus disable(long id, Actor by, String note) {
        String kept = note(note);
        return change(
                id,
                by,
                "disabled",
                scope -> scope.with(scope.state().disabled(clock.instant(), by.name())),
                (before, after) -> ScopeAudit.disabled(before, after, kept));
    }

    /** Whoever disabled it; its failures are counted anew. */
    public ScopeStatus enable(long id, Actor by, String note) {
        String kept = note(note);
        return change(
                id,
                by,
                "enabled",
                scope -> scope.with(scope.state().enabled()),
                (before, after) -> ScopeAudit.enabled(before, after, kept));
    }

    /** Begins its count anew, and enables it unless a person has disabled it. */
    public ScopeStatus reset(long id, Actor by, String note) {
        String kept = note(note);
        return change(
                id,
                by,
                "reset",
                scope -> scope.with(scope.state().reset()),
                (before, after) -> ScopeAudit.reset(before, after, kept));
    }

    private interface Told {
        AuditChange of(Scope before, Scope after);
    }

    private ScopeStatus change(long id, Actor by, String what, UnaryOperator<Scope> act, Told told) {
        transactions.run(what + " scope", tx -> {
            Scope scope = scopes.lock(tx, List.of(id)).stream().findFirst().orElseThrow(() -> noSuchScope(id));
            changeLocked(tx, scope, by, act, told);
        });
        ScopeStatus now = get(id);
        log.info("Scope {} was {} by {}", now.scope().key(), what, by.name());
        return now;
    }

    /** @return as it is now; itself if nothing was to be changed, and then nothing is told */
    private Scope changeLocked(Tx tx, Scope scope, Actor by, UnaryOperator<Scope> act, Told told) {
        Scope changed = act.apply(scope);
        if (!changed.equals(scope)) {
            scopes.write(tx, List.of(changed));
            audit.append(tx, by, told.of(scope, changed));
        }
        return changed;
    }

    /**
     * Resets all scopes that have these values, and others besides; page by page, so that some may be reset already should a later
     * page fail.
     *
     * @param dimensions none: all scopes
     * @throws Problem of kind INVALID if no scope has such a dimension
     */
    public ScopeReset reset(Map<String, String> dimensions, Actor by, String note) {
        String kept = note(note);
        ScopeFilter filter = new ScopeFilter(null, null, true, dimensions);
        List<ScopeReset.Changed> reset = new ArrayList<>();
        List<Scope> held = new ArrayList<>();
        Long last = null;
        boolean more = true;
        while (more) {
            Long after = last;
            List<Both> page = transactions.call("reset scopes", tx -> {
                requireKnown(tx, dimensions);
                return resetPage(tx, filter, after, by, kept);
            });
            for (Both each : page) {
                Scope now = each.after();
                if (!now.equals(each.before())) {
                    reset.add(new ScopeReset.Changed(
                            now,
                            each.before().state().failures(),
                            each.before().state().disabled() && !now.state().disabled()));
                }
                if (now.state().disabled()) {
                    held.add(now);
                }
                last = now.id();
            }
            more = page.size() == PAGE;
        }
        log.info("{} scopes were reset by {}", reset.size(), by.name());
        return new ScopeReset(reset, held);
    }

    /** What a scope was and is; the same if nothing was to be changed. */
    private record Both(Scope before, Scope after) {}

    private List<Both> resetPage(Tx tx, ScopeFilter filter, Long after, Actor by, String note) {
        List<Long> ids =
                scopes.list(tx, filter, PAGE, after).stream().map(Scope::id).toList();
        List<Both> page = new ArrayList<>();
        for (Scope scope : scopes.lock(tx, ids)) {
            Scope now = changeLocked(
                    tx,
                    scope,
                    by,
                    each -> each.with(each.state().reset()),
                    (before, reset) -> ScopeAudit.reset(before, reset, note));
            page.add(new Both(scope, now));
        }
        return page;
    }

    private void requireKnown(Tx tx, Map<String, String> dimensions) {
        if (dimensions.isEmpty()) {
            return;
        }
        TreeSet<String> known = new TreeSet<>(scopes.dimensions(tx));
        definitions.all().forEach(definition -> known.addAll(definition.dimensions()));
        List<String> unknown = dimensions.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> "'" + SafeText.chars(name, 60) + "'")
                .toList();
        if (!unknown.isEmpty()) {
            throw Problem.invalid(
                    "No scope has a dimension " + String.join(", ", unknown) + ".",
                    known.isEmpty()
                            ? "No scopes are defined; define them under 'scopes:' in the configuration."
                            : "There are: " + String.join(", ", known) + ". Nothing was changed.");
        }
    }

    // ---- definitions

    /** What configuration and people have said of each scope's name. */
    public List<Definition> definitions() {
        return stored.all(DefinitionKind.SCOPE);
    }

    /** @throws Problem of kind NOT_FOUND */
    public Definition definition(String name) {
        return stored.find(DefinitionKind.SCOPE, name)
                .orElseThrow(() -> Problem.notFound(
                        "No scope is called '" + SafeText.chars(name, 60) + "'.",
                        "There are: "
                                + definitions.all().stream()
                                        .map(ScopeDefinition::name)
                                        .toList()
                                + "."));
    }

    /**
     * Changes what holds for all scopes of a name; other nodes know it within a heartbeat.
     *
     * @param live all keys that are to differ from configuration; null: none
     * @param expectedVersion null: any
     */
    public Definition change(String name, JsonNode live, Long expectedVersion, Actor by, String note) {
        String kept = note(note);
        Definition before = definition(name);
        JsonNode keys = live == null ? null : hyphenated(live);
        Definition wanted = new Definition(
                before.kind(), name, before.configured(), keys, before.version(), by.name(), clock.instant(), false);
        ScopeDefinition after = ScopeFormat.parse(name, wanted.effective());
        if (!after.dimensions()
                .equals(ScopeFormat.parse(name, before.effective()).dimensions())) {
            throw Problem.invalid(
                    "The dimensions of scope '" + name + "' cannot be changed live: they tell its scopes apart.",
                    "Change them in the configuration; counting begins anew with new scopes.");
        }
        return stored.change(DefinitionKind.SCOPE, name, keys, expectedVersion, by, kept);
    }

    private static JsonNode hyphenated(JsonNode live) {
        if (!live.isObject()) {
            throw Problem.invalid(
                    "That is no definition of a scope.",
                    "Send an object of keys: " + String.join(", ", ScopeFormat.KEYS) + ".");
        }
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        live.properties().forEach(each -> keys.set(each.getKey().replace('_', '-'), each.getValue()));
        return keys;
    }

    private static String note(String note) {
        if (note == null || note.isBlank()) {
            return null;
        }
        if (note.length() > NOTE_LENGTH) {
            throw Problem.invalid(
                    "The note has " + note.length() + " characters; at most " + NOTE_LENGTH + " are kept.",
                    "Make it shorter.");
        }
        return SafeText.chars(note, NOTE_LENGTH);
    }
}
