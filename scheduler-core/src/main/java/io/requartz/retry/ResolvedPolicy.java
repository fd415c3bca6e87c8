package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.DeclaredCategories;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A policy with where each of its values comes from.
 *
 * @param policy what holds
 * @param from by key, as {@code max-attempts} or {@code by-category.timeout.backoff}: the source of the level that gave the value
 * @param leftOut levels that do not go with those below them, and are as if they were not there: a sentence each
 */
public record ResolvedPolicy(RetryPolicy policy, Map<String, String> from, List<String> leftOut) {

    /** The source of what no level says. */
    public static final String BUILT_IN = "built-in default";

    private static final String BY_CATEGORY = "by-category";

    public ResolvedPolicy {
        from = Collections.unmodifiableMap(new TreeMap<>(from));
        leftOut = List.copyOf(leftOut);
    }

    /** What holds where no level says anything. */
    public static RetryPolicy builtIn(DeclaredCategories categories) {
        return RetryPolicy.DEFAULT.toBuilder()
                .retryOn(new RetryOn.ByDefault(categories.persistent()))
                .build();
    }

    /**
     * Lays the levels over the built-in default, each overriding single keys of those before it, by the rules of
     * {@link RetryPolicyFormat}. A level that cannot be read, or contradicts those below it, is left out.
     *
     * @param levels the lowest first
     */
    public static ResolvedPolicy of(List<PolicyLevel> levels, DeclaredCategories categories) {
        RetryPolicy policy = builtIn(categories);
        Map<String, JsonNode> values = flat(RetryPolicyFormat.write(policy));
        Map<String, String> from = new LinkedHashMap<>();
        values.keySet().forEach(key -> from.put(key, BUILT_IN));
        List<String> leftOut = new ArrayList<>();
        for (PolicyLevel level : levels) {
            try {
                policy = RetryPolicyFormat.parse(level.keys(), policy, categories);
            } catch (IllegalArgumentException refused) {
                leftOut.add(level.source() + ": " + refused.getMessage());
                continue;
            }
            Map<String, JsonNode> changed = flat(RetryPolicyFormat.write(policy));
            Map<String, JsonNode> said = flat(level.keys(), categories);
            from.keySet().retainAll(changed.keySet());
            for (Map.Entry<String, JsonNode> now : changed.entrySet()) {
                boolean own = said.containsKey(now.getKey()) || !now.getValue().equals(values.get(now.getKey()));
                if (own) {
                    from.put(now.getKey(), level.source());
                }
            }
            values = changed;
        }
        return new ResolvedPolicy(policy, from, leftOut);
    }

    /**
     * Where the value of a key comes from that holds for a category: its own, or that for all of them.
     *
     * @param key of a rule, as {@code backoff}
     */
    public String from(ErrorCategory category, String key) {
        String own = from.get(BY_CATEGORY + "." + category.name() + "." + key);
        return own != null ? own : from.getOrDefault(key, BUILT_IN);
    }

    private static Map<String, JsonNode> flat(JsonNode written) {
        return flat(written, DeclaredCategories.NONE);
    }

    /** Keys as they are written out in full, whatever spelling and alias they were given in. */
    private static Map<String, JsonNode> flat(JsonNode tree, DeclaredCategories categories) {
        Map<String, JsonNode> flat = new LinkedHashMap<>();
        tree.properties().forEach(entry -> {
            String key = plain(entry.getKey());
            if (key.equals(BY_CATEGORY) && entry.getValue() instanceof ObjectNode own) {
                own.properties()
                        .forEach(category -> category.getValue()
                                .properties()
                                .forEach(rule -> flat.put(
                                        key + "." + meant(category.getKey(), categories) + "." + plain(rule.getKey()),
                                        rule.getValue())));
            } else {
                flat.put(key, entry.getValue());
            }
        });
        return flat;
    }

    private static String meant(String category, DeclaredCategories categories) {
        ErrorCategory alias = categories.aliases().get(category);
        return alias == null ? category : alias.name();
    }

    private static String plain(String written) {
        String key = written.replace('_', '-');
        return key.equals("max-retries") ? "max-attempts" : key;
    }
}
