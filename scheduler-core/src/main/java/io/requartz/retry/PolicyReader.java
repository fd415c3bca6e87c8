package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.DeclaredCategories;
import io.requartz.problem.Spelling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one tree in the form of {@link RetryPolicyFormat} over a base; an instance reads once. */
final class PolicyReader {

    private static final List<String> RULE_KEYS = List.of(
            "backoff",
            "first",
            "max-attempts",
            "max-retries",
            "min-delay",
            "max-delay",
            "max-elapsed",
            "measure-from",
            "jitter");
    private static final List<String> KEYS = Stream.concat(
                    RULE_KEYS.stream(),
                    Stream.of("by-category", "retry-on", "never-on", "retry-after", "when-over", "retry-enabled"))
            .toList();
    private static final Pattern PERCENT = Pattern.compile("\\s*(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%\\s*");

    private final List<PolicyFormatException.Flaw> flaws = new ArrayList<>();
    private final DeclaredCategories categories;

    PolicyReader(DeclaredCategories categories) {
        this.categories = categories;
    }

    RetryPolicy read(JsonNode tree, RetryPolicy base) {
        if (tree == null || tree.isNull() || tree.isMissingNode()) {
            return base;
        }
        TreeKeys keys = TreeKeys.of(tree, "", KEYS, flaws);
        RetryPolicy.Builder builder = base.toBuilder();
        builder.rule(rule(keys, base.rule(), Rule.NONE, keys.has("max-delay")));
        if (keys.has("backoff")) {
            List.copyOf(builder.byCategory().keySet())
                    .forEach(category -> builder.byCategory(
                            category, own -> own.withBackoff(null).withFirst(null)));
        }
        if (keys.has("by-category")) {
            byCategory(keys, builder);
        }
        keys.take("retry-on", this::retryOn, builder::retryOn);
        keys.take("never-on", this::categories, builder::neverOn);
        keys.take("retry-after", node -> retryAfter(keys, node, base.retryAfterCeiling()), builder::retryAfterCeiling);
        keys.take("when-over", PolicyReader::whenOver, builder::whenOver);
        keys.take("retry-enabled", TreeKeys::truth, builder::enabled);
        return built(builder);
    }

    private RetryPolicy built(RetryPolicy.Builder builder) {
        if (flaws.isEmpty()) {
            try {
                return builder.build();
            } catch (IllegalArgumentException e) {
                flaws.add(new PolicyFormatException.Flaw("", e.getMessage()));
            }
        }
        throw new PolicyFormatException(flaws);
    }

    /** A rule with what the keys say; the wider one holds for what it leaves open. */
    private static Rule rule(TreeKeys keys, Rule inherited, Rule wider, boolean capped) {
        Change rule = new Change(inherited);
        if (keys.has("backoff")) {
            Duration base = BackoffReader.base(inherited.over(wider).backoff());
            rule.value = BackoffReader.read(keys, inherited, base != null ? base : CategoryBackoffs.BASE);
        }
        keys.take("first", TreeKeys::duration, value -> rule.to(now -> now.withFirst(value)));
        keys.take("max-attempts", PolicyReader::attempts, value -> rule.to(now -> now.withMaxAttempts(value)));
        if (keys.has("max-attempts") && keys.has("max-retries")) {
            keys.flaw(
                    "max-retries",
                    "given beside max-attempts; write one of them (max-attempts counts the first attempt too)");
        } else {
            keys.take("max-retries", PolicyReader::retries, value -> rule.to(now -> now.withMaxAttempts(value)));
        }
        keys.take("min-delay", TreeKeys::duration, value -> rule.to(now -> now.withMinDelay(value)));
        keys.take("max-delay", TreeKeys::limit, value -> rule.to(now -> now.withMaxDelay(value)));
        keys.take("max-elapsed", TreeKeys::limit, value -> rule.to(now -> now.withMaxElapsed(value)));
        keys.take("measure-from", node -> measureFrom(keys, node), value -> rule.to(now -> now.withMeasureFrom(value)));
        keys.take("jitter", node -> jitter(keys, node), value -> rule.to(now -> now.withJitter(value)));
        return keys.has("backoff") && !capped ? asWritten(rule.value, wider) : rule.value;
    }

    /** Delays that are written out are not cut by a cap that was meant for others. */
    private static Rule asWritten(Rule rule, Rule wider) {
        Duration longest = null;
        if (rule.backoff() instanceof Backoff.Fixed fixed) {
            longest = fixed.delay();
        } else if (rule.backoff() instanceof Backoff.Table table) {
            longest = table.delays().stream().max(Duration::compareTo).orElseThrow();
        }
        Duration cap = rule.over(wider).bounds().max();
        return longest != null && cap.compareTo(longest) < 0 ? rule.withMaxDelay(longest) : rule;
    }

    /** A rule on its way from what is inherited to what the keys make of it. */
    private static final class Change {
        private Rule value;

        Change(Rule inherited) {
            value = inherited;
        }

        void to(UnaryOperator<Rule> change) {
            value = change.apply(value);
        }
    }

