package io.requartz.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads delays, so that what failed together is not tried again together. Says how far from the planned delay one is moved; the
 * planner keeps the result within the policy's bounds. Immutable.
 */
public sealed interface Jitter {

    /**
     * Draws how far to move a delay.
     *
     * @param millis the delay, not negative
     * @return milliseconds to add; never less than {@code -millis}
     */
    long offset(long millis, RandomGenerator random);

    /** Exactly as planned. */
    record None() implements Jitter {
        @Override
        public long offset(long millis, RandomGenerator random) {
            return 0;
        }
    }

    /** Anything between zero and the delay, all alike. */
    record Full() implements Jitter {
        @Override
        public long offset(long millis, RandomGenerator random) {
            return -upTo(millis, random);
        }
    }

    /** Half of the delay, and anything up to the other half. */
    record Equal() implements Jitter {
        @Override
        public long offset(long millis, RandomGenerator random) {
            return -upTo(millis / 2, random);
        }
    }

    /** The delay, and anything up to this much. */
    record Plus(Duration atMost) implements Jitter {
        public Plus {
            Requirement.duration("plus", atMost);
        }

        @Override
        public long offset(long millis, RandomGenerator random) {
            return upTo(atMost.toMillis(), random);
        }
    }

    /**
     * Up to this part of the delay, more or less. Size and direction are two draws: from one, every long delay would be a late one.
     *
     * @param percent 0 to 100
     */
    record Spread(double percent) implements Jitter {
        public Spread {
            Requirement.percent(percent);
        }

        @Override
        public long offset(long millis, RandomGenerator random) {
            long size = upTo((long) (millis * (percent / 100)), random);
            return random.nextBoolean() ? size : -size;
        }
    }

    private static long upTo(long millis, RandomGenerator random) {
        return millis == 0 ? 0 : random.nextLong(millis + 1);
    }
}
