package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a policy would do with a run that fails and fails. Pure: the same arguments give the same attempts. */
public final class Simulation {

    /** More failures than this tell nothing new. */
    public static final int MOST_FAILURES = 1_000;

    private Simulation() {}

    /**
     * A run that is made up.
     *
     * @param failures how many attempts fail at most, 1 to {@value #MOST_FAILURES}; the one after them would succeed
     * @param categories of the first failure, the second, and so on; the last one's holds for the rest
     * @param attemptTakes how long each attempt runs
     * @param retryAfter what the downstream asks for with every failure; null: nothing
     * @param seed of the jitter
     */
    public record Ordeal(
            int failures, List<ErrorCategory> categories, Duration attemptTakes, Duration retryAfter, long seed) {
        public Ordeal {
            categories = List.copyOf(categories);
            if (failures < 1 || failures > MOST_FAILURES) {
                throw new IllegalArgumentException("failures is " + failures + "; expected 1 to " + MOST_FAILURES);
            }
            if (categories.isEmpty()) {
                throw new IllegalArgumentException("expected the category of at least the first failure");
            }
            Requirement.duration("attempt-takes", attemptTakes);
        }

        ErrorCategory category(int failure) {
            return categories.get(Math.min(failure, categories.size()) - 1);
        }
    }

    /**
     * A failed attempt and what follows.
     *
     * @param attempt from 1
     * @param startsAfter since the start of the first attempt
     * @param decision what the policy makes of it
     */
    public record Step(int attempt, Duration startsAfter, ErrorCategory category, Decision decision) {}

    /** Ends with the attempt that is not tried again, or with the last one that was asked for. */
    public static List<Step> of(RetryPolicy policy, Ordeal ordeal, Instant start) {
        SplittableRandom random = new SplittableRandom(ordeal.seed());
        Map<ErrorCategory, Integer> byCategory = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        Instant begins = start;
        for (int failure = 1; failure <= ordeal.failures(); failure++) {
            ErrorCategory category = ordeal.category(failure);
            byCategory.merge(category, 1, Integer::sum);
            CycleState cycle = new CycleState(
                    failure,
                    byCategory,
                    byCategory.getOrDefault(ErrorCategory.NODE_LOST, 0),
                    start,
                    start,
                    Duration.ZERO);
            Failure failed = new Failure(category, null, "it failed", null, null, ordeal.retryAfter(), null);
            Instant ended = begins.plus(ordeal.attemptTakes());
            Decision decision = RetryPlanner.plan(policy, cycle, failed, ended, random);
            steps.add(new Step(failure, Duration.between(start, begins), category, decision));
            if (!(decision instanceof Decision.Retry retry)) {
                break;
            }
            begins = retry.at();
        }
        return steps;
    }
}
