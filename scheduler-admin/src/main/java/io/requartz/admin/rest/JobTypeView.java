package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.RetryPolicyFormat;
import org.jspecify.annotations.Nullable;

/** A job type as an answer. The policy is written as in configuration, in kebab case. */
record JobTypeView(
        String name,
        String plugin,
        String title,
        String description,
        String jobClass,
        JsonNode retry,
        @Nullable Double timeLimitSeconds,
        @Nullable JsonNode payloadSchema,
        boolean exclusive,
        @Nullable String scope,
        @Nullable String stands) {

    static JobTypeView of(JobTypeDefinition type) {
        return new JobTypeView(
                type.name(),
                type.plugin(),
                type.title(),
                type.description(),
                type.jobClass(),
                RetryPolicyFormat.write(type.policy()),
                AttemptView.seconds(type.timeLimit()),
                Json.stored(type.payloadSchema()),
                type.exclusive(),
                type.standing() == null ? null : type.standing().scope(),
                type.standing() == null ? null : type.standing().stands().label());
    }
}
