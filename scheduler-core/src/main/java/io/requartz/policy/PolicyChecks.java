package io.requartz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.failure.DeclaredCategories;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.problem.Spelling;
import io.requartz.retry.PolicyFormatException;
import io.requartz.retry.PolicyLevel;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether a live change makes sense, by itself and for everybody who follows the policy. Pure. */
final class PolicyChecks {

    private static final int LONGEST = 100_000;
    private static final String HINT = "docs/retries.md has every key with what it may be.";

    private final Function<String, Optional<Definition>> definitions;
    private final Collection<String> names;
    private final Collection<JobTypeDefinition> types;
    private final DeclaredCategories categories;

    /** @param names of the policies that exist */
    PolicyChecks(
            Function<String, Optional<Definition>> definitions,
            Collection<String> names,
            Collection<JobTypeDefinition> types,
            DeclaredCategories categories) {
        this.definitions = definitions;
        this.names = names;
        this.types = types;
        this.categories = categories;
    }

    /** @throws Problem of kind INVALID that tells all that is wrong */
    void requireSense(String name, JsonNode live) {
        if (live.toString().length() > LONGEST) {
            throw Problem.tooLarge("The policy has more than " + LONGEST + " characters.", "Make it shorter.");
        }
        PolicyStack before = new PolicyStack(definitions);
        PolicyStack after =
                new PolicyStack(each -> each.equals(name) ? Optional.of(changed(name, live)) : definitions.apply(each));
        requireOwnSense(before, name, live);
        List<String> clashes = new ArrayList<>(leftOut(after, name));
        clashes.removeAll(leftOut(before, name));
        if (!clashes.isEmpty()) {
            throw Problem.invalid(
                    "The change contradicts settings that lie over it.",
                    "Change those first, or choose other values.",
                    clashes.stream().distinct().toList());
        }
    }

    private Definition changed(String name, JsonNode live) {
        JsonNode configured = definitions
                .apply(name)
                .filter(found -> !found.retired())
                .map(Definition::configured)
                .orElse(null);
        return new Definition(DefinitionKind.POLICY, name, configured, live, 0, null, null, false);
    }

    private void requireOwnSense(PolicyStack before, String name, JsonNode live) {
        JsonNode keys = live;
        if (PolicyNames.isOfType(name)) {
            requireKnownChoice(before, live);
            keys = PolicyChoice.without(live);
        }
        List<PolicyLevel> below = new ArrayList<>(
                name.equals(PolicyNames.DEFAULT)
                        ? before.ofDefault()
                        : PolicyNames.isOfType(name) ? ofType(before, name) : before.ofNamed(name));
        below.removeIf(level -> level.source().equals("live: " + name));
        parse(keys, ResolvedPolicy.of(below, categories).policy(), categories);
    }

    private List<PolicyLevel> ofType(PolicyStack stack, String name) {
        JobTypeDefinition type = types.stream()
                .filter(each -> each.name().equals(PolicyNames.type(name)))
                .findFirst()
                .orElseThrow();
        return stack.ofType(type.name(), type.plugin(), type.retry(), null);
    }

    private void requireKnownChoice(PolicyStack stack, JsonNode live) {
        PolicyChoice choice;
        try {
            choice = PolicyChoice.of(live);
        } catch (IllegalArgumentException refused) {
            throw Problem.invalid(refused.getMessage(), HINT);
        }
        if (choice.policy() != null && !choice.asksPayload()) {
            requireExists(stack, choice.policy());
        }
        if (choice.otherwise() != null) {
            requireExists(stack, choice.otherwise());
        }
    }

    private void requireExists(PolicyStack stack, String name) {
        if (!stack.exists(name)) {
            throw Problem.invalid(
                    "There is no policy '" + name + "'" + Spelling.hint(name, names) + ".",
                    "Create it first, or name one of GET /policies.");
        }
    }

    /** The policy with these keys over it. */
    static RetryPolicy parse(JsonNode keys, RetryPolicy below, DeclaredCategories categories) {
        try {
            return RetryPolicyFormat.parse(keys, below, categories);
        } catch (PolicyFormatException refused) {
            List<String> flaws = refused.flaws().stream()
                    .map(PolicyFormatException.Flaw::toString)
                    .toList();
            throw flaws.size() == 1
                    ? Problem.invalid("The policy: " + flaws.get(0), HINT)
                    : Problem.invalid(flaws.size() + " things in the policy are wrong", HINT, flaws);
        }
    }

    /** What of those who follow the policy does not go together. */
    private List<String> leftOut(PolicyStack stack, String name) {
        List<String> found = new ArrayList<>();
        Set<String> all = new TreeSet<>(names);
        if (PolicyNames.isOwn(name)) {
            all.add(name);
        }
        for (String named : all) {
            if (name.equals(PolicyNames.DEFAULT) || name.equals(named)) {
                found.addAll(ResolvedPolicy.of(stack.ofNamed(named), categories).leftOut());
            }
        }
        for (JobTypeDefinition type : types) {
            PolicyChoice choice = stack.choice(type.name());
            boolean follows = name.equals(PolicyNames.DEFAULT)
                    || name.equals(PolicyNames.ofType(type.name()))
                    || choice.mayMean(name);
            if (follows) {
                List<String> possible =
                        new ArrayList<>(all.stream().filter(choice::mayMean).toList());
                possible.add(null);
                for (String named : possible) {
                    ResolvedPolicy.of(stack.ofType(type.name(), type.plugin(), type.retry(), named), categories)
                            .leftOut()
                            .forEach(each -> found.add("job type " + type.name() + ": " + each));
                }
            }
        }
        return found;
    }
}
