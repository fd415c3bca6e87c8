package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.retry.Decision;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.retry.Simulation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do, as an answer.
 *
 * @param effective the policy
 * @param seed of the jitter: the same one gives the same delays
 * @param end what became of the run: {@code retry} if it would still be tried again, {@code close} or {@code dead-letter}
 * @param reason why it was given up; null if it was not
 */
record SimulationView(
        JsonNode effective,
        long seed,
        List<Step> attempts,
        String end,
        @Nullable String reason) {

    /**
     * A failed attempt and what follows.
     *
     * @param startsAfterSeconds since the first attempt's start
     * @param nextAfterSeconds the same for the next attempt; null if there is none
     */
    record Step(
            int attempt,
            double startsAfterSeconds,
            String category,
            @Nullable Double delaySeconds,
            @Nullable Double nextAfterSeconds,
            @Nullable String strategy,
            String why) {}

    static SimulationView of(RetryPolicy policy, Simulation.Ordeal ordeal, List<Simulation.Step> steps) {
        Decision last = steps.get(steps.size() - 1).decision();
        Decision.GiveUp over = last instanceof Decision.GiveUp giveUp ? giveUp : null;
        return new SimulationView(
                RetryPolicyFormat.write(policy),
                ordeal.seed(),
                steps.stream().map(step -> step(step, ordeal)).toList(),
                over == null ? "retry" : over.close() ? "close" : "dead-letter",
                over == null ? null : over.reason().label());
    }

    private static Step step(Simulation.Step step, Simulation.Ordeal ordeal) {
        Decision.Retry retry = step.decision() instanceof Decision.Retry again ? again : null;
        return new Step(
                step.attempt(),
                AttemptView.seconds(step.startsAfter()),
                step.category().name(),
                retry == null ? null : AttemptView.seconds(retry.delay()),
                retry == null
                        ? null
                        : AttemptView.seconds(
                                step.startsAfter().plus(ordeal.attemptTakes()).plus(retry.delay())),
                retry == null ? null : retry.strategy(),
                step.decision().why());
    }
}
