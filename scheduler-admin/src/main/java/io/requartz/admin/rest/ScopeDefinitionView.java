package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.definition.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all scopes of a name.
 *
 * @param configured by the nodes' configuration
 * @param live what people have set over it; null: nothing
 * @param effective what counts; keys that are in neither have their defaults
 * @param version of the live part, as in the ETag
 */
record ScopeDefinitionView(
        String name,
        JsonNode effective,
        @Nullable JsonNode configured,
        @Nullable JsonNode live,
        long version,
        @Nullable String changedBy,
        @Nullable Instant changedAt,
        boolean retired) {

    static ScopeDefinitionView of(Definition definition) {
        return new ScopeDefinitionView(
                definition.name(),
                definition.effective(),
                definition.configured(),
                definition.live(),
                definition.version(),
                definition.changedBy(),
                definition.changedAt(),
                definition.retired());
    }
}
