package io.requartz.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.failure.ErrorCategories;
import io.requartz.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every policy, cycle and failure. */
class RetryPlannerPropertiesTest {

    @Property
    void aRetryIsNeverNegativeAndNeverBeyondTheYear9999(
            @ForAll("policies") RetryPolicy policy,
            @ForAll("cycles") CycleState cycle,
            @ForAll("failures") Failure failure,
            @ForAll("instants") Instant now,
            @ForAll long seed) {
        Decision decision = RetryPlanner.plan(policy, cycle, failure, now, new SplittableRandom(seed));

        assertThat(decision.why()).isNotBlank().hasSizeLessThan(300);
        if (decision instanceof Decision.Retry retry) {
            assertThat(retry.delay()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(retry.at()).isEqualTo(now.plus(retry.delay()));
            assertThat(retry.at()).isBeforeOrEqualTo(RetryPlanner.END_OF_TIME);
        }
    }

    @Property
    void aRetryStaysWithinItsBounds(
            @ForAll("policies") RetryPolicy policy,
            @ForAll("cycles") CycleState cycle,
            @ForAll("failures") Failure failure,
            @ForAll long seed) {
        Decision decision = RetryPlanner.plan(policy, cycle, failure, Cycles.NOW, new SplittableRandom(seed));

        if (decision instanceof Decision.Retry retry) {
            Rule rule = policy.ruleFor(failure.category());
            Duration asked = asked(policy, failure);
            assertThat(retry.delay()).isGreaterThanOrEqualTo(rule.bounds().min());
            assertThat(retry.delay()).isGreaterThanOrEqualTo(asked);
            Duration most = retry.strategy().equals("retry-after")
                    ? policy.retryAfterCeiling()
                    : rule.bounds().max();
            assertThat(retry.delay()).isLessThanOrEqualTo(most);
        }
    }

    @Property
    void withoutJitterMoreFailuresNeverMeanAShorterDelay(
            @ForAll("policies") RetryPolicy jittered,
            @ForAll("failures") Failure failure,
            @ForAll("failureCounts") int n) {
        RetryPolicy policy = jittered.toBuilder()
                .jitter(new Jitter.None())
                .first(null)
                .measureFrom(
                        jittered.rule().measureFrom().first() == MeasureFrom.Origin.FAILURE
                                ? MeasureFrom.FAILURE
                                : MeasureFrom.CREATION)
                .maxAttempts(RetryPolicy.UNLIMITED)
                .build();

        Decision one = plan(policy, n, failure);
        Decision next = plan(policy, n + 1, failure);

        boolean monotone = !(policy.ruleFor(failure.category()).backoff() instanceof Backoff.Table)
                && policy.ruleFor(failure.category()).first() == null;
        if (monotone && one instanceof Decision.Retry first && next instanceof Decision.Retry second) {
            assertThat(second.delay()).isGreaterThanOrEqualTo(first.delay());
        }
    }

    @Property
    void neverMoreAttemptsThanThePolicyAllows(
            @ForAll("policies") RetryPolicy policy,
            @ForAll("cycles") CycleState cycle,
            @ForAll("failures") Failure failure) {
        Decision decision = RetryPlanner.plan(policy, cycle, failure, Cycles.NOW, new SplittableRandom(1));

        if (decision instanceof Decision.Retry) {
            assertThat(cycle.failures()).isLessThan(policy.maxAttempts());
            assertThat(policy.retries(failure.category())).isTrue();
        }
    }

    @Property
    void whatThePolicyNeverRetriesIsNeverRetried(
            @ForAll("policies") RetryPolicy policy,
            @ForAll("cycles") CycleState cycle,
            @ForAll("failures") Failure failure) {
        RetryPolicy never = policy.toBuilder().neverOn(failure.category()).build();

        assertThat(RetryPlanner.plan(never, cycle, failure, Cycles.NOW, new SplittableRandom(1)))
                .isInstanceOf(Decision.GiveUp.class);
    }

    @Property
    void afterAnOutageNothingThatCountsFromCreationStormsThroughTheFloor(
            @ForAll("policies") RetryPolicy policy,
            @ForAll("failures") Failure failure,
            @ForAll("outages") Duration outage,
            @ForAll("failureCounts") int n,
            @ForAll long seed) {
        RetryPolicy fromCreation =
                policy.toBuilder().measureFrom(MeasureFrom.CREATION).build();

        Decision decision = RetryPlanner.plan(
                fromCreation, Cycles.startedAgo(n, outage), failure, Cycles.NOW, new SplittableRandom(seed));

        // the time that was meant is long past: at once, but never sooner than min-delay
        if (decision instanceof Decision.Retry retry) {
            assertThat(retry.delay())
                    .isGreaterThanOrEqualTo(
                            fromCreation.ruleFor(failure.category()).bounds().min());
        }
    }

    @Property
    void aDelayIsElapsedTimeWhateverTheClocksOnTheWallDo(
            @ForAll("changesOfClocks") ZoneOffsetTransition change,
            @ForAll @IntRange(min = 0, max = 7_200) int secondsBefore,
            @ForAll("failures") Failure failure) {
        RetryPolicy hourly = RetryPolicy.builder()
                .backoff(new Backoff.Fixed(Duration.ofHours(2)))
                .maxDelay(Duration.ofHours(2))
                .jitter(new Jitter.None())
                .retryOn(new RetryOn.All())
                .retryAfterCeiling(Duration.ZERO)
                .build();
        Instant now = change.getInstant().minusSeconds(secondsBefore);

        Decision decision = RetryPlanner.plan(hourly, Cycles.afterFailure(1), failure, now, new SplittableRandom(1));

        assertThat(((Decision.Retry) decision).at()).isEqualTo(now.plusSeconds(7_200));
    }

    private static Decision plan(RetryPolicy policy, int failures, Failure failure) {
        return RetryPlanner.plan(policy, Cycles.afterFailure(failures), failure, Cycles.NOW, new SplittableRandom(1));
    }

    private static Duration asked(RetryPolicy policy, Failure failure) {
        if (failure.retryAfter() == null) {
            return Duration.ZERO;
        }
        boolean above = failure.retryAfter().compareTo(policy.retryAfterCeiling()) > 0;
        return above
                ? policy.retryAfterCeiling()
                : Duration.ofMillis(failure.retryAfter().toMillis());
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Policies.withoutCategories();
    }

    @Provide
    Arbitrary<CycleState> cycles() {
        Arbitrary<Instant> started =
                Arbitraries.longs().between(-10_000_000_000L, 100_000).map(seconds -> Cycles.NOW.plusSeconds(seconds));
        Arbitrary<Duration> parked = Arbitraries.longs().between(0, 100_000_000).map(Duration::ofSeconds);
        return Combinators.combine(failureCounts(), Arbitraries.integers().between(0, 4), started, started, parked)
                .as((n, lost, from, created, held) -> new CycleState(n, Map.of(), lost, from, created, held));
    }

    @Provide
    Arbitrary<Duration> outages() {
        return Arbitraries.longs().between(0, 100_000_000).map(Duration::ofSeconds);
    }

    @Provide
    Arbitrary<ZoneOffsetTransition> changesOfClocks() {
        Arbitrary<ZoneId> zones = Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
                .map(ZoneId::of);
        return Combinators.combine(zones, instants())
                .as((zone, from) -> zone.getRules().nextTransition(from))
                .filter(change ->
                        change != null && change.getInstant().isBefore(RetryPlanner.END_OF_TIME.minusSeconds(100_000)));
    }

    @Provide
    Arbitrary<Integer> failureCounts() {
        return Arbitraries.integers().between(1, 10_000);
    }

    @Provide
    Arbitrary<Failure> failures() {
        Arbitrary<Duration> asked = Arbitraries.longs()
                .map(seconds -> Duration.ofSeconds(seconds, 1))
                .injectNull(0.5);
        Arbitrary<Duration> soon = Arbitraries.longs().between(-10, 200_000).map(Duration::ofSeconds);
        return Combinators.combine(Arbitraries.of(ErrorCategories.shipped()), Arbitraries.oneOf(asked, soon))
                .as((category, wait) -> new Failure(category, null, "m", null, null, wait, null));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(0, RetryPlanner.END_OF_TIME.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }
}
