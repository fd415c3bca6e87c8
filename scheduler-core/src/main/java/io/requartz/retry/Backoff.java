package io.requartz.retry;

import java.time.Duration;
import java.util.List;

/**
 * How far apart attempts are: the delay after the nth failure of a cycle, before jitter and bounds. All are immutable, and none
 * overflows: a delay beyond {@link RetryPolicy#FOREVER} is that.
 */
public sealed interface Backoff {

    /**
     * How long to wait after the nth failure.
     *
     * @param failures failures of this cycle so far, from 1
     * @return never negative, and never less than for fewer failures, a {@link Table} apart
     */
    Duration delay(int failures);

    /** As a policy writes it: {@code exponential}. */
    String name();

    /** How the delay comes about, without its amount: {@code exponential 10s x 4}. */
    String formula(int failures);

    /** At once. */
    record Immediate() implements Backoff {
        @Override
        public Duration delay(int failures) {
            return Duration.ZERO;
        }

        @Override
        public String name() {
            return "immediate";
        }

        @Override
        public String formula(int failures) {
            return name();
        }
    }

    /** Always the same. */
    record Fixed(Duration delay) implements Backoff {
        public Fixed {
            Requirement.duration("delay", delay);
        }

        @Override
        public Duration delay(int failures) {
            return delay;
        }

        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public String formula(int failures) {
            return name();
        }
    }

    /** n * base. */
    record Linear(Duration base) implements Backoff {
        public Linear {
            Requirement.duration("base", base);
        }

        @Override
        public Duration delay(int failures) {
            return Growth.times(base, failures);
        }

        @Override
        public String name() {
            return "linear";
        }

        @Override
        public String formula(int failures) {
            return Growth.formula(name(), base, failures);
        }
    }

    /**
     * base * multiplier^(n - 1 + exponentFrom).
     *
     * @param multiplier 1 to 1,000
     * @param exponentFrom 0 to 100; exponent of the first delay
     */
    record Exponential(Duration base, double multiplier, int exponentFrom) implements Backoff {
        public Exponential {
            Requirement.duration("base", base);
            Requirement.multiplier(multiplier);
            Requirement.exponentFrom(exponentFrom);
        }

        /** Doubles, the first delay being the base. */
        public Exponential(Duration base) {
            this(base, 2, 0);
        }

        @Override
        public Duration delay(int failures) {
            return Growth.times(base, factor(failures));
        }

        @Override
        public String name() {
            return "exponential";
        }

        @Override
        public String formula(int failures) {
            return Growth.formula(name(), base, factor(failures));
        }

        private double factor(int failures) {
            return Growth.power(multiplier, failures, exponentFrom);
        }
    }

    /** base * fib(n): 1, 1, 2, 3, 5, ... */
    record Fibonacci(Duration base) implements Backoff {
        public Fibonacci {
            Requirement.duration("base", base);
        }

        @Override
        public Duration delay(int failures) {
            return Growth.times(base, Growth.fibonacci(failures));
        }

        @Override
        public String name() {
            return "fibonacci";
        }

        @Override
        public String formula(int failures) {
            return Growth.formula(name(), base, Growth.fibonacci(failures));
        }
    }

    /**
     * base * 3^(n - 1 + exponentFrom).
     *
     * @param exponentFrom 0 to 100; exponent of the first delay
     */
    record Aggressive(Duration base, int exponentFrom) implements Backoff {
        public Aggressive {
            Requirement.duration("base", base);
            Requirement.exponentFrom(exponentFrom);
        }

        /** The first delay is three times the base. */
        public Aggressive(Duration base) {
            this(base, 1);
        }

        @Override
        public Duration delay(int failures) {
            return Growth.times(base, factor(failures));
        }

        @Override
        public String name() {
            return "aggressive";
        }

        @Override
        public String formula(int failures) {
            return Growth.formula(name(), base, factor(failures));
        }

        private double factor(int failures) {
            return Growth.power(3, failures, exponentFrom);
        }
    }

    /**
     * The nth entry; the last repeats.
     *
     * @param delays 1 to 1,000 of them, in any order
     */
    record Table(List<Duration> delays) implements Backoff {
        public Table {
            delays = Requirement.table(delays);
        }

        public Table(Duration... delays) {
            this(List.of(delays));
        }

        @Override
        public Duration delay(int failures) {
            return delays.get(Math.min(Growth.counted(failures), delays.size()) - 1);
        }

        @Override
        public String name() {
            return "table";
        }

        @Override
        public String formula(int failures) {
            return "table entry " + Math.min(failures, delays.size()) + " of " + delays.size();
        }
    }

    /** No retry of its own: the next fire of the run's schedule is the retry, and the failed run ends. */
    record Schedule() implements Backoff {
        @Override
        public Duration delay(int failures) {
            return RetryPolicy.FOREVER;
        }

        @Override
        public String name() {
            return "schedule";
        }

        @Override
        public String formula(int failures) {
            return name();
        }
    }
}
