package io.requartz.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.run.RunState;
import io.requartz.schedule.FirePlan.Fire;
import io.requartz.schedule.FirePlan.OpenRun;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the rules and the outage: each time and cell has one answer, and only what may run does. */
class FirePlanPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

    @Provide
    Arbitrary<RunState> states() {
        return Arbitraries.of(RunState.OPEN);
    }

    private static Schedule schedule(Misfire misfire, Overlap overlap, int cells) {
        StringBuilder values = new StringBuilder("1");
        for (int i = 2; i <= cells; i++) {
            values.append(',').append(i);
        }
        try {
            return ScheduleFormat.parse(
                    "s",
                    new JsonMapper()
                            .readTree("{\"type\": \"a\", \"every\": \"1m\", \"misfire\": \"" + misfire.words()
                                    + "\", \"overlap\": \"" + overlap.words() + "\", \"matrix\": {\"x\": [" + values
                                    + "]}}"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Property(tries = 300)
    void eachTimeAndCellHasExactlyOneAnswer(
            @ForAll Misfire misfire,
            @ForAll Overlap overlap,
            @ForAll @IntRange(min = 1, max = 30) int cells,
            @ForAll @IntRange(max = 3_000) int minutes,
            @ForAll("states") RunState state,
            @ForAll @IntRange(max = 30) int openCells,
            @ForAll @IntRange(max = 30) int heldCells) {
        Schedule schedule = schedule(misfire, overlap, cells);
        Instant first = NOW.minus(Duration.ofMinutes(minutes));
        Map<String, List<OpenRun>> open = new HashMap<>();
        Map<String, String> held = new HashMap<>();
        for (int i = 1; i <= openCells; i++) {
            open.put("x=" + i, List.of(new OpenRun("run " + i, state)));
        }
        for (int i = 1; i <= heldCells; i++) {
            held.put("x=" + (31 - i), "held");
        }

        FirePlan plan = FirePlan.of(schedule, first, schedule.fires().due(first, NOW, 1_000), NOW, open, held);

        Map<Instant, List<Fire>> byTime = plan.fires().stream().collect(Collectors.groupingBy(Fire::time));
        long answered = byTime.values().stream()
                .mapToLong(fires -> fires.get(0).cell().isEmpty() ? fires.get(0).times() : 1)
                .sum();
        assertThat(answered).isEqualTo(minutes + 1L);
        byTime.values().forEach(fires -> {
            boolean whole = fires.get(0).cell().isEmpty();
            assertThat(fires).hasSize(whole ? 1 : cells);
            assertThat(fires.stream().map(Fire::cell)).doesNotHaveDuplicates();
        });
        assertThat(plan.fires().stream().filter(Fire::makesRun))
                .hasSizeLessThanOrEqualTo(FirePlan.MOST_RUNS)
                .allSatisfy(fire -> {
                    assertThat(held).doesNotContainKey(fire.cell());
                    assertThat(!open.containsKey(fire.cell())
                                    || overlap == Overlap.ALLOW
                                    || (overlap == Overlap.SUPERSEDE && state != RunState.RUNNING))
                            .isTrue();
                });
    }

    @Property(tries = 200)
    void aTimeIsNeverGivenTwiceAndNeverLeftOut(
            @ForAll @IntRange(max = 400) int days, @ForAll @IntRange(min = 1, max = 300) int steps) {
        NextFires fires = schedule(Misfire.SKIP, Overlap.SKIP, 1).fires();
        Instant from = Instant.parse("2026-01-01T00:00:17Z").plus(Duration.ofDays(days));

        List<Instant> upcoming = fires.upcoming(from, steps);
        NextFires.Due due = fires.due(upcoming.get(0), upcoming.get(steps - 1), 1_000);

        assertThat(due.kept()).isEqualTo(upcoming);
        assertThat(due.next()).isEqualTo(fires.after(upcoming.get(steps - 1)));
    }
}
