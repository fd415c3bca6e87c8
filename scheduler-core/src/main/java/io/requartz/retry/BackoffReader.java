package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the value of {@code backoff}: a word, or a word with its numbers. */
final class BackoffReader {

    private static final List<String> KINDS =
            List.of("immediate", "fixed", "linear", "exponential", "fibonacci", "aggressive", "table", "schedule");
    private static final String EXAMPLE = ", as in exponential or {exponential: {base: 10s}}";

    private final Duration inheritedBase;
    private Duration first;
    private Backoff backoff;

    private BackoffReader(Duration inheritedBase) {
        this.inheritedBase = inheritedBase;
    }

    /** The rule with the backoff that its keys name, and with what {@code first} stands inside of it. */
    static Rule read(TreeKeys keys, Rule rule, Duration inheritedBase) {
        BackoffReader reader = new BackoffReader(inheritedBase);
        reader.read(keys);
        return reader.backoff == null ? rule : rule.withBackoff(reader.backoff).withFirst(reader.first);
    }

    /** The base of a backoff that has one; null if it has none. */
    static Duration base(Backoff backoff) {
        if (backoff instanceof Backoff.Exponential exponential) {
            return exponential.base();
        }
        if (backoff instanceof Backoff.Linear linear) {
            return linear.base();
        }
        if (backoff instanceof Backoff.Fibonacci fibonacci) {
            return fibonacci.base();
        }
        return backoff instanceof Backoff.Aggressive aggressive ? aggressive.base() : null;
    }

    private void read(TreeKeys keys) {
        JsonNode node = keys.get("backoff");
        if (node.isTextual()) {
            keys.take("backoff", value -> bare(TreeKeys.word(value, KINDS)), value -> backoff = value);
            return;
        }
        if (!node.isObject() || node.size() != 1) {
            keys.flaw("backoff", TreeKeys.came(node) + "; expected one of " + String.join(", ", KINDS) + EXAMPLE);
            return;
        }
        TreeKeys kinds = keys.inside("backoff", KINDS);
        kinds.names().forEach(kind -> withNumbers(kinds, kind));
    }

    private Backoff bare(String kind) {
        return switch (kind) {
            case "immediate" -> new Backoff.Immediate();
            case "schedule" -> new Backoff.Schedule();
            case "fixed" -> throw new IllegalArgumentException("fixed has no delay; write {fixed: {delay: 30s}}");
            case "table" -> throw new IllegalArgumentException("table has no delays; write {table: [1h, 6h, 24h]}");
            default -> based(kind, inheritedBase);
        };
    }

    private static Backoff based(String kind, Duration base) {
        return switch (kind) {
            case "linear" -> new Backoff.Linear(base);
            case "fibonacci" -> new Backoff.Fibonacci(base);
            case "aggressive" -> new Backoff.Aggressive(base);
            case "fixed" -> new Backoff.Fixed(base);
            default -> new Backoff.Exponential(base);
        };
    }

    private void withNumbers(TreeKeys kinds, String kind) {
        JsonNode node = kinds.get(kind);
        if (kind.equals("table") && node.isArray()) {
            kinds.take(kind, BackoffReader::table, value -> backoff = value);
            return;
        }
        if (!node.isObject()) {
            kinds.take(kind, value -> shorthand(kind, value), value -> backoff = value);
            return;
        }
        TreeKeys numbers = kinds.inside(kind, numbersOf(kind));
        numbers.take("first", TreeKeys::duration, value -> first = Requirement.duration("first", value));
        switch (kind) {
            case "immediate", "schedule" -> backoff = bare(kind);
            case "table" -> table(numbers);
            case "fixed" -> fixed(numbers);
            default -> formula(numbers, kind);
        }
    }

    private static List<String> numbersOf(String kind) {
        return switch (kind) {
            case "immediate", "schedule" -> List.of("first");
            case "fixed" -> List.of("delay", "first");
            case "table" -> List.of("delays", "first");
            case "exponential" -> List.of("base", "multiplier", "exponent-from", "first");
            case "aggressive" -> List.of("base", "exponent-from", "first");
            default -> List.of("base", "first");
        };
    }

    /** {@code fixed: 30s}, {@code linear: 10s}: the one number that matters. */
    private static Backoff shorthand(String kind, JsonNode value) {
        if (kind.equals("immediate") || kind.equals("schedule") || kind.equals("table")) {
            throw new IllegalArgumentException(TreeKeys.came(value) + "; expected "
                    + (kind.equals("table")
                            ? "a list of delays, as in [1h, 6h, 24h]"
                            : "nothing: write backoff: " + kind));
        }
        return based(kind, TreeKeys.duration(value));
    }

    private static Backoff table(JsonNode list) {
        if (!list.isArray()) {
            throw new IllegalArgumentException(
                    TreeKeys.came(list) + "; expected a list of delays, as in [1h, 6h, 24h]");
        }
        List<Duration> delays = new ArrayList<>();
        list.forEach(entry -> delays.add(TreeKeys.duration(entry)));
        return new Backoff.Table(delays);
    }

    private void table(TreeKeys numbers) {
        if (numbers.has("delays")) {
            numbers.take("delays", BackoffReader::table, value -> backoff = value);
        } else {
            numbers.flaw("delays", "missing; expected a list of delays, as in [1h, 6h, 24h]");
        }
    }

    private void fixed(TreeKeys numbers) {
        if (numbers.has("delay")) {
            numbers.take("delay", TreeKeys::duration, value -> backoff = new Backoff.Fixed(value));
        } else {
            numbers.flaw("delay", "missing; expected a duration, as in 30s");
        }
    }

    private void formula(TreeKeys numbers, String kind) {
        backoff = based(kind, inheritedBase);
        numbers.take("base", TreeKeys::duration, value -> backoff = based(kind, value));
        if (backoff instanceof Backoff.Exponential) {
            numbers.take("multiplier", TreeKeys::number, this::multiply);
        }
        numbers.take("exponent-from", TreeKeys::integer, this::exponentFrom);
    }

    private void multiply(double multiplier) {
        backoff = new Backoff.Exponential(base(backoff), multiplier, 0);
    }

    private void exponentFrom(int exponent) {
        backoff = backoff instanceof Backoff.Exponential exponential
                ? new Backoff.Exponential(exponential.base(), exponential.multiplier(), exponent)
                : new Backoff.Aggressive(base(backoff), exponent);
    }
}
