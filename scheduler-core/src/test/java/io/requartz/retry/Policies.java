package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.ErrorCategories;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Any valid policy. */
final class Policies {

    private Policies() {}

    static Arbitrary<RetryPolicy> withoutCategories() {
        return policies(Arbitraries.just(Map.of()));
    }

    static Arbitrary<RetryPolicy> any() {
        Arbitrary<Rule> own = Combinators.combine(
                        backoffs().injectNull(0.5),
                        durations().injectNull(0.5),
                        jitters().injectNull(0.5),
                        attempts().injectNull(0.5),
                        limits().injectNull(0.5),
                        origins().injectNull(0.5))
                .as((backoff, first, jitter, attempts, elapsed, from) -> Rule.NONE
                        .withBackoff(backoff)
                        .withFirst(first)
                        .withJitter(jitter)
                        .withMaxAttempts(attempts)
                        .withMaxElapsed(elapsed)
                        .withMeasureFrom(from))
                .filter(rule -> !rule.equals(Rule.NONE));
        return policies(Arbitraries.maps(categories(), own).ofMaxSize(3));
    }

    static Arbitrary<Backoff> backoffs() {
        Arbitrary<Duration> base = durations();
        Arbitrary<Integer> from = Arbitraries.integers().between(0, 100);
        Arbitrary<Double> multiplier = Arbitraries.doubles().between(1, 1_000);
        return Arbitraries.oneOf(
                Arbitraries.of(new Backoff.Immediate(), new Backoff.Schedule()),
                base.map(Backoff.Fixed::new),
                base.map(Backoff.Linear::new),
                Combinators.combine(base, multiplier, from).as(Backoff.Exponential::new),
                base.map(Backoff.Fibonacci::new),
                Combinators.combine(base, from).as(Backoff.Aggressive::new),
                base.list().ofMinSize(1).ofMaxSize(5).map(Backoff.Table::new));
    }

    private static Arbitrary<RetryPolicy> policies(Arbitrary<? extends Map<ErrorCategory, Rule>> byCategory) {
        Arbitrary<Rule> rules = Combinators.combine(
                        backoffs().injectNull(0.2),
                        durations().injectNull(0.7),
                        Combinators.combine(durations(), limits()).as(Tuple::of),
                        jitters(),
                        Combinators.combine(attempts(), limits()).as(Tuple::of),
                        origins())
                .as((backoff, first, bounds, jitter, limits, from) -> new Rule(
                        backoff,
                        first,
                        ordered(bounds.get1(), bounds.get2()),
                        jitter,
                        new Rule.Limits(limits.get1(), limits.get2()),
                        from));
        Arbitrary<RetryOn> retryOn = Arbitraries.oneOf(
                Arbitraries.of(new RetryOn.ByDefault(), new RetryOn.All()),
                someCategories().map(RetryOn.Only::new));
        Arbitrary<WhenOver> whenOver = Arbitraries.of(WhenOver.class).injectNull(0.3);
        Arbitrary<Boolean> enabled = Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false));
        return Combinators.combine(rules, byCategory, retryOn, someCategories(), durations(), whenOver, enabled)
                .as(RetryPolicy::new);
    }

    private static Rule.Bounds ordered(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? new Rule.Bounds(one, other) : new Rule.Bounds(other, one);
    }

    /** Often short, sometimes a hundred years. */
    private static Arbitrary<Duration> durations() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 100_000),
                        Arbitraries.longs().between(0, Duration.ofDays(36_500).toMillis()))
                .map(Duration::ofMillis);
    }

    private static Arbitrary<Duration> limits() {
        return Arbitraries.oneOf(durations(), Arbitraries.just(RetryPolicy.FOREVER));
    }

    private static Arbitrary<Integer> attempts() {
        return Arbitraries.oneOf(Arbitraries.integers().between(1, 20_000), Arbitraries.just(RetryPolicy.UNLIMITED));
    }

    private static Arbitrary<Jitter> jitters() {
        return Arbitraries.oneOf(
                Arbitraries.of(new Jitter.None(), new Jitter.Full(), new Jitter.Equal()),
                durations().map(Jitter.Plus::new),
                Arbitraries.integers().between(0, 1_000).map(tenths -> new Jitter.Spread(tenths / 10.0)));
    }

    private static Arbitrary<MeasureFrom> origins() {
        Arbitrary<MeasureFrom.Origin> origin = Arbitraries.of(MeasureFrom.Origin.class);
        return Combinators.combine(origin, origin).as(MeasureFrom::new);
    }

    private static Arbitrary<ErrorCategory> categories() {
        return Arbitraries.of(ErrorCategories.shipped());
    }

    private static Arbitrary<Set<ErrorCategory>> someCategories() {
        return categories().set().ofMaxSize(4);
    }
}
