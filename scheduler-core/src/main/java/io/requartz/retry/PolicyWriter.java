package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.api.ErrorCategory;
import io.requartz.time.Durations;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/** Writes policies in the form of {@link RetryPolicyFormat}, keys and categories always in the same order. */
final class PolicyWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PolicyWriter() {}

    static ObjectNode write(RetryPolicy policy) {
        ObjectNode tree = rule(policy.rule());
        ObjectNode categories = tree.putObject("by-category");
        policy.byCategory().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(ErrorCategory::name)))
                .forEach(own -> categories.set(own.getKey().name(), rule(own.getValue())));
        tree.set("retry-on", retryOn(policy.retryOn()));
        tree.set("never-on", names(policy.neverOn()));
        if (policy.retryAfterCeiling().isZero()) {
            tree.put("retry-after", "ignore");
        } else {
            tree.putObject("retry-after").put("ceiling", Durations.format(policy.retryAfterCeiling()));
        }
        if (policy.whenOver() != null) {
            tree.put("when-over", policy.whenOver().label());
        }
        tree.put("retry-enabled", policy.enabled());
        return tree;
    }

    static ObjectNode rule(Rule rule) {
        ObjectNode tree = NODES.objectNode();
        if (rule.backoff() != null) {
            tree.set("backoff", backoff(rule.backoff()));
        }
        put(tree, "first", rule.first());
        Integer maxAttempts = rule.limits().maxAttempts();
        if (maxAttempts != null && maxAttempts == RetryPolicy.UNLIMITED) {
            tree.put("max-attempts", "unlimited");
        } else if (maxAttempts != null) {
            tree.put("max-attempts", maxAttempts);
        }
        put(tree, "min-delay", rule.bounds().min());
        put(tree, "max-delay", rule.bounds().max());
        put(tree, "max-elapsed", rule.limits().maxElapsed());
        if (rule.measureFrom() != null) {
            tree.set("measure-from", measureFrom(rule.measureFrom()));
        }
        if (rule.jitter() != null) {
            tree.set("jitter", jitter(rule.jitter()));
        }
        return tree;
    }

    private static void put(ObjectNode tree, String key, Duration value) {
        if (value != null) {
            tree.put(key, RetryPolicy.text(value));
        }
    }

    private static JsonNode backoff(Backoff backoff) {
        ObjectNode tree = NODES.objectNode();
        if (backoff instanceof Backoff.Fixed fixed) {
            tree.putObject("fixed").put("delay", Durations.format(fixed.delay()));
        } else if (backoff instanceof Backoff.Linear linear) {
            tree.putObject("linear").put("base", Durations.format(linear.base()));
        } else if (backoff instanceof Backoff.Exponential exponential) {
            tree.putObject("exponential")
                    .put("base", Durations.format(exponential.base()))
                    .put("multiplier", exponential.multiplier())
                    .put("exponent-from", exponential.exponentFrom());
        } else if (backoff instanceof Backoff.Fibonacci fibonacci) {
            tree.putObject("fibonacci").put("base", Durations.format(fibonacci.base()));
        } else if (backoff instanceof Backoff.Aggressive aggressive) {
            tree.putObject("aggressive")
                    .put("base", Durations.format(aggressive.base()))
                    .put("exponent-from", aggressive.exponentFrom());
        } else if (backoff instanceof Backoff.Table table) {
            ArrayNode delays = tree.putArray("table");
            table.delays().forEach(delay -> delays.add(Durations.format(delay)));
        } else {
            return NODES.textNode(backoff.name());
        }
        return tree;
    }

    private static JsonNode jitter(Jitter jitter) {
        if (jitter instanceof Jitter.Plus plus) {
            return NODES.objectNode().put("plus", Durations.format(plus.atMost()));
        }
        if (jitter instanceof Jitter.Spread spread) {
            double percent = spread.percent();
            String number = percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
            return NODES.objectNode().put("spread", number + "%");
        }
        return NODES.textNode(
                jitter instanceof Jitter.None ? "none" : jitter instanceof Jitter.Full ? "full" : "equal");
    }

    private static JsonNode measureFrom(MeasureFrom from) {
        if (from.first() == from.then()) {
            return NODES.textNode(from.first().label());
        }
        return NODES.objectNode()
                .put("first", from.first().label())
                .put("then", from.then().label());
    }

    private static JsonNode retryOn(RetryOn retryOn) {
        if (retryOn instanceof RetryOn.Only only) {
            return names(only.categories());
        }
        return NODES.textNode(retryOn instanceof RetryOn.All ? "all" : "default");
    }

    private static ArrayNode names(Set<ErrorCategory> categories) {
        ArrayNode names = NODES.arrayNode();
        categories.stream().map(ErrorCategory::name).sorted().forEach(names::add);
        return names;
    }
}
