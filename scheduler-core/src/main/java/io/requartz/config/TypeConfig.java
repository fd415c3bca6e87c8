package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import java.time.Duration;

/**
 * {@code types.<name>:} what configuration says about one job type, on top of what its plugin says. What is null is left to the
 * plugin.
 *
 * @param timeLimit zero: none, whatever the plugin says
 * @param scope name of the scope that its failures count for
 * @param stands null: gated
 * @param retry the keys of the policy that are set, in the form of {@link RetryPolicyFormat}
 */
public record TypeConfig(
        String title, String description, Duration timeLimit, String scope, Stands stands, JsonNode retry) {

    static final Between<Duration> TIME_LIMIT = Between.of(Duration.ofMillis(10), Duration.ofDays(365));

    public TypeConfig {
        if (stands != null && scope == null) {
            throw new IllegalArgumentException("stands says how a type stands in its scope, and scope is missing");
        }
        if (timeLimit != null && !timeLimit.isZero()) {
            TIME_LIMIT.require("time-limit", timeLimit);
        }
        retry = retry == null ? null : retry.deepCopy();
    }

    /** The type with these settings over its own. */
    public JobTypeDefinition over(JobTypeDefinition type) {
        return new JobTypeDefinition(
                type.name(),
                type.plugin(),
                title == null ? type.title() : title,
                description == null ? type.description() : description,
                type.jobClass(),
                policyOver(type.policy()),
                timeLimitOver(type.timeLimit()),
                type.payloadSchema(),
                type.exclusive(),
                scope == null ? type.standing() : new Standing(scope, stands == null ? Stands.GATED : stands));
    }

    private RetryPolicy policyOver(RetryPolicy own) {
        return retry == null ? own : RetryPolicyFormat.parse(retry, own);
    }

    private Duration timeLimitOver(Duration own) {
        if (timeLimit == null) {
            return own;
        }
        return timeLimit.isZero() ? null : timeLimit;
    }
}
