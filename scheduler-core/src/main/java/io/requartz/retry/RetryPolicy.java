package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.time.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How often, how far apart, and for which failures a run is tried again. Immutable, and valid once it exists. Written and read by
 * {@link RetryPolicyFormat}; {@link RetryPlanner} decides by it.
 *
 * @param rule for all categories that have none of their own; complete, but for {@code backoff} (unset: each category's default)
 *     and {@code first}
 * @param byCategory what is set here goes before {@code rule}, for this category only
 * @param retryOn which categories are tried again
 * @param neverOn which are not, whatever {@code retryOn} says
 * @param retryAfterCeiling how long a wait that the downstream asks for is honoured at most; zero: it is not
 * @param whenOver null: {@link WhenOver#CLOSE} for the backoff {@code schedule}, {@link WhenOver#DEAD_LETTER} for all others
 * @param enabled false: nothing is tried again, whatever the rest says
 */
public record RetryPolicy(
        Rule rule,
        Map<ErrorCategory, Rule> byCategory,
        RetryOn retryOn,
        Set<ErrorCategory> neverOn,
        Duration retryAfterCeiling,
        WhenOver whenOver,
        boolean enabled) {

    /** No limit to a delay or to the time of a cycle. */
    public static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    /** No limit to the attempts. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /**
     * What holds where nothing is said: five attempts, exponential from 10 seconds (or the category's default backoff), at most an
     * hour apart, half of it jitter. A Retry-After is honoured up to a day.
     */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Rule.NONE
                    .withMaxAttempts(5)
                    .withMinDelay(Duration.ZERO)
                    .withMaxDelay(Duration.ofHours(1))
                    .withMaxElapsed(FOREVER)
                    .withJitter(new Jitter.Equal())
                    .withMeasureFrom(MeasureFrom.FAILURE),
            Map.of(),
            new RetryOn.ByDefault(),
            Set.of(),
            Duration.ofDays(1),
            null,
            true);

    public RetryPolicy {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(rule.jitter(), "jitter");
        Objects.requireNonNull(rule.measureFrom(), "measureFrom");
        Objects.requireNonNull(rule.limits().maxAttempts(), "maxAttempts");
        Objects.requireNonNull(rule.limits().maxElapsed(), "maxElapsed");
        Objects.requireNonNull(rule.bounds().min(), "minDelay");
        Objects.requireNonNull(rule.bounds().max(), "maxDelay");
        rule.bounds().requireOrdered();
        for (Rule own : byCategory.values()) {
            own.bounds().over(rule.bounds()).requireOrdered();
        }
        byCategory = Map.copyOf(byCategory);
        Objects.requireNonNull(retryOn, "retryOn");
        neverOn = Set.copyOf(neverOn);
        Requirement.duration("retry-after ceiling", retryAfterCeiling);
    }

    /** Begins with {@link #DEFAULT}. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What holds for a category, all of it: nothing but {@code first} is null. */
    public Rule ruleFor(ErrorCategory category) {
        Rule own = byCategory.getOrDefault(category, Rule.NONE);
        Rule effective = own.over(rule);
        if (effective.backoff() != null) {
            return effective;
        }
        Rule shipped = CategoryBackoffs.of(category);
        Duration first = effective.first() != null ? effective.first() : shipped.first();
        return effective.withBackoff(shipped.backoff()).withFirst(first);
    }

    /** Whether a failure of this category is tried again at all. */
    public boolean retries(ErrorCategory category) {
        return enabled && !neverOn.contains(category) && retryOn.includes(category);
    }

    /** What becomes of a run that a failure of this category ends. */
    public WhenOver whenOver(ErrorCategory category) {
        if (whenOver != null) {
            return whenOver;
        }
        return ruleFor(category).backoff() instanceof Backoff.Schedule ? WhenOver.CLOSE : WhenOver.DEAD_LETTER;
    }

    /** Attempts of a cycle, with the first; {@link #UNLIMITED} if there is no limit. */
    public int maxAttempts() {
        return rule.limits().maxAttempts();
    }

    static String text(Duration limit) {
        return limit.equals(FOREVER) ? "none" : Durations.format(limit);
    }

    /** Changes single parts of a policy. Not thread-safe. */
    public static final class Builder {
        private Rule rule;
        private final Map<ErrorCategory, Rule> byCategory;
        private RetryOn retryOn;
        private Set<ErrorCategory> neverOn;
        private Duration retryAfterCeiling;
        private WhenOver whenOver;
        private boolean enabled;

        private Builder(RetryPolicy from) {
            rule = from.rule;
            byCategory = new LinkedHashMap<>(from.byCategory);
            retryOn = from.retryOn;
            neverOn = from.neverOn;
            retryAfterCeiling = from.retryAfterCeiling;
            whenOver = from.whenOver;
            enabled = from.enabled;
        }

        /** For all categories without a rule of their own; null: each category's default backoff. */
        public Builder backoff(Backoff value) {
            return rule(rule.withBackoff(value));
        }

        /** Delay after failure 1; null: as the backoff says. */
        public Builder first(Duration value) {
            return rule(rule.withFirst(value));
        }

        public Builder jitter(Jitter value) {
            return rule(rule.withJitter(value));
        }

        /** With the first attempt, so at least 1. */
        public Builder maxAttempts(int value) {
            return rule(rule.withMaxAttempts(value));
        }

        /** Without the first attempt, so at least 0. */
        public Builder maxRetries(int value) {
            return maxAttempts(attempts(value));
        }

        public Builder minDelay(Duration value) {
            return rule(rule.withMinDelay(value));
        }

        /** {@link #FOREVER}: no cap. */
        public Builder maxDelay(Duration value) {
            return rule(rule.withMaxDelay(value));
        }

        /** {@link #FOREVER}: no such limit. */
        public Builder maxElapsed(Duration value) {
            return rule(rule.withMaxElapsed(value));
        }

        public Builder measureFrom(MeasureFrom value) {
            return rule(rule.withMeasureFrom(value));
        }

        public Builder rule(Rule value) {
            this.rule = value;
            return this;
        }

        /** Changes the category's own rule, which begins as {@link Rule#NONE}. */
        public Builder byCategory(ErrorCategory category, UnaryOperator<Rule> change) {
            Rule changed = change.apply(byCategory.getOrDefault(category, Rule.NONE));
            if (changed.equals(Rule.NONE)) {
                byCategory.remove(category);
            } else {
                byCategory.put(category, changed);
            }
            return this;
        }

        public Builder retryOn(RetryOn value) {
            this.retryOn = value;
            return this;
        }

        public Builder retryOn(ErrorCategory... only) {
            return retryOn(new RetryOn.Only(Set.of(only)));
        }

        public Builder neverOn(ErrorCategory... categories) {
            return neverOn(Set.of(categories));
        }

        public Builder neverOn(Set<ErrorCategory> categories) {
            this.neverOn = categories;
            return this;
        }

        /** Zero: a Retry-After is not honoured. */
        public Builder retryAfterCeiling(Duration value) {
            this.retryAfterCeiling = value;
            return this;
        }

        /** Null: as the backoff has it. */
        public Builder whenOver(WhenOver value) {
            this.whenOver = value;
            return this;
        }

        /** False: nothing is tried again. */
        public Builder enabled(boolean value) {
            this.enabled = value;
            return this;
        }

        Rule rule() {
            return rule;
        }

        Map<ErrorCategory, Rule> byCategory() {
            return byCategory;
        }

        /**
         * The policy as it now is.
         *
         * @throws IllegalArgumentException if the parts do not go together
         */
        public RetryPolicy build() {
            return new RetryPolicy(rule, byCategory, retryOn, neverOn, retryAfterCeiling, whenOver, enabled);
        }

        static int attempts(int retries) {
            if (retries < 0) {
                throw new IllegalArgumentException(
                        "max-retries is " + retries + "; expected 0 or more, the first attempt left out");
            }
            return retries == UNLIMITED ? UNLIMITED : retries + 1;
        }
    }
}