    private void byCategory(TreeKeys keys, RetryPolicy.Builder builder) {
        JsonNode node = keys.get("by-category");
        if (!node.isObject()) {
            keys.flaw(
                    "by-category",
                    TreeKeys.came(node) + "; expected categories, as in {rate_limit: {max-attempts: 10}}");
            return;
        }
        node.properties().forEach(entry -> {
            String path = "by-category." + TreeKeys.quotable(entry.getKey());
            try {
                ErrorCategory category = category(entry.getKey());
                TreeKeys own = TreeKeys.of(entry.getValue(), path, RULE_KEYS, flaws);
                builder.byCategory(
                        category,
                        inherited ->
                                rule(own, inherited, builder.rule(), own.has("max-delay") || keys.has("max-delay")));
            } catch (IllegalArgumentException e) {
                keys.flaw("by-category", e.getMessage());
            }
        });
    }

    private ErrorCategory category(String name) {
        return categories
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException('"' + TreeKeys.quotable(name)
                        + "\" is not an error category" + Spelling.hintOrAll(name, categories.names())));
    }

    private Set<ErrorCategory> categories(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException(
                    TreeKeys.came(node) + "; expected a list of error categories, as in [timeout, network]");
        }
        Set<ErrorCategory> named = new LinkedHashSet<>();
        node.forEach(entry -> named.add(category(entry.isTextual() ? entry.textValue() : entry.toString())));
        return named;
    }

    private RetryOn retryOn(JsonNode node) {
        if (node.isArray()) {
            return new RetryOn.Only(categories(node));
        }
        String word = node.isTextual() ? node.textValue().strip() : "";
        return switch (word) {
            case "all" -> new RetryOn.All();
            case "default" -> new RetryOn.ByDefault(categories.persistent());
            default ->
                throw new IllegalArgumentException(TreeKeys.came(node)
                        + "; expected all, default, or a list of error categories, as in [timeout, network]");
        };
    }

    private static int attempts(JsonNode node) {
        return unlimited(node) ? RetryPolicy.UNLIMITED : TreeKeys.integer(node);
    }

    private static int retries(JsonNode node) {
        return unlimited(node) ? RetryPolicy.UNLIMITED : RetryPolicy.Builder.attempts(TreeKeys.integer(node));
    }

    private static boolean unlimited(JsonNode node) {
        return node.isTextual() && node.textValue().strip().equals("unlimited");
    }

    private static MeasureFrom measureFrom(TreeKeys keys, JsonNode node) {
        if (!node.isObject()) {
            MeasureFrom.Origin origin = origin(node);
            return new MeasureFrom(origin, origin);
        }
        MeasureFrom.Origin[] origins = {MeasureFrom.Origin.FAILURE, MeasureFrom.Origin.FAILURE};
        TreeKeys inside = keys.inside("measure-from", List.of("first", "then"));
        inside.take("first", PolicyReader::origin, value -> origins[0] = value);
        inside.take("then", PolicyReader::origin, value -> origins[1] = value);
        return new MeasureFrom(origins[0], origins[1]);
    }

    private static MeasureFrom.Origin origin(JsonNode node) {
        return TreeKeys.word(node, List.of("failure", "creation")).equals("creation")
                ? MeasureFrom.Origin.CREATION
                : MeasureFrom.Origin.FAILURE;
    }

    private static Jitter jitter(TreeKeys keys, JsonNode node) {
        if (!node.isObject()) {
            return switch (TreeKeys.word(node, List.of("none", "full", "equal"))) {
                case "none" -> new Jitter.None();
                case "full" -> new Jitter.Full();
                default -> new Jitter.Equal();
            };
        }
        if (node.size() != 1) {
            throw new IllegalArgumentException(TreeKeys.came(node) + "; expected one of {plus: 5m} and {spread: 20%}");
        }
        Jitter[] jitter = {new Jitter.None()};
        TreeKeys inside = keys.inside("jitter", List.of("plus", "spread"));
        inside.take("plus", TreeKeys::duration, value -> jitter[0] = new Jitter.Plus(value));
        inside.take("spread", PolicyReader::percent, value -> jitter[0] = new Jitter.Spread(value));
        return jitter[0];
    }

    private static double percent(JsonNode node) {
        var written = PERCENT.matcher(node.isTextual() ? node.textValue() : "");
        if (!written.matches()) {
            throw new IllegalArgumentException(TreeKeys.came(node) + "; expected a percentage, as in 20%");
        }
        return new BigDecimal(written.group(1)).doubleValue();
    }

    private static Duration retryAfter(TreeKeys keys, JsonNode node, Duration inherited) {
        if (node.isObject()) {
            Duration[] ceiling = {inherited};
            keys.inside("retry-after", List.of("ceiling"))
                    .take("ceiling", TreeKeys::duration, value -> ceiling[0] = Requirement.duration("ceiling", value));
            return ceiling[0];
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? honoured(inherited) : Duration.ZERO;
        }
        return switch (node.isTextual() ? node.textValue().strip() : "") {
            case "honour" -> honoured(inherited);
            case "ignore" -> Duration.ZERO;
            default ->
                throw new IllegalArgumentException(
                        TreeKeys.came(node) + "; expected honour, ignore, or how long at most, as in {ceiling: 1h}");
        };
    }

    private static Duration honoured(Duration inherited) {
        return inherited.isZero() ? RetryPolicy.DEFAULT.retryAfterCeiling() : inherited;
    }

    private static WhenOver whenOver(JsonNode node) {
        List<String> labels =
                Arrays.stream(WhenOver.values()).map(WhenOver::label).toList();
        return TreeKeys.word(node, labels).equals(WhenOver.CLOSE.label()) ? WhenOver.CLOSE : WhenOver.DEAD_LETTER;
    }
}
