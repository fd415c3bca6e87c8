package io.requartz.retry;

import io.requartz.time.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** What the parts of a policy must be. Refusals say what came and what was expected; they name the part as a policy writes it. */
final class Requirement {

    /** 100 years: longer is a slip of the pen. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final double GREATEST_MULTIPLIER = 1_000;
    private static final int GREATEST_EXPONENT_FROM = 100;
    private static final int LONGEST_TABLE = 1_000;

    private Requirement() {}

    static Duration duration(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + Durations.brief(value) + "; expected 0s to " + LONGEST.toDays() + "d (100 years)");
        }
        if (!value.truncatedTo(ChronoUnit.MILLIS).equals(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected whole milliseconds");
        }
        return value;
    }

    /** A duration that may be {@link RetryPolicy#FOREVER} too. */
    static Duration limit(String name, Duration value) {
        return value != null && value.equals(RetryPolicy.FOREVER) ? value : duration(name, value);
    }

    static void multiplier(double value) {
        if (!(value >= 1 && value <= GREATEST_MULTIPLIER)) {
            throw new IllegalArgumentException("multiplier is " + value + "; expected 1 to 1000");
        }
    }

    static void exponentFrom(int value) {
        if (value < 0 || value > GREATEST_EXPONENT_FROM) {
            throw new IllegalArgumentException(
                    "exponent-from is " + value + "; expected 0 to " + GREATEST_EXPONENT_FROM);
        }
    }

    static void percent(double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException("spread is " + value + "%; expected 0% to 100%");
        }
    }

    static void maxAttempts(int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "max-attempts is " + value + "; expected at least 1, for the first attempt counts");
        }
    }

    static List<Duration> table(List<Duration> delays) {
        List<Duration> copy = List.copyOf(delays);
        if (copy.isEmpty() || copy.size() > LONGEST_TABLE) {
            throw new IllegalArgumentException("table has " + copy.size() + " entries; expected 1 to " + LONGEST_TABLE
                    + " delays, as in [1h, 6h, 24h]");
        }
        copy.forEach(delay -> duration("table", delay));
        return copy;
    }
}
