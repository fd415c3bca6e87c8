package io.requartz.jobstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.jdbc.TriggerRows.Head;
import io.requartz.jobstore.AcquirePlan.Take;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcquirePlanTest {

    private static final long NOW = 1_000_000;

    private static List<Take> plan(List<Head> heads, int capacity, Map<String, Integer> running) {
        return AcquirePlan.of(heads, NOW, capacity, running, Map.of());
    }

    @Test
    void aSingleTypeMayHaveEveryPlace() {
        assertThat(plan(List.of(new Head("a", 5, NOW, false)), 8, Map.of("a", 30)))
                .containsExactly(new Take("a", 5, 8, false));
    }

    @Test
    void whatIsNotDueIsLeftAlone() {
        assertThat(plan(List.of(new Head("a", 5, NOW + 1, false)), 8, Map.of())).isEmpty();
    }

    @Test
    void higherLevelsComeFirst() {
        assertThat(plan(
                        List.of(
                                new Head("a", 5, NOW - 9, false),
                                new Head("a", 9, NOW, false),
                                new Head("b", 7, NOW, false)),
                        8,
                        Map.of()))
                .extracting(Take::level)
                .containsExactly(9, 7, 5);
    }

    @Test
    void aRunThatWaitsLongRisesToTheTop() {
        long aged = NOW - 4 * AcquirePlan.AGING.toMillis() - 1;
        assertThat(plan(List.of(new Head("a", 9, NOW, false), new Head("b", 1, aged, false)), 8, Map.of()))
                .extracting(Take::type)
                .containsExactly("b", "a");
    }

    @Test
    void aTypeThatFillsTheNodeGetsNothingWhileAnotherIsDue() {
        List<Take> takes = plan(
                List.of(new Head("bulk", 5, NOW - 99, false), new Head("small", 5, NOW, false)), 1, Map.of("bulk", 9));
        assertThat(takes).contains(new Take("bulk", 5, 0, false), new Take("small", 5, 5, false));
    }

    @Test
    void amongEqualsTheOneServedLongestAgoComesFirst() {
        List<Head> heads = List.of(new Head("a", 5, NOW - 5, false), new Head("b", 5, NOW, false));
        assertThat(AcquirePlan.of(heads, NOW, 1, Map.of(), Map.of("a", 2L, "b", 1L)))
                .extracting(Take::type)
                .containsExactly("b", "a");
    }
}
