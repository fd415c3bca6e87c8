package io.requartz.scope;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scope as it stands in the database. Immutable.
 *
 * @param dimensions values by dimension
 * @param label what people call it, as the last submission made it
 * @param nextReleaseAt runs that it held go on no earlier; null: at once
 * @param version grows with each change of its state
 */
public record Scope(
        long id,
        String name,
        Map<String, String> dimensions,
        String label,
        ScopeState state,
        Instant nextReleaseAt,
        long version) {

    /** What a guard's hold on its runs is called. */
    public static final String GUARD = "scope";

    public Scope {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /** As in {@code sync: restaurant_id=1, platform=uber_eats}. */
    public String key() {
        return ScopeKey.shown(name, dimensions);
    }

    Scope with(ScopeState changed) {
        return changed == state ? this : new Scope(id, name, dimensions, label, changed, nextReleaseAt, version + 1);
    }
}
