package io.requartz.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "rate_limit, true, aggressive, ",
        "server_error, true, exponential, ",
        "timeout, true, linear, ",
        "network, true, exponential, ",
        "temporary, true, exponential, 0",
        "malformed_response, true, exponential, ",
        "not_found, false, exponential, ",
        "authentication, false, exponential, ",
        "permission, false, exponential, ",
        "validation, false, exponential, ",
        "out_of_memory, false, exponential, ",
        "node_lost, true, immediate, ",
        "unknown, true, exponential, ",
        "one_of_a_job, true, exponential, "
    })
    void theDefaultFollowsTheTableOfCategories(String name, boolean again, String backoff, Long firstMillis) {
        ErrorCategory category = new ErrorCategory(name);

        assertThat(RetryPolicy.DEFAULT.retries(category)).isEqualTo(again);
        assertThat(RetryPolicy.DEFAULT.ruleFor(category).backoff().name()).isEqualTo(backoff);
        assertThat(RetryPolicy.DEFAULT.ruleFor(category).first())
                .isEqualTo(firstMillis == null ? null : Duration.ofMillis(firstMillis));
    }

    @Test
    void theDefaultIsTheDocumentedOne() {
        Rule rule = RetryPolicy.DEFAULT.ruleFor(ErrorCategory.UNKNOWN);

        assertThat(rule.backoff()).isEqualTo(new Backoff.Exponential(Duration.ofSeconds(10), 2, 0));
        assertThat(rule.bounds()).isEqualTo(new Rule.Bounds(Duration.ZERO, Duration.ofHours(1)));
        assertThat(rule.jitter()).isEqualTo(new Jitter.Equal());
        assertThat(rule.limits()).isEqualTo(new Rule.Limits(5, RetryPolicy.FOREVER));
        assertThat(rule.measureFrom()).isEqualTo(MeasureFrom.FAILURE);
        assertThat(RetryPolicy.DEFAULT.whenOver(ErrorCategory.UNKNOWN)).isEqualTo(WhenOver.DEAD_LETTER);
    }

    @Test
    void aBackoffReplacesTheDefaultsOfAllCategories() {
        Backoff fixed = new Backoff.Fixed(Duration.ofSeconds(3));
        RetryPolicy policy = RetryPolicy.builder().backoff(fixed).build();

        assertThat(policy.ruleFor(ErrorCategory.RATE_LIMIT).backoff()).isEqualTo(fixed);
        assertThat(policy.ruleFor(ErrorCategory.NODE_LOST).backoff()).isEqualTo(fixed);
        assertThat(policy.ruleFor(ErrorCategory.TEMPORARY).first()).isNull();
    }

    @Test
    void aRuleOfACategoryOverridesSingleParts() {
        RetryPolicy policy = RetryPolicy.builder()
                .maxDelay(Duration.ofMinutes(10))
                .first(Duration.ofSeconds(1))
                .byCategory(ErrorCategory.TIMEOUT, own -> own.withMaxAttempts(9).withJitter(new Jitter.Full()))
                .build();

        Rule timeout = policy.ruleFor(ErrorCategory.TIMEOUT);
        assertThat(timeout.limits()).isEqualTo(new Rule.Limits(9, RetryPolicy.FOREVER));
        assertThat(timeout.jitter()).isEqualTo(new Jitter.Full());
        assertThat(timeout.bounds().max()).isEqualTo(Duration.ofMinutes(10));
        assertThat(timeout.first()).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeout.backoff().name()).isEqualTo("linear");
        assertThat(policy.ruleFor(ErrorCategory.NETWORK).limits().maxAttempts()).isEqualTo(5);
    }

    @Test
    void aBackoffOfACategoryDoesNotTakeTheFirstOfTheOthers() {
        RetryPolicy policy = RetryPolicy.builder()
                .first(Duration.ZERO)
                .byCategory(ErrorCategory.TIMEOUT, own -> own.withBackoff(new Backoff.Fixed(Duration.ofSeconds(5))))
                .build();

        assertThat(policy.ruleFor(ErrorCategory.TIMEOUT).first()).isNull();
    }

    @Test
    void neverOnWinsOverRetryOn() {
        RetryPolicy policy = RetryPolicy.builder()
                .retryOn(new RetryOn.All())
                .neverOn(ErrorCategory.TIMEOUT)
                .build();

        assertThat(policy.retries(ErrorCategory.TIMEOUT)).isFalse();
        assertThat(policy.retries(ErrorCategory.AUTHENTICATION)).isTrue();
    }

    @Test
    void retryOnIsTheWholeList() {
        RetryPolicy policy =
                RetryPolicy.builder().retryOn(ErrorCategory.NOT_FOUND).build();

        assertThat(policy.retries(ErrorCategory.NOT_FOUND)).isTrue();
        assertThat(policy.retries(ErrorCategory.UNKNOWN)).isFalse();
        assertThat(policy.retries(ErrorCategory.NODE_LOST)).isFalse();
    }

    @Test
    void scheduleClosesUnlessToldOtherwiseInItsCategoryOnly() {
        RetryPolicy policy = RetryPolicy.builder()
                .byCategory(ErrorCategory.TIMEOUT, own -> own.withBackoff(new Backoff.Schedule()))
                .build();

        assertThat(policy.whenOver(ErrorCategory.TIMEOUT)).isEqualTo(WhenOver.CLOSE);
        assertThat(policy.whenOver(ErrorCategory.NETWORK)).isEqualTo(WhenOver.DEAD_LETTER);
    }

    @Test
    void retriesAreAttemptsWithoutTheFirst() {
        assertThat(RetryPolicy.builder().maxRetries(0).build().maxAttempts()).isEqualTo(1);
        assertThat(RetryPolicy.builder().maxRetries(10).build().maxAttempts()).isEqualTo(11);
        assertThat(RetryPolicy.builder()
                        .maxRetries(RetryPolicy.UNLIMITED)
                        .build()
                        .maxAttempts())
                .isEqualTo(RetryPolicy.UNLIMITED);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.builder().maxAttempts(0))
                .withMessage("max-attempts is 0; expected at least 1, for the first attempt counts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.builder().maxRetries(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RetryPolicy.builder().minDelay(Duration.ofHours(2)).build())
                .withMessage("min-delay is 2h, longer than max-delay, which is 1h; set both, or max-delay: none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.builder()
                        .byCategory(ErrorCategory.TIMEOUT, own -> own.withMinDelay(Duration.ofHours(3)))
                        .build())
                .withMessageContaining("min-delay is 3h");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.builder().maxElapsed(Duration.ofSeconds(-1)))
                .withMessageContaining("max-elapsed is -1s");
        assertThatNullPointerException()
                .isThrownBy(() -> RetryPolicy.builder().jitter(null).build())
                .withMessage("jitter");
    }

    @Test
    void isImmutable() {
        Map<ErrorCategory, Rule> rules = new HashMap<>();
        RetryPolicy policy = new RetryPolicy(
                RetryPolicy.DEFAULT.rule(),
                rules,
                new RetryOn.All(),
                RetryPolicy.DEFAULT.neverOn(),
                Duration.ZERO,
                WhenOver.CLOSE,
                true);
        rules.put(ErrorCategory.TIMEOUT, Rule.NONE);

        assertThat(policy.byCategory()).isEmpty();
        assertThat(policy.toBuilder().build()).isEqualTo(policy);
        assertThat(EnumSet.allOf(WhenOver.class)).extracting(WhenOver::label).containsExactly("dead-letter", "close");
    }
}
