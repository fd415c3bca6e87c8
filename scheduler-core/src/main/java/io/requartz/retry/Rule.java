package io.requartz.retry;

import java.time.Duration;

/**
 * The part of a policy that a single category may have of its own. Null is unset: what the wider rule says holds. Immutable; made
 * from {@link #NONE} with its {@code with} methods.
 *
 * @param backoff unset in a whole policy: each category's default backoff
 * @param first replaces the delay after failure 1; the backoff goes on with n = 2
 * @param bounds never null, but what is in it may be
 * @param limits never null, but what is in it may be
 */
public record Rule(
        Backoff backoff, Duration first, Bounds bounds, Jitter jitter, Limits limits, MeasureFrom measureFrom) {

    /** Nothing is set. */
    public static final Rule NONE = new Rule(null, null, new Bounds(null, null), null, new Limits(null, null), null);

    /**
     * Between what a delay is kept, jitter included, counted from the failure.
     *
     * @param min floor of each delay
     * @param max cap of each delay; {@link RetryPolicy#FOREVER}: none
     */
    public record Bounds(Duration min, Duration max) {
        public Bounds {
            if (min != null) {
                Requirement.duration("min-delay", min);
            }
            if (max != null) {
                Requirement.limit("max-delay", max);
            }
        }

        Bounds over(Bounds wider) {
            return new Bounds(either(min, wider.min), either(max, wider.max));
        }

        /** Floor and cap must leave room for a delay. */
        Bounds requireOrdered() {
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException(
                        "min-delay is " + RetryPolicy.text(min) + ", longer than max-delay, which is "
                                + RetryPolicy.text(max) + "; set both, or max-delay: none");
            }
            return this;
        }
    }

    /**
     * When to give up.
     *
     * @param maxAttempts attempts of a cycle, with the first; of a category's own rule only its failures count
     * @param maxElapsed time since the cycle's first start; {@link RetryPolicy#FOREVER}: no such limit
     */
    public record Limits(Integer maxAttempts, Duration maxElapsed) {
        public Limits {
            if (maxAttempts != null) {
                Requirement.maxAttempts(maxAttempts);
            }
            if (maxElapsed != null) {
                Requirement.limit("max-elapsed", maxElapsed);
            }
        }

        Limits over(Limits wider) {
            return new Limits(either(maxAttempts, wider.maxAttempts), either(maxElapsed, wider.maxElapsed));
        }
    }

    public Rule {
        if (first != null) {
            Requirement.duration("first", first);
        }
        if (bounds == null || limits == null) {
            throw new IllegalArgumentException("bounds and limits may be empty, but not null");
        }
    }

    public Rule withBackoff(Backoff value) {
        return new Rule(value, first, bounds, jitter, limits, measureFrom);
    }

    public Rule withFirst(Duration value) {
        return new Rule(backoff, value, bounds, jitter, limits, measureFrom);
    }

    public Rule withMinDelay(Duration value) {
        return new Rule(backoff, first, new Bounds(value, bounds.max()), jitter, limits, measureFrom);
    }

    public Rule withMaxDelay(Duration value) {
        return new Rule(backoff, first, new Bounds(bounds.min(), value), jitter, limits, measureFrom);
    }

    public Rule withJitter(Jitter value) {
        return new Rule(backoff, first, bounds, value, limits, measureFrom);
    }

    public Rule withMaxAttempts(Integer value) {
        return new Rule(backoff, first, bounds, jitter, new Limits(value, limits.maxElapsed()), measureFrom);
    }

    public Rule withMaxElapsed(Duration value) {
        return new Rule(backoff, first, bounds, jitter, new Limits(limits.maxAttempts(), value), measureFrom);
    }

    public Rule withMeasureFrom(MeasureFrom value) {
        return new Rule(backoff, first, bounds, jitter, limits, value);
    }

    /** This rule, and what it leaves open as the wider one says. A backoff brings its own {@code first}, or none. */
    Rule over(Rule wider) {
        return new Rule(
                either(backoff, wider.backoff),
                backoff != null ? first : either(first, wider.first),
                bounds.over(wider.bounds),
                either(jitter, wider.jitter),
                limits.over(wider.limits),
                either(measureFrom, wider.measureFrom));
    }

    private static <T> T either(T own, T wider) {
        return own != null ? own : wider;
    }
}
