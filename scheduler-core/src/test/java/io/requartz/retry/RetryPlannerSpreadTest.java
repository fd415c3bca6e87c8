package io.requartz.retry;

import static io.requartz.retry.Cycles.NOW;
import static io.requartz.retry.Cycles.afterFailure;
import static io.requartz.retry.Cycles.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How planned delays lie between floor and cap: by distribution, with fixed seeds. */
class RetryPlannerSpreadTest {

    private static final int DRAWS = 50_000;
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void atTheCapPlusGoesDownwards() {
        RetryPolicy policy = capped(new Jitter.Plus(FIVE_MINUTES));

        long[] delays = delays(policy, 5);

        assertEven(delays, DAY.minus(FIVE_MINUTES).toMillis(), DAY.toMillis());
        assertThat(atMost(delays, DAY.toMillis())).isLessThan(5);
    }

    @Test
    void atTheCapASpreadGoesDownwardsOnly() {
        RetryPolicy policy = capped(new Jitter.Spread(20));

        assertEven(delays(policy, 9), DAY.toMillis() * 8 / 10, DAY.toMillis());
    }

    @Test
    void belowTheCapPlusGoesUpwards() {
        RetryPolicy policy = capped(new Jitter.Plus(FIVE_MINUTES));

        assertEven(
                delays(policy, 2),
                Duration.ofHours(4).toMillis(),
                Duration.ofHours(4).plus(FIVE_MINUTES).toMillis());
    }

    @Test
    void nothingPilesUpAtTheCapWhereTheJitterReachesIt() {
        RetryPolicy policy = capped(new Jitter.Plus(FIVE_MINUTES)).toBuilder()
                .backoff(new Backoff.Fixed(DAY.minusMinutes(1)))
                .build();

        long[] delays = delays(policy, 1);

        assertWithin(delays, DAY.minusMinutes(4).toMillis(), DAY.toMillis());
        assertThat(atMost(delays, DAY.toMillis())).isLessThan(5);
    }

    @Test
    void atTheFloorJitterGoesUpwards() {
        RetryPolicy policy = RetryPolicy.builder()
                .backoff(new Backoff.Fixed(Duration.ofSeconds(1)))
                .minDelay(Duration.ofMinutes(10))
                .jitter(new Jitter.Equal())
                .build();

        assertEven(
                delays(policy, 1),
                Duration.ofMinutes(10).toMillis(),
                Duration.ofMinutes(15).toMillis());
    }

    @Test
    void floorAndCapMayBeTheSame() {
        RetryPolicy policy = RetryPolicy.builder()
                .backoff(new Backoff.Fixed(Duration.ofSeconds(1)))
                .minDelay(FIVE_MINUTES)
                .maxDelay(FIVE_MINUTES)
                .jitter(new Jitter.Spread(50))
                .build();

        assertThat(delays(policy, 1)).containsOnly(FIVE_MINUTES.toMillis());
    }

    @Test
    void whatPassesABoundIsMirroredAndNeverPassesTheOther() {
        assertThat(RetryPlanner.mirrored(50, 10, 100)).isEqualTo(50);
        assertThat(RetryPlanner.mirrored(130, 10, 100)).isEqualTo(70);
        assertThat(RetryPlanner.mirrored(-20, 10, 100)).isEqualTo(40);
        assertThat(RetryPlanner.mirrored(1_000, 10, 100)).isEqualTo(10);
        assertThat(RetryPlanner.mirrored(-1_000, 10, 100)).isEqualTo(100);
    }

    private static RetryPolicy capped(Jitter jitter) {
        return RetryPolicy.builder()
                .backoff(new Backoff.Exponential(Duration.ofHours(2)))
                .maxDelay(DAY)
                .maxAttempts(20)
                .jitter(jitter)
                .build();
    }

    private static long[] delays(RetryPolicy policy, int failures) {
        SplittableRandom random = new SplittableRandom(99);
        CycleState cycle = afterFailure(failures);
        return LongStream.range(0, DRAWS)
                .map(i -> ((Decision.Retry)
                                RetryPlanner.plan(policy, cycle, failure(ErrorCategory.NETWORK), NOW, random))
                        .delay()
                        .toMillis())
                .toArray();
    }

    private static long atMost(long[] delays, long exactly) {
        return Arrays.stream(delays).filter(delay -> delay == exactly).count();
    }

    private static void assertWithin(long[] delays, long from, long to) {
        assertThat(Arrays.stream(delays).min().orElseThrow()).isGreaterThanOrEqualTo(from);
        assertThat(Arrays.stream(delays).max().orElseThrow()).isLessThanOrEqualTo(to);
    }

    private static void assertEven(long[] delays, long from, long to) {
        int[] hits = new int[10];
        assertWithin(delays, from, to);
        for (long delay : delays) {
            hits[(int) Math.min(9, (delay - from) * 10 / (to - from))]++;
        }
        assertThat(Arrays.stream(hits).boxed())
                .allSatisfy(count -> assertThat(count).isCloseTo(DRAWS / 10, within(DRAWS / 10 / 15)));
    }
}
