package io.requartz.retry;

import static io.requartz.retry.RetryPolicyFormatTest.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, where it is said to be, and in which words. */
class RetryPolicyFlawsTest {

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("max-atempts: 3", "max-atempts", "no such key; did you mean 'max-attempts'?"),
                flaw("colour: red", "colour", "no such key; expected one of backoff, first, max-attempts"),
                flaw("max-attempts: 0", "max-attempts", "max-attempts is 0; expected at least 1"),
                flaw("max-attempts: -3", "max-attempts", "expected at least 1"),
                flaw("max-attempts: five", "max-attempts", "\"five\" came; expected a whole number"),
                flaw("max-attempts: 1.5", "max-attempts", "1.5 came; expected a whole number"),
                flaw("max-attempts: 99999999999", "max-attempts", "expected a whole number"),
                flaw("max-retries: -1", "max-retries", "max-retries is -1; expected 0 or more"),
                flaw(
                        "{max-attempts: 3, max-retries: 2}",
                        "max-retries",
                        "given beside max-attempts; write one of them"),
                flaw("{max-delay: 1h, max_delay: 2h}", "max-delay", "given twice"),
                flaw("max-delay: 10", "max-delay", "10 came; expected a duration with its unit, as in 500ms, 30s"),
                flaw("max-delay: 10x", "max-delay", "\"10x\" is not a duration"),
                flaw("max-delay: -10s", "max-delay", "\"-10s\" is not a duration"),
                flaw("max-delay: 40000d", "max-delay", "max-delay is 40000d; expected 0s to 36500d (100 years)"),
                flaw("max-delay: [1h]", "max-delay", "a list came, [\"1h\"]; expected a duration"),
                flaw("max-delay:", "max-delay", "no value; leave the key out"),
                flaw("min-delay: 2h", "", "min-delay is 2h, longer than max-delay, which is 1h; set both"),
                flaw("backoff: exponentiel", "backoff", "did you mean 'exponential'?"),
                flaw("backoff: 10s", "backoff", "\"10s\" came; expected immediate, fixed, linear"),
                flaw("backoff: fixed", "backoff", "fixed has no delay; write {fixed: {delay: 30s}}"),
                flaw("backoff: table", "backoff", "table has no delays"),
                flaw("backoff: {linear: 1s, fixed: 2s}", "backoff", "keys and values came"),
                flaw("backoff: {}", "backoff", "expected one of immediate"),
                flaw("backoff: {linaer: 1s}", "backoff.linaer", "did you mean 'linear'?"),
                flaw("backoff: {fixed: {}}", "backoff.fixed.delay", "missing; expected a duration, as in 30s"),
                flaw("backoff: {table: 1h}", "backoff.table", "\"1h\" came; expected a list of delays"),
                flaw("backoff: {table: []}", "backoff.table", "table has 0 entries; expected 1 to 1000 delays"),
                flaw("backoff: {table: [1h, 6]}", "backoff.table", "6 came; expected a duration"),
                flaw("backoff: {table: {}}", "backoff.table.delays", "missing"),
                flaw("backoff: {immediate: 3s}", "backoff.immediate", "expected nothing: write backoff: immediate"),
                flaw("backoff: {linear: {multiplier: 2}}", "backoff.linear.multiplier", "no such key"),
                flaw(
                        "backoff: {exponential: {multiplier: 0.5}}",
                        "backoff.exponential.multiplier",
                        "expected 1 to 1000"),
                flaw(
                        "backoff: {exponential: {multiplier: two}}",
                        "backoff.exponential.multiplier",
                        "expected a number"),
                flaw(
                        "backoff: {exponential: {exponent-from: -1}}",
                        "backoff.exponential.exponent-from",
                        "expected 0 to 100"),
                flaw("backoff: {exponential: {first: 1}}", "backoff.exponential.first", "expected a duration"),
                flaw("jitter: half", "jitter", "\"half\" came; expected none, full, equal"),
                flaw("jitter: {plus: 5m, spread: 20%}", "jitter", "expected one of {plus: 5m} and {spread: 20%}"),
                flaw("jitter: {spread: 20}", "jitter.spread", "20 came; expected a percentage, as in 20%"),
                flaw("jitter: {spread: 120%}", "jitter.spread", "spread is 120.0%; expected 0% to 100%"),
                flaw("measure-from: start", "measure-from", "\"start\" came; expected failure, creation"),
                flaw("measure-from: {then: beginning}", "measure-from.then", "expected failure, creation"),
                flaw("retry-on: timeout", "retry-on", "expected all, default, or a list of error categories"),
                flaw(
                        "retry-on: [timeuot]",
                        "retry-on",
                        "\"timeuot\" is not an error category; did you mean 'timeout'?"),
                flaw("never-on: [rate-limit]", "never-on", "did you mean 'rate_limit'?"),
                flaw("never-on: all", "never-on", "expected a list of error categories, as in [timeout, network]"),
                flaw(
                        "by-category: [timeout]",
                        "by-category",
                        "expected categories, as in {rate_limit: {max-attempts: 10}}"),
                flaw("by-category: {tiemout: {}}", "by-category", "did you mean 'timeout'?"),
                flaw("by-category: {timeout: 3}", "by-category.timeout", "3 came; expected keys and values: backoff"),
                flaw("by-category: {timeout: {retry-on: all}}", "by-category.timeout.retry-on", "no such key"),
                flaw("by-category: {timeout: {max-delay: 5}}", "by-category.timeout.max-delay", "5 came"),
                flaw("retry-after: sometimes", "retry-after", "expected honour, ignore, or how long at most"),
                flaw("retry-after: {ceiling: long}", "retry-after.ceiling", "\"long\" is not a duration"),
                flaw("retry-after: {ceiling: 40000d}", "retry-after.ceiling", "ceiling is 40000d"),
                flaw("when-over: dead_letter", "when-over", "did you mean 'dead-letter'?"),
                flaw("when-over: true", "when-over", "true came; expected dead-letter, close"));
    }

    private static Arguments flaw(String yaml, String path, String message) {
        return Arguments.of(yaml, path, message);
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void saysWhereWhatCameAndWhatWasExpected(String yaml, String path, String message) {
        List<PolicyFormatException.Flaw> flaws = flawsOf(tree(yaml));

        assertThat(flaws).singleElement().satisfies(flaw -> {
            assertThat(flaw.path()).isEqualTo(path);
            assertThat(flaw.message()).contains(message);
        });
    }

    @Test
    void findsAllFlawsAtOnce() {
        List<PolicyFormatException.Flaw> flaws = flawsOf(tree("""
                backoff: {exponential: {base: soon, multiplier: 0}}
                max-attempts: none
                jitter: some
                by-category: {timeout: {first: never}, nonsense: {}}
                """));

        assertThat(flaws)
                .extracting(PolicyFormatException.Flaw::path)
                .containsExactly(
                        "backoff.exponential.base",
                        "backoff.exponential.multiplier",
                        "max-attempts",
                        "jitter",
                        "by-category.timeout.first",
                        "by-category");
    }

    @Test
    void aMultiplierThatIsNoNumberIsRefused() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("backoff").putObject("exponential").put("multiplier", Double.NaN);

        assertThat(flawsOf(tree))
                .singleElement()
                .hasToString("backoff.exponential.multiplier: multiplier is NaN; expected 1 to 1000");
    }

    @Test
    void aTreeThatIsNoObjectIsRefused() {
        assertThat(flawsOf(tree("exponential")))
                .singleElement()
                .hasToString(
                        "\"exponential\" came; expected keys and values: backoff, first, max-attempts, max-retries,"
                                + " min-delay, max-delay, max-elapsed, measure-from, jitter, by-category, retry-on, never-on,"
                                + " retry-after, when-over, retry-enabled");
        assertThat(flawsOf(tree("[1, 2]"))).hasSize(1);
    }

    @Test
    void megabytesMakeShortMessages() {
        JsonNode huge = JsonNodeFactory.instance
                .objectNode()
                .put("max-delay", "9".repeat(1_000_000))
                .put("k".repeat(1_000_000), 1)
                .set("by-category", JsonNodeFactory.instance.objectNode().put("c".repeat(1_000_000), 1));

        assertThatExceptionOfType(PolicyFormatException.class)
                .isThrownBy(() -> RetryPolicyFormat.parse(huge, RetryPolicy.DEFAULT))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_000));
    }

    private static List<PolicyFormatException.Flaw> flawsOf(JsonNode tree) {
        try {
            RetryPolicy policy = RetryPolicyFormat.parse(tree, RetryPolicy.DEFAULT);
            throw new AssertionError("not refused: " + policy);
        } catch (PolicyFormatException e) {
            return e.flaws();
        }
    }
}
