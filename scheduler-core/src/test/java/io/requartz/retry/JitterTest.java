package io.requartz.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JitterTest {

    private static final long DELAY = 10_000;
    private static final int DRAWS = 100_000;
    private static final int BUCKETS = 10;

    @Test
    void noneMovesNothing() {
        assertThat(draws(new Jitter.None())).containsOnly(0);
    }

    @Test
    void fullIsEvenBetweenZeroAndTheDelay() {
        assertEven(draws(new Jitter.Full()), -DELAY, 0);
    }

    @Test
    void equalIsEvenInTheUpperHalf() {
        assertEven(draws(new Jitter.Equal()), -DELAY / 2, 0);
    }

    @Test
    void plusIsEvenAboveTheDelay() {
        assertEven(draws(new Jitter.Plus(Duration.ofSeconds(30))), 0, 30_000);
    }

    @Test
    void spreadIsEvenOnBothSides() {
        assertEven(draws(new Jitter.Spread(20)), -2_000, 2_000);
    }

    @Test
    void sizeAndDirectionOfASpreadAreIndependent() {
        long[] offsets = draws(new Jitter.Spread(20));

        double late =
                LongStream.of(offsets).filter(offset -> offset > 0).average().orElseThrow();
        double early =
                LongStream.of(offsets).filter(offset -> offset < 0).average().orElseThrow();
        long lateOnes = LongStream.of(offsets).filter(offset -> offset > 0).count();

        assertThat(late).isCloseTo(1_000, within(20.0));
        assertThat(early).isCloseTo(-1_000, within(20.0));
        assertThat(lateOnes).isBetween(DRAWS / 2 - 1_000L, DRAWS / 2 + 1_000L);
    }

    @Test
    void aSpreadDrawsTwiceAndTheOthersOnce() {
        assertThat(drawsTaken(new Jitter.Spread(20))).isEqualTo(2);
        assertThat(drawsTaken(new Jitter.Full())).isEqualTo(1);
        assertThat(drawsTaken(new Jitter.Equal())).isEqualTo(1);
        assertThat(drawsTaken(new Jitter.Plus(Duration.ofMinutes(5)))).isEqualTo(1);
        assertThat(drawsTaken(new Jitter.None())).isZero();
    }

    @Test
    void noDelayHasNoJitterButPlus() {
        RandomGenerator random = new SplittableRandom(1);

        assertThat(new Jitter.Full().offset(0, random)).isZero();
        assertThat(new Jitter.Equal().offset(0, random)).isZero();
        assertThat(new Jitter.Spread(100).offset(0, random)).isZero();
        assertThat(new Jitter.Plus(Duration.ofDays(1)).offset(0, random)).isPositive();
    }

    @Test
    void refusesAbsurdNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jitter.Spread(101))
                .withMessage("spread is 101.0%; expected 0% to 100%");
        assertThatIllegalArgumentException().isThrownBy(() -> new Jitter.Spread(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Jitter.Plus(Duration.ofSeconds(-1)));
    }

    private static long[] draws(Jitter jitter) {
        RandomGenerator random = new SplittableRandom(20_260_101);
        return LongStream.range(0, DRAWS).map(i -> jitter.offset(DELAY, random)).toArray();
    }

    private static int drawsTaken(Jitter jitter) {
        CountingRandom random = new CountingRandom();
        jitter.offset(1 << 14, random);
        return random.draws;
    }

    /** Each tenth of the range gets a tenth of the draws, give or take a twentieth of it. */
    private static void assertEven(long[] offsets, long from, long to) {
        int[] hits = new int[BUCKETS];
        for (long offset : offsets) {
            assertThat(offset).isBetween(from, to);
            hits[(int) Math.min(BUCKETS - 1, (offset - from) * BUCKETS / (to - from))]++;
        }
        assertThat(Arrays.stream(hits).boxed())
                .allSatisfy(count -> assertThat(count).isCloseTo(DRAWS / BUCKETS, within(DRAWS / BUCKETS / 20)));
    }

    private static final class CountingRandom implements RandomGenerator {
        private final RandomGenerator random = new SplittableRandom(5);
        private int draws;

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public long nextLong(long bound) {
            draws++;
            return random.nextLong(bound);
        }

        @Override
        public boolean nextBoolean() {
            draws++;
            return random.nextBoolean();
        }
    }
}
