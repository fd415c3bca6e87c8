package io.requartz.admin.rest;

import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one time and cell of a schedule.
 *
 * @param cell null without a matrix, and for all cells of a missed time
 * @param manual a person triggered it
 * @param runId null if it was skipped
 * @param skipped missed, overlap, held or invalid; null if it made a run
 * @param times more than 1 only for missed times that are not kept one by one
 */
record FireView(
        Instant fireTime,
        @Nullable String cell,
        Instant handledAt,
        boolean manual,
        @Nullable String runId,
        @Nullable String runState,
        @Nullable String skipped,
        @Nullable String why,
        long times) {

    static FireView of(FireWithRun each) {
        Fire fire = each.fire();
        return new FireView(
                fire.time(),
                fire.cell().isEmpty() ? null : fire.cell(),
                fire.handledAt(),
                fire.manual(),
                fire.runId(),
                RunView.name(each.runState()),
                fire.skipped() == null ? null : fire.skipped().label(),
                fire.why(),
                fire.times());
    }
}
