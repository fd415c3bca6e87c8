package io.requartz.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.deadletter.DeadLetterFilter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BulkActionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static BulkAction action(BulkState state, Integer rate, long done, Instant nextAt, Instant workedAt) {
        return new BulkAction(
                "id",
                rate == null ? BulkKind.RESOLVE_DEAD_LETTERS : BulkKind.RETRY_DEAD_LETTERS,
                BulkCriteria.letters(DeadLetterFilter.OPEN),
                null,
                state,
                "anna",
                null,
                rate,
                new BulkProgress(1_000, done, 0, 0, "cursor", nextAt, null),
                NOON,
                null,
                workedAt,
                "node",
                2);
    }

    @Test
    void whatIsLetGoAtARateEndsWhenTheLastIsDue() {
        BulkAction action = action(BulkState.RUNNING, 20, 400, NOON.plusSeconds(25), NOON.plusSeconds(20));

        assertThat(action.progress().left()).isEqualTo(600);
        assertThat(action.perSecond()).hasValue(20);
        assertThat(action.predictedEnd()).hasValue(NOON.plusSeconds(25 + 30));
    }

    @Test
    void whatHasNoRateGoesOnAsFastAsSoFar() {
        BulkAction action = action(BulkState.RUNNING, null, 400, NOON.plusSeconds(4), NOON.plusSeconds(4));

        assertThat(action.perSecond()).hasValue(100);
        assertThat(action.predictedEnd()).hasValue(NOON.plusSeconds(4 + 6));
    }

    @Test
    void nothingIsPredictedBeforeAnythingTellsOrWhileItIsHeld() {
        assertThat(action(BulkState.RUNNING, null, 0, NOON, null).perSecond()).isEmpty();
        assertThat(action(BulkState.RUNNING, null, 0, NOON, null).predictedEnd())
                .isEmpty();
        assertThat(action(BulkState.PAUSED, 20, 400, NOON, NOON).predictedEnd()).isEmpty();
        assertThat(action(BulkState.DONE, 20, 1_000, NOON, NOON).predictedEnd()).isEmpty();
    }

    @Test
    void aStandstillIsPredictedToEndInTenYearsRatherThanNever() {
        BulkAction action = action(BulkState.RUNNING, null, 1, NOON, NOON.plusSeconds(360_000_000L));

        assertThat(action.predictedEnd()).hasValue(NOON.plusSeconds(3650 * 86_400L));
    }
}
