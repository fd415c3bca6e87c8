package io.requartz.run;

import java.time.Instant;

/**
 * Where a run comes from and what it brought along, as told at its submission.
 *
 * @param scopeId the scope whose failures it counts for; null: none
 * @param manual a person wanted it: it passes a disabled scope
 * @param policy the run's own keys of a retry policy, JSON of {@link io.requartz.retry.RetryPolicyFormat}; null: none
 * @param schedule the schedule that made it; null: none
 * @param scheduledAt the fire that made it; null without schedule
 * @param cell its cell of the schedule's matrix; null if there is no matrix
 */
public record Origin(Long scopeId, boolean manual, String policy, String schedule, Instant scheduledAt, String cell) {

    public static final Origin NONE = new Origin(null, false, null, null, null, null);

    /**
     * The same, made by a fire.
     *
     * @param inCell null if there is no matrix
     */
    public Origin by(String scheduleName, Instant fire, String inCell) {
        return new Origin(scopeId, manual, policy, scheduleName, fire, inCell);
    }
}
