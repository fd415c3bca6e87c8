package io.requartz.admin.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.DeclaredCategories;
import io.requartz.policy.PolicyInfo;
import io.requartz.policy.PolicyNames;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy as an answer. The keys of policies are written as in configuration, in kebab case.
 *
 * @param kind whether it is the default, one with a name of its own, or that of a type
 * @param effective every key with what holds
 * @param from by key: where its value comes from
 * @param categories what holds for each category of failure; left out of lists
 * @param policy of a type: the named policy that its runs follow, or the form of its names
 * @param leftOut what is as if it had not been said, because it contradicts what it lies over
 */
record PolicyView(
        String name,
        String kind,
        JsonNode effective,
        Map<String, String> from,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OfCategory> categories,
        @Nullable JsonNode configured,
        @Nullable JsonNode live,
        @Nullable String policy,
        @Nullable String policyDefault,
        List<String> usedBy,
        List<String> leftOut,
        long version,
        @Nullable String changedBy,
        @Nullable Instant changedAt) {

    /**
     * What holds for one category.
     *
     * @param temporary false: a person must act
     * @param again whether such a failure is tried again
     */
    record OfCategory(
            String category, boolean temporary, boolean again, JsonNode effective, Map<String, String> from) {}

    static PolicyView listed(PolicyInfo info) {
        return of(info, null);
    }

    static PolicyView whole(PolicyInfo info, DeclaredCategories categories) {
        return of(info, categories(info.resolved(), categories));
    }

    private static PolicyView of(PolicyInfo info, @Nullable List<OfCategory> categories) {
        return new PolicyView(
                info.name(),
                kind(info.name()),
                RetryPolicyFormat.write(info.resolved().policy()),
                info.resolved().from(),
                categories,
                info.configured(),
                info.live(),
                info.choice().policy(),
                info.choice().otherwise(),
                info.usedBy(),
                info.resolved().leftOut(),
                info.version(),
                info.changedBy(),
                info.changedAt());
    }

    private static String kind(String name) {
        if (name.equals(PolicyNames.DEFAULT)) {
            return "default";
        }
        return PolicyNames.isOfType(name) ? "type" : "named";
    }

    static List<OfCategory> categories(ResolvedPolicy resolved, DeclaredCategories declared) {
        return declared.known().stream()
                .map(category -> category(resolved, declared, category))
                .toList();
    }

    private static OfCategory category(ResolvedPolicy resolved, DeclaredCategories declared, ErrorCategory category) {
        JsonNode rule = RetryPolicyFormat.write(resolved.policy().ruleFor(category));
        Map<String, String> from = new LinkedHashMap<>();
        rule.fieldNames().forEachRemaining(key -> from.put(key, resolved.from(category, key)));
        return new OfCategory(
                category.name(),
                declared.isTemporary(category),
                resolved.policy().retries(category),
                rule,
                from);
    }
}
