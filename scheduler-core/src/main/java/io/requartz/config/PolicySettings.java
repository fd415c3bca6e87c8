package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.failure.DeclaredCategories;
import io.requartz.policy.PolicyChoice;
import io.requartz.policy.PolicyNames;
import io.requartz.problem.Spelling;
import io.requartz.retry.PolicyFormatException;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code retry:}, {@code policies:} and what types say of their retries, each checked over what it lies on. */
final class PolicySettings {

    private final DeclaredCategories categories;
    private final RetryPolicy defaults;
    private final Map<String, RetryPolicy> named = new LinkedHashMap<>();
    private DefinitionSet definitions = DefinitionSet.EMPTY;

    PolicySettings(Section root, DeclaredCategories categories) {
        this.categories = categories;
        RetryPolicy builtIn = ResolvedPolicy.builtIn(categories);
        Optional<JsonNode> written = root.json(Keys.RETRY);
        written.ifPresent(keys -> define(PolicyNames.DEFAULT, keys));
        defaults = written.flatMap(keys -> checked(root, Keys.RETRY, keys, builtIn))
                .orElse(builtIn);
        Section own = root.section(Keys.POLICIES);
        own.entries().keySet().forEach(name -> policy(own, name));
    }

    private void define(String name, JsonNode keys) {
        if (keys.isObject()) {
            definitions = definitions.with(DefinitionKind.POLICY, name, keys);
        }
    }

    private void policy(Section in, String name) {
        if (!PolicyNames.isOwn(name)) {
            in.complain(name, "'" + name + "' cannot be a policy: expected " + PolicyNames.form());
            return;
        }
        JsonNode keys = in.json(name).orElseGet(JsonNodeFactory.instance::objectNode);
        define(name, keys);
        checked(in, name, keys, defaults).ifPresent(policy -> named.put(name, policy));
    }

    /** The policy of {@code retry:}. */
    RetryPolicy defaults() {
        return defaults;
    }

    /** The default and the named policies. */
    DefinitionSet definitions() {
        return definitions;
    }

    /** @param retry null: nothing */
    record OfType(JsonNode retry, PolicyChoice choice) {}

    /** What a type says of its retries. */
    OfType ofType(Section type) {
        PolicyChoice choice = choice(type);
        Optional<JsonNode> written = type.json(Keys.RETRY);
        if (written.isPresent()
                && checked(type, Keys.RETRY, written.get(), defaults).isPresent()) {
            for (Map.Entry<String, RetryPolicy> below : named.entrySet()) {
                // what is wrong over one of them is told once
                if (choice.mayMean(below.getKey())
                        && checked(type, Keys.RETRY, written.get(), below.getValue())
                                .isEmpty()) {
                    break;
                }
            }
        }
        return new OfType(written.orElse(null), choice);
    }

    private PolicyChoice choice(Section type) {
        String policy = type.text(PolicyChoice.POLICY, null);
        String otherwise = type.text(PolicyChoice.OTHERWISE, null);
        try {
            PolicyChoice choice = new PolicyChoice(policy, otherwise);
            if (policy != null && !choice.asksPayload()) {
                requireKnown(type, PolicyChoice.POLICY, policy);
            }
            if (otherwise != null) {
                requireKnown(type, PolicyChoice.OTHERWISE, otherwise);
            }
            return choice;
        } catch (IllegalArgumentException refused) {
            type.complain(PolicyChoice.POLICY, type.path("") + ": " + refused.getMessage());
            return PolicyChoice.NONE;
        }
    }

    private void requireKnown(Section type, String key, String name) {
        Set<String> known = definitions.of(DefinitionKind.POLICY).keySet();
        if (!known.contains(name)) {
            type.complain(
                    key,
                    type.path(key) + " is '" + name + "'; expected a name under policies:"
                            + Spelling.hint(name, known));
        }
    }

    /** The policy with these keys over it; empty, with complaints, if they are wrong or contradict it. */
    private Optional<RetryPolicy> checked(Section in, String key, JsonNode keys, RetryPolicy below) {
        try {
            return Optional.of(RetryPolicyFormat.parse(keys, below, categories));
        } catch (PolicyFormatException refused) {
            for (PolicyFormatException.Flaw flaw : refused.flaws()) {
                in.complain(key, List.of(flaw.path().split("\\.")), in.path(key) + ": " + flaw);
            }
            return Optional.empty();
        }
    }
}
