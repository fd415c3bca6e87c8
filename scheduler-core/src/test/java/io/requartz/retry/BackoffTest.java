package io.requartz.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    static Stream<Arguments> delays() {
        return Stream.of(
                Arguments.of(new Backoff.Immediate(), List.of(0, 0, 0, 0, 0, 0)),
                Arguments.of(new Backoff.Fixed(TWO_SECONDS), List.of(2, 2, 2, 2, 2, 2)),
                Arguments.of(new Backoff.Linear(TWO_SECONDS), List.of(2, 4, 6, 8, 10, 12)),
                Arguments.of(new Backoff.Exponential(TWO_SECONDS), List.of(2, 4, 8, 16, 32, 64)),
                Arguments.of(new Backoff.Exponential(TWO_SECONDS, 2, 1), List.of(4, 8, 16, 32, 64, 128)),
                Arguments.of(new Backoff.Exponential(TWO_SECONDS, 1, 0), List.of(2, 2, 2, 2, 2, 2)),
                Arguments.of(new Backoff.Fibonacci(TWO_SECONDS), List.of(2, 2, 4, 6, 10, 16)),
                Arguments.of(new Backoff.Aggressive(TWO_SECONDS), List.of(6, 18, 54, 162, 486, 1458)),
                Arguments.of(new Backoff.Aggressive(TWO_SECONDS, 0), List.of(2, 6, 18, 54, 162, 486)),
                Arguments.of(
                        new Backoff.Table(Duration.ofSeconds(9), Duration.ofSeconds(3), Duration.ofSeconds(7)),
                        List.of(9, 3, 7, 7, 7, 7)));
    }

    @ParameterizedTest
    @MethodSource("delays")
    void delaysFollowTheFormula(Backoff backoff, List<Integer> seconds) {
        List<Integer> delays = IntStream.rangeClosed(1, seconds.size())
                .mapToObj(n -> (int) backoff.delay(n).toSeconds())
                .toList();

        assertThat(delays).isEqualTo(seconds);
    }

    @Test
    void aBrokenMultiplierIsExactToTheMillisecond() {
        Backoff backoff = new Backoff.Exponential(Duration.ofHours(1), 1.5, 0);

        assertThat(backoff.delay(2)).isEqualTo(Duration.ofMinutes(90));
        assertThat(backoff.delay(3)).isEqualTo(Duration.ofMinutes(135));
        assertThat(backoff.formula(3)).isEqualTo("exponential 1h x 2.25");
    }

    static Stream<Backoff> growing() {
        return Stream.of(
                new Backoff.Immediate(),
                new Backoff.Fixed(TWO_SECONDS),
                new Backoff.Linear(Duration.ofDays(36_500)),
                new Backoff.Exponential(Duration.ofMillis(1)),
                new Backoff.Exponential(Duration.ofDays(36_500), 1_000, 100),
                new Backoff.Exponential(Duration.ofSeconds(1), 1.0001, 0),
                new Backoff.Exponential(Duration.ZERO, 1_000, 100),
                new Backoff.Fibonacci(Duration.ofMillis(1)),
                new Backoff.Fibonacci(Duration.ofDays(36_500)),
                new Backoff.Aggressive(Duration.ofDays(36_500), 100),
                new Backoff.Schedule());
    }

    @ParameterizedTest
    @MethodSource("growing")
    void delaysNeverShrinkAndNeverOverflowUpToTenThousandFailures(Backoff backoff) {
        Duration before = Duration.ZERO;
        for (int n = 1; n <= 10_000; n++) {
            Duration delay = backoff.delay(n);
            assertThat(delay).as("after failure %d", n).isBetween(before, RetryPolicy.FOREVER);
            before = delay;
        }
        assertThat(backoff.delay(Integer.MAX_VALUE)).isGreaterThanOrEqualTo(before);
        assertThat(backoff.formula(Integer.MAX_VALUE)).hasSizeLessThan(60);
    }

    @Test
    void growthEndsInForever() {
        assertThat(new Backoff.Exponential(Duration.ofMillis(1)).delay(10_000)).isEqualTo(RetryPolicy.FOREVER);
        assertThat(new Backoff.Aggressive(Duration.ofMillis(1)).delay(10_000)).isEqualTo(RetryPolicy.FOREVER);
        assertThat(new Backoff.Exponential(Duration.ZERO, 1_000, 100).delay(10_000))
                .isZero();
    }

    @Test
    void fibonacciIsExactAsLongAsItFits() {
        assertThat(Growth.fibonacci(1)).isEqualTo(1);
        assertThat(Growth.fibonacci(2)).isEqualTo(1);
        assertThat(Growth.fibonacci(50)).isEqualTo(12_586_269_025L);
        assertThat(Growth.fibonacci(92)).isEqualTo((double) 7_540_113_804_746_346_429L);
        assertThat(Growth.fibonacci(93)).isEqualTo(Growth.fibonacci(92));
    }

    @Test
    void failuresCountFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Exponential(TWO_SECONDS).delay(0))
                .withMessageContaining("got 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, 0, -1, 1_000.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesAbsurdMultipliers(double multiplier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Exponential(TWO_SECONDS, multiplier, 0))
                .withMessageContaining("expected 1 to 1000");
    }

    @Test
    void refusesAbsurdNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Fixed(Duration.ofSeconds(-1)))
                .withMessage("delay is -1s; expected 0s to 36500d (100 years)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Linear(Duration.ofDays(36_501)))
                .withMessageContaining("base is 36501d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Linear(Duration.ofSeconds(Long.MIN_VALUE)))
                .withMessageContaining("expected 0s to 36500d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Linear(Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageContaining("expected 0s to 36500d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Fibonacci(Duration.ofNanos(1)))
                .withMessageContaining("whole milliseconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Aggressive(TWO_SECONDS, -1))
                .withMessageContaining("exponent-from is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff.Table(List.of()))
                .withMessageContaining("table has 0 entries");
        assertThatNullPointerException()
                .isThrownBy(() -> new Backoff.Fixed(null))
                .withMessage("delay");
    }
}
