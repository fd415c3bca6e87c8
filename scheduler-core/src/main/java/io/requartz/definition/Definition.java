package io.requartz.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;

/**
 * One defined thing, as the cluster sees it.
 *
 * @param configured an object; null if it was created while the cluster ran
 * @param live the keys that people have set, an object; null if none. A key with the value null takes the configured one away
 * @param version how many live changes there have been
 * @param changedBy who made the last of them; null if there was none
 * @param retired gone from configuration, or deleted by a person; kept for its history
 */
public record Definition(
        DefinitionKind kind,
        String name,
        JsonNode configured,
        JsonNode live,
        long version,
        String changedBy,
        Instant changedAt,
        boolean retired) {

    public Definition {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** What counts: the live keys over the configured ones. A copy. */
    public ObjectNode effective() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (configured != null) {
            configured
                    .properties()
                    .forEach(key -> all.set(key.getKey(), key.getValue().deepCopy()));
        }
        if (live != null) {
            live.properties().forEach(key -> {
                if (key.getValue().isNull()) {
                    all.remove(key.getKey());
                } else {
                    all.set(key.getKey(), key.getValue().deepCopy());
                }
            });
        }
        return all;
    }

    /** Of what configuration lacks nothing is left without live keys. */
    Definition changed(JsonNode newLive, String by, Instant at) {
        boolean nothingLeft = configured == null && newLive == null;
        return new Definition(kind, name, configured, newLive, version + 1, by, at, nothingLeft);
    }
}
