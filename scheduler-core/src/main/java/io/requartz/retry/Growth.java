package io.requartz.retry;

import io.requartz.time.Durations;
import java.time.Duration;

/** The arithmetic of growing delays: saturates instead of overflowing. */
final class Growth {

    /** From fib(93) on a long overflows, and any base is long past the year 9999. */
    private static final int LAST_FIBONACCI = 92;

    private Growth() {}

    static int counted(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures count from 1, got " + failures);
        }
        return failures;
    }

    /** Doubles are exact here up to 2^53 ms, which is 285,000 years. */
    static Duration times(Duration base, double factor) {
        double millis = base.toMillis() * factor;
        // 0 * infinity is not a number: no base, no delay
        return Double.isNaN(millis) ? Duration.ZERO : Duration.ofMillis(Math.round(millis));
    }

    static double power(double multiplier, int failures, int exponentFrom) {
        return Math.pow(multiplier, (double) counted(failures) - 1 + exponentFrom);
    }

    static double fibonacci(int failures) {
        long current = 1;
        long before = 0;
        for (int n = 1; n < Math.min(counted(failures), LAST_FIBONACCI); n++) {
            long next = current + before;
            before = current;
            current = next;
        }
        return (double) current;
    }

    static String formula(String name, Duration base, double factor) {
        String written = Durations.brief(base);
        if (factor == 1) {
            return name + ' ' + written;
        }
        boolean whole = factor == Math.rint(factor) && factor < 1e15;
        return name + ' ' + written + " x " + (whole ? Long.toString((long) factor) : Float.toString((float) factor));
    }
}
