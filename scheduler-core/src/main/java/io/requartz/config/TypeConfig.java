package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.policy.PolicyChoice;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import java.time.Duration;
import java.util.Objects;

/**
 * {@code types.<name>:} what configuration says about one job type, on top of what its plugin says. What is null is left to the
 * plugin.
 *
 * @param job the plugin's job type that this one is made of; null: it is a plugin's itself
 * @param settings what the job learns by {@code RunContext.settings()}, JSON text of an object; empty: nothing
 * @param payloadSchema JSON Schema text; null: the plugin's, unless a type made of it has settings, which then say what a run is
 * @param timeLimit zero: none, whatever the plugin says
 * @param scope name of the scope that its failures count for
 * @param stands null: gated
 * @param retry the keys of the policy that are set, in the form of {@link RetryPolicyFormat}
 * @param policy the named policy that its runs follow, or a form of names; see {@link PolicyChoice}
 * @param policyDefault the named policy where the form gives none
 */
public record TypeConfig(
        String job,
        Secret settings,
        String payloadSchema,
        String title,
        String description,
        Duration timeLimit,
        String scope,
        Stands stands,
        JsonNode retry,
        String policy,
        String policyDefault) {

    static final Between<Duration> TIME_LIMIT = Between.of(Duration.ofMillis(10), Duration.ofDays(365));

    public TypeConfig {
        Objects.requireNonNull(settings, "settings");
        if (stands != null && scope == null) {
            throw new IllegalArgumentException("stands says how a type stands in its scope, and scope is missing");
        }
        if (timeLimit != null && !timeLimit.isZero()) {
            TIME_LIMIT.require("time-limit", timeLimit);
        }
        retry = retry == null ? null : retry.deepCopy();
    }

    /** A type of which only this is said. */
    public static TypeConfig ofRetry(JsonNode keys) {
        return new TypeConfig(null, Secret.NONE, null, null, null, null, null, null, keys, null, null);
    }

    /** All that is said of its retries, as the policy of the type; empty if nothing. */
    ObjectNode policyKeys() {
        ObjectNode keys = retry == null ? JsonNodeFactory.instance.objectNode() : retry.deepCopy();
        if (policy != null) {
            keys.put(PolicyChoice.POLICY, policy);
        }
        if (policyDefault != null) {
            keys.put(PolicyChoice.OTHERWISE, policyDefault);
        }
        return keys;
    }

    /** The type with these settings over its own. */
    public JobTypeDefinition over(JobTypeDefinition type) {
        return new JobTypeDefinition(
                type.name(),
                type.plugin(),
                title == null ? type.title() : title,
                description == null ? type.description() : description,
                type.jobClass(),
                type.retry(),
                timeLimitOver(type.timeLimit()),
                payloadSchemaOver(type.payloadSchema()),
                type.exclusive(),
                scope == null ? type.standing() : new Standing(scope, stands == null ? Stands.GATED : stands));
    }

    private String payloadSchemaOver(String own) {
        if (payloadSchema != null) {
            return payloadSchema;
        }
        return job != null && !settings.isEmpty() ? null : own;
    }

    private Duration timeLimitOver(Duration own) {
        if (timeLimit == null) {
            return own;
        }
        return timeLimit.isZero() ? null : timeLimit;
    }
}
