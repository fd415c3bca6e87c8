package io.requartz.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BulkCriteriaFormatTest {

    private static final Instant TIME = Instant.parse("2026-01-15T14:00:00.123Z");
    private static final RunFilter RUNS = new RunFilter(
            Set.of(RunState.DEAD, RunState.RETRYING),
            "sync",
            ErrorCategory.TIMEOUT,
            "menu",
            "01890",
            TIME,
            TIME.plusSeconds(1),
            TIME.plusSeconds(2),
            3,
            7L);
    private static final DeadLetterFilter LETTERS = new DeadLetterFilter(
            DeadLetterStatus.OPEN,
            "sync",
            DeadLetterReason.NOT_RETRYABLE,
            ErrorCategory.NETWORK,
            "0123456789abcdef",
            "anna",
            TIME,
            TIME.plusSeconds(1));

    /** A component that the format forgets would make the criteria wider than they were meant. */
    @Test
    void nothingOfAFilterIsLost() throws Exception {
        requireAllSet(RUNS);
        requireAllSet(LETTERS);

        assertThat(again(BulkCriteria.runs(RUNS))).isEqualTo(BulkCriteria.runs(RUNS));
        assertThat(again(BulkCriteria.letters(LETTERS))).isEqualTo(BulkCriteria.letters(LETTERS));
        BulkCriteria selected = new BulkCriteria(RunFilter.ALL, null, List.of("a", "b"));
        assertThat(again(selected)).isEqualTo(selected);
    }

    private static void requireAllSet(Record filter) throws Exception {
        for (RecordComponent component : filter.getClass().getRecordComponents()) {
            assertThat(component.getAccessor().invoke(filter))
                    .as(component.getName())
                    .isNotNull();
        }
    }

    private static BulkCriteria again(BulkCriteria criteria) {
        return BulkCriteriaFormat.read(BulkCriteriaFormat.write(criteria));
    }

    @Test
    void whatIsLeftOpenStaysOpen() {
        assertThat(BulkCriteriaFormat.write(BulkCriteria.runs(RunFilter.ALL))).isEqualTo("{\"of\":\"runs\"}");
        assertThat(again(BulkCriteria.letters(DeadLetterFilter.ALL)))
                .isEqualTo(BulkCriteria.letters(DeadLetterFilter.ALL));
    }

    @Test
    void nobodyIsSomethingElseThanAnybody() {
        DeadLetterFilter nobodys = new DeadLetterFilter(null, null, null, null, null, "", null, null);

        assertThat(again(BulkCriteria.letters(nobodys)).letters().assignee()).isEmpty();
    }

    @Test
    void whatAnotherVersionWroteIsNotReadAsWider() {
        for (String strange : Arrays.asList(
                "{\"of\":\"runs\",\"moon\":\"full\"}",
                "{\"of\":\"dead_letters\",\"scope\":7}",
                "{\"of\":\"runs\",\"state\":[\"SLEEPING\"]}",
                "{\"of\":\"batches\"}",
                "{}",
                "nonsense")) {
            assertThatThrownBy(() -> BulkCriteriaFormat.read(strange))
                    .as(strange)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
