package io.requartz.retry;

import static io.requartz.retry.Cycles.NOW;
import static io.requartz.retry.Cycles.afterFailure;
import static io.requartz.retry.Cycles.askingFor;
import static io.requartz.retry.Cycles.failure;
import static io.requartz.retry.Cycles.lostNodes;
import static io.requartz.retry.Cycles.startedAgo;
import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPlannerTest {

    private static final Failure UNKNOWN = failure(ErrorCategory.UNKNOWN);
    private static final RetryPolicy EXACT = RetryPolicy.builder()
            .backoff(new Backoff.Exponential(Duration.ofSeconds(10)))
            .jitter(new Jitter.None())
            .build();

    private final RandomGenerator random = new SplittableRandom(42);

    @Test
    void retriesAfterTheDelayOfTheBackoff() {
        Decision.Retry retry = retry(EXACT, afterFailure(2), UNKNOWN);

        assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(20));
        assertThat(retry.at()).isEqualTo(NOW.plusSeconds(20));
        assertThat(retry.strategy()).isEqualTo("exponential");
        assertThat(retry.why()).isEqualTo("failure 2 of at most 5: exponential 10s x 2 = 20s");
    }

    @Test
    void tellsTheJitterThatWasDrawn() {
        RetryPolicy policy = EXACT.toBuilder().jitter(new Jitter.Equal()).build();

        Decision.Retry retry = retry(policy, afterFailure(2), UNKNOWN);

        assertThat(retry.delay()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(retry.why()).matches("failure 2 of at most 5: exponential 10s x 2 = 20s, jitter -> 1\\d(\\.\\d)?s");
    }

    @Test
    void theSameDrawsGiveTheSameDecision() {
        Decision one = RetryPlanner.plan(RetryPolicy.DEFAULT, afterFailure(3), UNKNOWN, NOW, new SplittableRandom(7));
        Decision other = RetryPlanner.plan(RetryPolicy.DEFAULT, afterFailure(3), UNKNOWN, NOW, new SplittableRandom(7));

        assertThat(one).isEqualTo(other);
    }

    @Test
    void givesUpWhenTheAttemptsAreUsedUp() {
        Decision.GiveUp over = giveUp(EXACT, afterFailure(5), UNKNOWN);

        assertThat(over.reason()).isEqualTo(GiveUpReason.EXHAUSTED);
        assertThat(over.close()).isFalse();
        assertThat(over.why()).isEqualTo("failure 5 of at most 5: no attempt is left");
    }

    @Test
    void goesOnForEverIfAttemptsAreUnlimited() {
        RetryPolicy policy =
                EXACT.toBuilder().maxAttempts(RetryPolicy.UNLIMITED).build();

        assertThat(retry(policy, afterFailure(10_000), UNKNOWN).delay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aPersistentFailureIsNotTriedAgain() {
        Decision.GiveUp over = giveUp(RetryPolicy.DEFAULT, afterFailure(1), failure(ErrorCategory.AUTHENTICATION));

        assertThat(over.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(over.why()).isEqualTo("authentication is not tried again; a person must act");
    }

    @Test
    void closesInsteadOfADeadLetterIfThePolicySaysSo() {
        RetryPolicy policy = EXACT.toBuilder().whenOver(WhenOver.CLOSE).build();

        assertThat(giveUp(policy, afterFailure(5), UNKNOWN).close()).isTrue();
        assertThat(giveUp(policy, afterFailure(1), failure(ErrorCategory.VALIDATION))
                        .close())
                .isTrue();
    }

    @Test
    void leavesTheRetryToTheScheduleAndCloses() {
        RetryPolicy policy =
                RetryPolicy.builder().backoff(new Backoff.Schedule()).build();

        Decision.GiveUp over = giveUp(policy, afterFailure(1), UNKNOWN);

        assertThat(over.close()).isTrue();
        assertThat(over.reason()).isEqualTo(GiveUpReason.EXHAUSTED);
        assertThat(over.why()).isEqualTo("the next fire of its schedule is the retry");
        RetryPolicy kept = policy.toBuilder().whenOver(WhenOver.DEAD_LETTER).build();
        assertThat(giveUp(kept, afterFailure(1), UNKNOWN).close()).isFalse();
    }

    @Test
    void theThirdLostNodeIsACrashWhateverThePolicySays() {
        Failure lost = failure(ErrorCategory.NODE_LOST);
        RetryPolicy generous = RetryPolicy.builder()
                .retryOn(new RetryOn.All())
                .maxAttempts(100)
                .whenOver(WhenOver.CLOSE)
                .build();

        assertThat(retry(generous, lostNodes(2), lost).delay()).isZero();
        Decision.GiveUp over = giveUp(generous, lostNodes(3), lost);
        assertThat(over.reason()).isEqualTo(GiveUpReason.CRASHED);
        assertThat(over.close()).isFalse();
        assertThat(giveUp(RetryPolicy.builder().maxAttempts(1).build(), lostNodes(3), lost)
                        .reason())
                .isEqualTo(GiveUpReason.CRASHED);
    }

    @Test
    void anotherFailureAfterLostNodesIsNoCrash() {
        assertThat(retry(RetryPolicy.DEFAULT, lostNodes(3), UNKNOWN).delay()).isPositive();
    }

    @Test
    void atMostOnceIsNeverOnNodeLost() {
        RetryPolicy policy =
                RetryPolicy.builder().neverOn(ErrorCategory.NODE_LOST).build();

        assertThat(giveUp(policy, lostNodes(1), failure(ErrorCategory.NODE_LOST))
                        .reason())
                .isEqualTo(GiveUpReason.NOT_RETRYABLE);
    }

    @Test
    void firstReplacesTheFirstDelayOnly() {
        RetryPolicy policy = EXACT.toBuilder().first(Duration.ZERO).build();

        assertThat(retry(policy, afterFailure(1), UNKNOWN).delay()).isZero();
        assertThat(retry(policy, afterFailure(1), UNKNOWN).why()).isEqualTo("failure 1 of at most 5: first 0s");
        assertThat(retry(policy, afterFailure(2), UNKNOWN).delay()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aTableRepeatsItsLastEntry() {
        RetryPolicy policy = RetryPolicy.builder()
                .backoff(new Backoff.Table(hours(1), hours(6), hours(24), hours(72)))
                .jitter(new Jitter.None())
                .maxDelay(RetryPolicy.FOREVER)
                .maxAttempts(10)
                .build();

        List<Long> delays = IntStream.rangeClosed(1, 6)
                .mapToObj(n -> retry(policy, afterFailure(n), UNKNOWN).delay().toHours())
                .toList();

        assertThat(delays).containsExactly(1L, 6L, 24L, 72L, 72L, 72L);
        assertThat(retry(policy, afterFailure(3), UNKNOWN).why())
                .isEqualTo("failure 3 of at most 10: table entry 3 of 4 = 1d");
    }

    @Test
    void aCategoryHasItsOwnBackoffAndCountsItsOwnFailures() {
        RetryPolicy policy = EXACT.toBuilder()
                .byCategory(
                        ErrorCategory.RATE_LIMIT,
                        own -> own.withBackoff(new Backoff.Fixed(Duration.ofSeconds(1)))
                                .withMaxAttempts(3))
                .build();
        Failure limited = failure(ErrorCategory.RATE_LIMIT);

        Decision.Retry second = retry(policy, counted(8, ErrorCategory.RATE_LIMIT, 2), limited);

        assertThat(second.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(second.why()).isEqualTo("rate_limit failure 2 of at most 3: fixed 1s");
        assertThat(giveUp(policy, counted(3, ErrorCategory.RATE_LIMIT, 3), limited)
                        .reason())
                .isEqualTo(GiveUpReason.EXHAUSTED);
        assertThat(giveUp(policy, counted(5, ErrorCategory.RATE_LIMIT, 1), UNKNOWN)
                        .reason())
                .isEqualTo(GiveUpReason.EXHAUSTED);
    }

    @Test
    void theFormulaCountsAllFailuresInACategoryToo() {
        RetryPolicy policy = EXACT.toBuilder()
                .byCategory(ErrorCategory.TIMEOUT, own -> own.withBackoff(new Backoff.Linear(Duration.ofSeconds(2))))
                .build();

        Decision.Retry retry = retry(policy, counted(4, ErrorCategory.TIMEOUT, 1), failure(ErrorCategory.TIMEOUT));

        assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aRetryAfterIsAFloorThatJitterOnlyAddsTo() {
        RetryPolicy policy = EXACT.toBuilder().jitter(new Jitter.Full()).build();
        SplittableRandom draws = new SplittableRandom(3);

        for (int i = 0; i < 1_000; i++) {
            Decision.Retry retry = (Decision.Retry)
                    RetryPlanner.plan(policy, afterFailure(1), askingFor(Duration.ofMinutes(2)), NOW, draws);
            assertThat(retry.delay()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(130));
            assertThat(retry.strategy()).isEqualTo("retry-after");
            assertThat(retry.why())
                    .startsWith("failure 1 of at most 5: exponential 10s = 10s; Retry-After 2m, jitter -> 2m");
        }
    }

    @Test
    void aShorterRetryAfterIsAFloorOfTheJitter() {
        RetryPolicy policy = EXACT.toBuilder().jitter(new Jitter.Full()).build();

        for (int i = 0; i < 1_000; i++) {
            Decision.Retry retry = retry(policy, afterFailure(3), askingFor(Duration.ofSeconds(15)));
            assertThat(retry.delay()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(40));
            assertThat(retry.strategy()).isEqualTo("exponential");
        }
    }

    @Test
    void aRetryAfterAboveTheCeilingIsTheCeiling() {
        RetryPolicy policy = EXACT.toBuilder()
                .jitter(new Jitter.Plus(Duration.ofMinutes(5)))
                .retryAfterCeiling(Duration.ofMinutes(30))
                .build();

        Decision.Retry retry = retry(policy, afterFailure(1), askingFor(Duration.ofDays(3_000_000)));

        assertThat(retry.delay()).isEqualTo(Duration.ofMinutes(30));
        assertThat(retry.why()).contains("; Retry-After 3000000d, at most 30m, jitter -> 30m");
    }

    @Test
    void aRetryAfterMayPassTheGreatestDelay() {
        assertThat(retry(EXACT, afterFailure(1), askingFor(hours(5))).delay()).isEqualTo(hours(5));
    }

    @Test
    void aRetryAfterIsNotHonouredIfTheCeilingIsZero() {
        RetryPolicy policy = EXACT.toBuilder().retryAfterCeiling(Duration.ZERO).build();

        Decision.Retry retry = retry(policy, afterFailure(1), askingFor(hours(5)));

        assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(retry.strategy()).isEqualTo("exponential");
    }

    @Test
    void countsFromCreationAfterTheFirstAsTheMessageRecipeWantsIt() {
        RetryPolicy policy = RetryPolicy.builder()
                .backoff(new Backoff.Linear(Duration.ofMinutes(15)))
                .measureFrom(new MeasureFrom(MeasureFrom.Origin.FAILURE, MeasureFrom.Origin.CREATION))
                .minDelay(Duration.ofMinutes(15))
                .maxRetries(10)
                .jitter(new Jitter.None())
                .build();

        assertThat(retry(policy, startedAgo(1, Duration.ofSeconds(20)), UNKNOWN).delay())
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(retry(policy, startedAgo(2, Duration.ofMinutes(3)), UNKNOWN).delay())
                .isEqualTo(Duration.ofMinutes(27));
        assertThat(retry(policy, startedAgo(3, Duration.ofMinutes(31)), UNKNOWN).delay())
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(retry(policy, startedAgo(10, Duration.ofMinutes(135)), UNKNOWN)
                        .delay())
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(giveUp(policy, startedAgo(11, Duration.ofMinutes(150)), UNKNOWN)
                        .reason())
                .isEqualTo(GiveUpReason.EXHAUSTED);
    }

    @Test
    void aTimeFromCreationThatIsPastMeansAtOnce() {
        RetryPolicy policy = EXACT.toBuilder().measureFrom(MeasureFrom.CREATION).build();

        Decision.Retry retry = retry(policy, startedAgo(2, hours(9)), UNKNOWN);

        assertThat(retry.delay()).isZero();
        assertThat(retry.why())
                .isEqualTo("failure 2 of at most 5: exponential 10s x 2 = 20s from creation, 0s of it left");
    }

    @Test
    void givesUpWhenTheTimeOfTheCycleIsOverOrWouldBe() {
        RetryPolicy policy =
                EXACT.toBuilder().maxElapsed(Duration.ofMinutes(10)).build();

        assertThat(giveUp(policy, startedAgo(1, Duration.ofMinutes(10)), UNKNOWN)
                        .reason())
                .isEqualTo(GiveUpReason.ELAPSED);
        assertThat(giveUp(policy, startedAgo(2, Duration.ofSeconds(581)), UNKNOWN)
                        .reason())
                .isEqualTo(GiveUpReason.ELAPSED);
        assertThat(retry(policy, startedAgo(2, Duration.ofSeconds(580)), UNKNOWN)
                        .delay())
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(giveUp(policy, startedAgo(1, Duration.ofMinutes(9)), askingFor(Duration.ofMinutes(2)))
                        .reason())
                .isEqualTo(GiveUpReason.ELAPSED);
    }

    @Test
    void parkedTimeDoesNotCountAsElapsed() {
        RetryPolicy policy =
                EXACT.toBuilder().maxElapsed(Duration.ofMinutes(10)).build();
        CycleState parked = new CycleState(1, Map.of(), 0, NOW.minus(hours(5)), NOW.minus(hours(6)), hours(5));

        assertThat(retry(policy, parked, UNKNOWN).delay()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void jitterAloneNeverPassesTheTimeOfTheCycle() {
        RetryPolicy policy = EXACT.toBuilder()
                .maxElapsed(Duration.ofMinutes(10))
                .jitter(new Jitter.Plus(hours(1)))
                .build();

        for (int i = 0; i < 100; i++) {
            assertThat(retry(policy, startedAgo(1, Duration.ofMinutes(9)), UNKNOWN)
                            .delay())
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
        }
    }

    @Test
    void aClockThatWentBackwardsIsNoElapsedTime() {
        RetryPolicy policy =
                EXACT.toBuilder().maxElapsed(Duration.ofMinutes(10)).build();

        assertThat(retry(policy, startedAgo(1, hours(-3)), UNKNOWN).delay()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void neverPlansBeyondTheYear9999() {
        RetryPolicy policy = EXACT.toBuilder()
                .maxDelay(RetryPolicy.FOREVER)
                .maxAttempts(RetryPolicy.UNLIMITED)
                .build();
        Instant late = Instant.parse("9999-12-31T23:00:00Z");

        Decision.Retry far = retry(policy, afterFailure(10_000), UNKNOWN);
        Decision.Retry near = (Decision.Retry) RetryPlanner.plan(policy, afterFailure(9_999), UNKNOWN, late, random);
        Decision.Retry past = (Decision.Retry)
                RetryPlanner.plan(policy, afterFailure(9_999), askingFor(hours(1)), Instant.MAX, random);

        assertThat(far.at()).isEqualTo(RetryPlanner.END_OF_TIME);
        assertThat(near.at()).isEqualTo(RetryPlanner.END_OF_TIME);
        assertThat(past.delay()).isZero();
    }

    @Test
    void costsMicroseconds() {
        SplittableRandom draws = new SplittableRandom(1);
        long best = Long.MAX_VALUE;
        long kept = 0;
        for (int round = 0; round < 10; round++) {
            long before = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                kept += plan(i, draws);
            }
            best = Math.min(best, (System.nanoTime() - before) / 20_000);
        }

        assertThat(kept).isPositive();
        assertThat(best).as("nanoseconds a plan, in the best of ten rounds").isLessThan(10_000);
    }

    private static long plan(int i, RandomGenerator draws) {
        Decision decision = RetryPlanner.plan(RetryPolicy.DEFAULT, afterFailure(i % 6 + 1), UNKNOWN, NOW, draws);
        return decision.why().length();
    }

    private Decision.Retry retry(RetryPolicy policy, CycleState cycle, Failure failure) {
        Decision decision = RetryPlanner.plan(policy, cycle, failure, NOW, random);
        assertThat(decision).isInstanceOf(Decision.Retry.class);
        return (Decision.Retry) decision;
    }

    private Decision.GiveUp giveUp(RetryPolicy policy, CycleState cycle, Failure failure) {
        Decision decision = RetryPlanner.plan(policy, cycle, failure, NOW, random);
        assertThat(decision).isInstanceOf(Decision.GiveUp.class);
        return (Decision.GiveUp) decision;
    }

    private static CycleState counted(int failures, ErrorCategory category, int ofCategory) {
        return new CycleState(
                failures, Map.of(category, ofCategory), 0, NOW.minusSeconds(60), NOW.minusSeconds(60), Duration.ZERO);
    }

    private static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }
}
