package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.PayloadSchema;
import io.requartz.problem.Spelling;
import io.requartz.scope.Stands;
import io.requartz.time.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code types:}, what is said of single job types. */
final class TypesReader {

    private static final String JOB = "job";
    private static final String SETTINGS = "settings";
    private static final String PAYLOAD_SCHEMA = "payload-schema";
    private static final String TIME_LIMIT = "time-limit";
    private static final String SCOPE = "scope";
    private static final String STANDS = "stands";

    private final PolicySettings policies;
    private final Set<String> scopes;

    /** @param scopes names of the scopes that are defined beside the types */
    TypesReader(PolicySettings policies, Set<String> scopes) {
        this.policies = policies;
        this.scopes = scopes;
    }

    Map<String, TypeConfig> read(Section in) {
        Map<String, TypeConfig> types = new LinkedHashMap<>();
        for (String name : in.entries().keySet()) {
            if (JobTypeDefinition.isName(name)) {
                types.put(name, type(in.section(name).knows(Keys.of(TypeConfig.class))));
            } else {
                in.complainOfKey(name, "'" + name + "' cannot be a job type: " + JobTypeDefinition.NAME_FORM);
            }
        }
        types.forEach((name, type) -> requirePluginsJob(in.section(name), type, types));
        return types;
    }

    private TypeConfig type(Section in) {
        PolicySettings.OfType retries = policies.ofType(in);
        String scope = scope(in);
        Stands stands = in.read(STANDS, TypesReader::stands, "gated or probe").orElse(null);
        if (stands != null && scope == null) {
            in.complain(STANDS, in.path(STANDS) + " says how the type stands in its scope, and no scope is named");
            stands = null;
        }
        return new TypeConfig(
                in.text(JOB, null),
                object(in, SETTINGS).map(JsonNode::toString).map(Secret::of).orElse(Secret.NONE),
                payloadSchema(in),
                in.text("title", null),
                in.text("description", null),
                in.read(TIME_LIMIT, TypesReader::timeLimit, "a duration from " + TypeConfig.TIME_LIMIT + ", or none")
                        .orElse(null),
                scope,
                stands,
                retries.retry(),
                retries.choice().policy(),
                retries.choice().otherwise());
    }

    /** A type is made of what a plugin brings, not of one that is made itself. */
    private static void requirePluginsJob(Section in, TypeConfig type, Map<String, TypeConfig> types) {
        TypeConfig base = type.job() == null ? null : types.get(type.job());
        if (base != null && base.job() != null) {
            in.complain(
                    JOB,
                    in.path(JOB) + ": " + type.job() + " is made of " + base.job()
                            + " itself; expected a job type that a plugin brings");
        }
    }

    private String scope(Section in) {
        String scope = in.text(SCOPE, null);
        if (scope != null && !scopes.contains(scope)) {
            in.complain(SCOPE, in.path(SCOPE) + ": there is no scope '" + scope + "'" + Spelling.hint(scope, scopes));
        }
        return scope;
    }

    private static String payloadSchema(Section in) {
        String schema = object(in, PAYLOAD_SCHEMA).map(JsonNode::toString).orElse(null);
        try {
            if (schema != null) {
                PayloadSchema.compile(schema);
            }
        } catch (IllegalArgumentException unusable) {
            in.complain(PAYLOAD_SCHEMA, in.path(PAYLOAD_SCHEMA) + " is not a JSON Schema: " + unusable.getMessage());
        }
        return schema;
    }

    private static Optional<JsonNode> object(Section in, String key) {
        Optional<JsonNode> found = in.json(key);
        if (found.isPresent() && !found.get().isObject()) {
            in.complain(key, in.path(key) + " is not a section; expected keys and values under it");
            return Optional.empty();
        }
        return found;
    }

    private static Stands stands(String text) {
        return Arrays.stream(Stands.values())
                .filter(each -> each.label().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("neither"));
    }

    private static Duration timeLimit(String text) {
        if (text.equals("none")) {
            return Duration.ZERO;
        }
        Duration limit = Durations.parse(text);
        TypeConfig.TIME_LIMIT.require(TIME_LIMIT, limit);
        return limit;
    }
}
