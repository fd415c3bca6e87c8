package io.requartz.scope;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which scopes are meant. Empty and null mean any.
 *
 * @param name of the scope
 * @param disabled true: only disabled ones; false: only enabled ones; null: both
 * @param failing only those with failures, or disabled
 * @param dimensions each of these has this value; others may have any
 */
public record ScopeFilter(String name, Boolean disabled, boolean failing, Map<String, String> dimensions) {

    public static final ScopeFilter ALL = new ScopeFilter(null, null, false, Map.of());

    public ScopeFilter {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }
}
