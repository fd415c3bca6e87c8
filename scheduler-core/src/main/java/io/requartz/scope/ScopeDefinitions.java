package io.requartz.scope;

import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.Definitions;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the scopes of each name are, from memory: for threads that must not touch the database. Thread-safe. */
public final class ScopeDefinitions {

    private static final Logger log = LoggerFactory.getLogger(ScopeDefinitions.class);

    private final Definitions definitions;
    private volatile Map<String, ScopeDefinition> byName = Map.of();

    public ScopeDefinitions(Definitions definitions) {
        this.definitions = definitions;
        definitions.onChange(this::reload);
        reload();
    }

    private void reload() {
        Map<String, ScopeDefinition> read = new TreeMap<>();
        for (Definition definition : definitions.all(DefinitionKind.SCOPE)) {
            ScopeFormat.Reading reading = ScopeFormat.read(definition.name(), definition.effective());
            if (reading.definition() == null) {
                log.error(
                        "Scope {} keeps what it was: its definition cannot be read: {}",
                        definition.name(),
                        reading.flaws());
                find(definition.name()).ifPresent(old -> read.put(old.name(), old));
            } else {
                read.put(definition.name(), reading.definition());
            }
        }
        byName = Collections.unmodifiableMap(read);
    }

    public Optional<ScopeDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** As {@link #find}; asks the database if this node does not know it, as before its start. */
    Optional<ScopeDefinition> findAnywhere(String name) {
        Optional<ScopeDefinition> known = find(name);
        if (known.isEmpty() && definitions.refresh()) {
            return find(name);
        }
        return known;
    }

    /** That of this scope; with defaults for all but its dimensions, if this node does not know it (yet). */
    public ScopeDefinition of(Scope scope) {
        return find(scope.name())
                .orElseGet(() -> ScopeDefinition.of(
                        scope.name(), scope.dimensions().keySet().stream().toList()));
    }

    /** In the order of their names. */
    public Collection<ScopeDefinition> all() {
        return byName.values();
    }
}
