package io.requartz.retry;

import static io.requartz.api.ErrorCategory.NETWORK;
import static io.requartz.api.ErrorCategory.NODE_LOST;
import static io.requartz.api.ErrorCategory.RATE_LIMIT;
import static io.requartz.api.ErrorCategory.SERVER_ERROR;
import static io.requartz.api.ErrorCategory.TIMEOUT;
import static io.requartz.api.ErrorCategory.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.failure.DeclaredCategories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How policies are read and written, and how levels lie over each other. What is refused is in {@link RetryPolicyFlawsTest}. */
class RetryPolicyFormatTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    static Stream<Arguments> backoffs() {
        Duration ten = Duration.ofSeconds(10);
        Duration two = Duration.ofHours(2);
        return Stream.of(
                Arguments.of("immediate", new Backoff.Immediate()),
                Arguments.of("schedule", new Backoff.Schedule()),
                Arguments.of("fixed: 2h", new Backoff.Fixed(two)),
                Arguments.of("fixed: {delay: 2h}", new Backoff.Fixed(two)),
                Arguments.of("linear", new Backoff.Linear(ten)),
                Arguments.of("linear: {base: 2h}", new Backoff.Linear(two)),
                Arguments.of("exponential", new Backoff.Exponential(ten)),
                Arguments.of("exponential: 2h", new Backoff.Exponential(two)),
                Arguments.of("exponential: {base: 2h, multiplier: 1.5}", new Backoff.Exponential(two, 1.5, 0)),
                Arguments.of("exponential: {exponent-from: 1, multiplier: 3}", new Backoff.Exponential(ten, 3, 1)),
                Arguments.of("exponential: {exponent_from: 1}", new Backoff.Exponential(ten, 2, 1)),
                Arguments.of("fibonacci: {base: 2h}", new Backoff.Fibonacci(two)),
                Arguments.of("aggressive: {base: 2h}", new Backoff.Aggressive(two, 1)),
                Arguments.of("aggressive: {base: 2h, exponent-from: 0}", new Backoff.Aggressive(two, 0)),
                Arguments.of("table: [2h, 10s]", new Backoff.Table(two, ten)),
                Arguments.of("table: {delays: [2h, 10s]}", new Backoff.Table(two, ten)));
    }

    @ParameterizedTest
    @MethodSource("backoffs")
    void readsEveryBackoff(String written, Backoff expected) {
        String value = written.contains(":") ? "{" + written + "}" : written;

        assertThat(over(RetryPolicy.DEFAULT, "backoff: " + value).rule().backoff())
                .isEqualTo(expected);
    }

    @Test
    void readsEveryOtherKey() {
        RetryPolicy policy = over(RetryPolicy.DEFAULT, """
                first: 0s
                max-retries: 4
                min-delay: 5s
                max-delay: 1d
                max-elapsed: 3d
                measure-from: {first: failure, then: creation}
                jitter: {spread: 12.5%}
                by-category:
                  rate_limit: {backoff: {aggressive: 2s}, max-attempts: unlimited, measure-from: creation}
                retry-on: [timeout, rate_limit]
                never-on: [node_lost]
                retry-after: {ceiling: 30m}
                when-over: close
                """);

        assertThat(policy)
                .isEqualTo(RetryPolicy.builder()
                        .first(Duration.ZERO)
                        .maxAttempts(5)
                        .minDelay(Duration.ofSeconds(5))
                        .maxDelay(Duration.ofDays(1))
                        .maxElapsed(Duration.ofDays(3))
                        .measureFrom(new MeasureFrom(MeasureFrom.Origin.FAILURE, MeasureFrom.Origin.CREATION))
                        .jitter(new Jitter.Spread(12.5))
                        .byCategory(
                                RATE_LIMIT,
                                own -> own.withBackoff(new Backoff.Aggressive(Duration.ofSeconds(2)))
                                        .withMaxAttempts(RetryPolicy.UNLIMITED)
                                        .withMeasureFrom(MeasureFrom.CREATION))
                        .retryOn(TIMEOUT, RATE_LIMIT)
                        .neverOn(NODE_LOST)
                        .retryAfterCeiling(Duration.ofMinutes(30))
                        .whenOver(WhenOver.CLOSE)
                        .build());
    }

    @Test
    void readsTheShortForms() {
        assertThat(over(RetryPolicy.DEFAULT, "jitter: none").rule().jitter()).isEqualTo(new Jitter.None());
        assertThat(over(RetryPolicy.DEFAULT, "jitter: full").rule().jitter()).isEqualTo(new Jitter.Full());
        assertThat(over(RetryPolicy.DEFAULT, "jitter: equal").rule().jitter()).isEqualTo(new Jitter.Equal());
        assertThat(over(RetryPolicy.DEFAULT, "jitter: {plus: 5m}").rule().jitter())
                .isEqualTo(new Jitter.Plus(Duration.ofMinutes(5)));
        assertThat(over(RetryPolicy.DEFAULT, "measure-from: creation").rule().measureFrom())
                .isEqualTo(MeasureFrom.CREATION);
        assertThat(over(RetryPolicy.DEFAULT, "retry-on: all").retryOn()).isEqualTo(new RetryOn.All());
        assertThat(over(RetryPolicy.DEFAULT, "retry-after: ignore").retryAfterCeiling())
                .isZero();
        assertThat(over(over(RetryPolicy.DEFAULT, "retry-after: false"), "retry-after: honour")
                        .retryAfterCeiling())
                .isEqualTo(Duration.ofDays(1));
        assertThat(over(RetryPolicy.DEFAULT, "max-delay: none").rule().bounds().max())
                .isEqualTo(RetryPolicy.FOREVER);
        assertThat(over(RetryPolicy.DEFAULT, "max_attempts: 3").maxAttempts()).isEqualTo(3);
        assertThat(over(RetryPolicy.DEFAULT, "max-retries: unlimited").maxAttempts())
                .isEqualTo(RetryPolicy.UNLIMITED);
    }

    @Test
    void nothingWrittenIsTheBase() {
        assertThat(RetryPolicyFormat.parse((JsonNode) null, RetryPolicy.DEFAULT))
                .isSameAs(RetryPolicy.DEFAULT);
        assertThat(RetryPolicyFormat.parse(NullNode.getInstance(), RetryPolicy.DEFAULT))
                .isSameAs(RetryPolicy.DEFAULT);
        assertThat(RetryPolicyFormat.parse(MissingNode.getInstance(), RetryPolicy.DEFAULT))
                .isSameAs(RetryPolicy.DEFAULT);
        assertThat(over(RetryPolicy.DEFAULT, "{}")).isEqualTo(RetryPolicy.DEFAULT);
    }

    @Test
    void eachLevelOverridesSingleKeys() {
        RetryPolicy conf = over(RetryPolicy.DEFAULT, "{max-attempts: 3, jitter: none, max-delay: 10m}");
        RetryPolicy plugin = over(conf, "{backoff: {linear: 5s}, max-attempts: 7}");
        RetryPolicy live = over(plugin, "{max-delay: 30m}");

        assertThat(live.rule().backoff()).isEqualTo(new Backoff.Linear(Duration.ofSeconds(5)));
        assertThat(live.maxAttempts()).isEqualTo(7);
        assertThat(live.rule().jitter()).isEqualTo(new Jitter.None());
        assertThat(live.rule().bounds().max()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void attemptsAndRetriesReplaceEachOther() {
        assertThat(over(over(RetryPolicy.DEFAULT, "max-retries: 10"), "max-attempts: 2")
                        .maxAttempts())
                .isEqualTo(2);
        assertThat(over(over(RetryPolicy.DEFAULT, "max-attempts: 2"), "max-retries: 10")
                        .maxAttempts())
                .isEqualTo(11);
    }

    @Test
    void aBackoffReplacesTheDefaultsOfCategoriesAndOnlyByCategoryBringsOneBack() {
        RetryPolicy conf = over(RetryPolicy.DEFAULT, "by-category: {timeout: {backoff: {fixed: 1s}, max-attempts: 9}}");
        RetryPolicy type = over(conf, "{backoff: {exponential: 2s}, by-category: {rate_limit: {backoff: aggressive}}}");
        RetryPolicy live = over(type, "by-category: {network: {backoff: fibonacci}}");

        assertThat(live.ruleFor(TIMEOUT).backoff()).isEqualTo(new Backoff.Exponential(Duration.ofSeconds(2)));
        assertThat(live.ruleFor(TIMEOUT).limits().maxAttempts()).isEqualTo(9);
        assertThat(live.ruleFor(NODE_LOST).backoff()).isEqualTo(new Backoff.Exponential(Duration.ofSeconds(2)));
        assertThat(live.ruleFor(RATE_LIMIT).backoff()).isEqualTo(new Backoff.Aggressive(Duration.ofSeconds(2)));
        assertThat(live.ruleFor(NETWORK).backoff()).isEqualTo(new Backoff.Fibonacci(Duration.ofSeconds(2)));
    }

    @Test
    void aBackoffAboveReplacesTheByCategoryBelow() {
        RetryPolicy type = over(RetryPolicy.DEFAULT, "by-category: {rate_limit: {backoff: aggressive, first: 1s}}");
        RetryPolicy run = over(type, "backoff: immediate");

        assertThat(run.ruleFor(RATE_LIMIT).backoff()).isEqualTo(new Backoff.Immediate());
        assertThat(run.byCategory()).isEmpty();
    }

    @Test
    void byCategoryIsMergedKeyByKey() {
        RetryPolicy below = over(RetryPolicy.DEFAULT, "by-category: {rate_limit: {max-attempts: 9, jitter: full}}");
        RetryPolicy above = over(below, "by-category: {rate_limit: {max-retries: 1}, timeout: {jitter: none}}");

        assertThat(above.byCategory().get(RATE_LIMIT))
                .isEqualTo(Rule.NONE.withMaxAttempts(2).withJitter(new Jitter.Full()));
        assertThat(above.byCategory()).containsOnlyKeys(RATE_LIMIT, TIMEOUT);
    }

    @Test
    void aNewBackoffDropsTheInheritedFirst() {
        RetryPolicy below = over(RetryPolicy.DEFAULT, "{backoff: linear, first: 0s}");

        assertThat(over(below, "backoff: fibonacci").rule().first()).isNull();
        assertThat(over(below, "backoff: {fibonacci: {base: 1s, first: 3s}}")
                        .rule()
                        .first())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(over(below, "max-attempts: 9").rule().first()).isZero();
    }

    @Test
    void firstAloneKeepsTheDefaultsOfCategories() {
        RetryPolicy policy = over(RetryPolicy.DEFAULT, "first: 0s");

        assertThat(policy.ruleFor(TIMEOUT).backoff().name()).isEqualTo("linear");
        assertThat(policy.ruleFor(TIMEOUT).first()).isZero();
    }

    @Test
    void writtenDelaysAreNotCutByAnInheritedCap() {
        RetryPolicy table = over(RetryPolicy.DEFAULT, "backoff: {table: [1h, 72h, 24h]}");
        RetryPolicy category = over(RetryPolicy.DEFAULT, "by-category: {timeout: {backoff: {fixed: 2h}}}");

        assertThat(table.rule().bounds().max()).isEqualTo(Duration.ofDays(3));
        assertThat(category.ruleFor(TIMEOUT).bounds().max()).isEqualTo(Duration.ofHours(2));
        assertThat(category.ruleFor(NETWORK).bounds().max()).isEqualTo(Duration.ofHours(1));
        assertThat(over(RetryPolicy.DEFAULT, "{backoff: {fixed: 2h}, max-delay: 30m}")
                        .rule()
                        .bounds()
                        .max())
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(over(table, "max-delay: 2h").rule().bounds().max()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void ownCategoriesMayBeNamedOnceTheyAreDeclared() {
        ErrorCategory own = new ErrorCategory("carrier_closed");

        RetryPolicy policy = RetryPolicyFormat.parse(
                tree("{never-on: [carrier_closed], by-category: {carrier_closed: {max-attempts: 2}}}"),
                RetryPolicy.DEFAULT,
                new DeclaredCategories(Map.of(own, true), Map.of()));

        assertThat(policy.retries(own)).isFalse();
        assertThat(policy.byCategory()).containsOnlyKeys(own);
    }

    @Test
    void theRecipesReadAsTheyAreMeant() {
        RetryPolicy weekly = over(RetryPolicy.DEFAULT, """
                max-attempts: 5
                max-delay: 300s
                backoff: {exponential: {base: 2s, exponent-from: 1}}
                jitter: none
                by-category:
                  rate_limit: {backoff: aggressive}
                  timeout: {backoff: linear}
                """);

        assertThat(seconds(weekly, SERVER_ERROR)).containsExactly(4L, 8L, 16L, 32L);
        assertThat(seconds(weekly, RATE_LIMIT)).containsExactly(6L, 18L, 54L, 162L);
        assertThat(seconds(weekly, TIMEOUT)).containsExactly(2L, 4L, 6L, 8L);
    }

    @JobType(
            retry =
                    @Retry(
                            maxAttempts = 3,
                            backoff = "linear",
                            base = "5s",
                            maxDelay = "2m",
                            jitter = "full",
                            neverOn = "timeout"))
    private static final class Annotated {}

    @JobType(retry = @Retry(base = "5s"))
    private static final class BaseOnly {}

    @JobType
    private static final class Plain {}

    private static RetryPolicy annotated(Class<?> job, RetryPolicy base) {
        return RetryPolicyFormat.parse(RetryPolicyFormat.tree(annotation(job), base), base);
    }

    @Test
    void readsAnAnnotation() {
        assertThat(annotated(Annotated.class, RetryPolicy.DEFAULT))
                .isEqualTo(RetryPolicy.builder()
                        .maxAttempts(3)
                        .backoff(new Backoff.Linear(Duration.ofSeconds(5)))
                        .maxDelay(Duration.ofMinutes(2))
                        .jitter(new Jitter.Full())
                        .neverOn(TIMEOUT)
                        .build());
        assertThat(annotated(Plain.class, RetryPolicy.DEFAULT)).isEqualTo(RetryPolicy.DEFAULT);
    }

    @Test
    void aBaseAloneKeepsTheKindOfTheBackoff() {
        RetryPolicy fibonacci = over(RetryPolicy.DEFAULT, "backoff: fibonacci");

        assertThat(annotated(BaseOnly.class, fibonacci).rule().backoff())
                .isEqualTo(new Backoff.Fibonacci(Duration.ofSeconds(5)));
        assertThat(annotated(BaseOnly.class, RetryPolicy.DEFAULT).rule().backoff())
                .isEqualTo(new Backoff.Exponential(Duration.ofSeconds(5)));
    }

    @Test
    void writesEveryKeyInOneOrder() {
        assertThat(RetryPolicyFormat.write(RetryPolicy.DEFAULT))
                .hasToString("{\"max-attempts\":5,\"min-delay\":\"0s\","
                        + "\"max-delay\":\"1h\",\"max-elapsed\":\"none\",\"measure-from\":\"failure\",\"jitter\":\"equal\","
                        + "\"by-category\":{},\"retry-on\":\"default\",\"never-on\":[],\"retry-after\":{\"ceiling\":\"1d\"},"
                        + "\"retry-enabled\":true}");
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll("policies") RetryPolicy policy) throws IOException {
        JsonNode written = RetryPolicyFormat.write(policy);

        assertThat(RetryPolicyFormat.parse(written, RetryPolicy.DEFAULT)).isEqualTo(policy);
        assertThat(RetryPolicyFormat.parse(YAML.readTree(YAML.writeValueAsString(written)), RetryPolicy.DEFAULT))
                .isEqualTo(policy);
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Policies.any();
    }

    private static List<Long> seconds(RetryPolicy policy, ErrorCategory category) {
        return Stream.of(1, 2, 3, 4)
                .map(n -> policy.ruleFor(category).backoff().delay(n).toSeconds())
                .toList();
    }

    private static Retry annotation(Class<?> type) {
        return type.getAnnotation(JobType.class).retry();
    }

    private static RetryPolicy over(RetryPolicy base, String yaml) {
        return RetryPolicyFormat.parse(tree(yaml), base);
    }

    static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void unknownIsAnOrdinaryCategory() {
        assertThat(over(RetryPolicy.DEFAULT, "never-on: [unknown]").retries(UNKNOWN))
                .isFalse();
    }
}
