package io.requartz.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.run.RunState;
import io.requartz.schedule.FirePlan.Fire;
import io.requartz.schedule.FirePlan.OpenRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirePlanTest {

    private static final Instant NINE = Instant.parse("2026-03-03T09:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private static Schedule hourly(String more) {
        try {
            return ScheduleFormat.parse(
                    "hourly", new JsonMapper().readTree("{\"type\": \"a\", \"every\": \"1h\"" + more + "}"));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static FirePlan plan(Schedule schedule, Instant first, Instant now, Map<String, List<OpenRun>> open) {
        return FirePlan.of(schedule, first, schedule.fires().due(first, now, 1_000), now, open, Map.of());
    }

    private static List<String> told(FirePlan plan) {
        return plan.fires().stream()
                .map(fire -> fire.time().toString().substring(11, 16) + " "
                        + (fire.cell().isEmpty() ? "" : fire.cell() + " ")
                        + (fire.makesRun() ? "run" : fire.skipped().label()))
                .toList();
    }

    private static Map<String, List<OpenRun>> open(RunState state) {
        return Map.of("", List.of(new OpenRun("run-7", state)));
    }

    @Test
    void aPunctualTimeMakesARun() {
        assertThat(told(plan(hourly(""), NOON, NOON.plusSeconds(1), Map.of()))).containsExactly("12:00 run");
    }

    @Test
    void afterAnOutageOneRunMakesUpForAll() {
        assertThat(told(plan(hourly(""), NINE, NOON.plusSeconds(1800), Map.of())))
                .containsExactly("09:00 missed", "10:00 missed", "11:00 missed", "12:00 run");
    }

    @Test
    void thePunctualRunMakesUpForWhatWasMissed() {
        assertThat(told(plan(hourly(""), NINE, NOON, Map.of())))
                .containsExactly("09:00 missed", "10:00 missed", "11:00 missed", "12:00 run");
    }

    @Test
    void skipMakesNoRunOfWhatWasMissed() {
        Schedule schedule = hourly(", \"misfire\": \"skip\"");

        assertThat(told(plan(schedule, NINE, NOON.plusSeconds(1800), Map.of())))
                .containsExactly("09:00 missed", "10:00 missed", "11:00 missed", "12:00 missed");
        assertThat(told(plan(schedule, NINE, NOON.plusSeconds(30), Map.of()))).endsWith("12:00 run");
    }

    @Test
    void runAllMakesARunOfEachAlthoughTheyOverlap() {
        assertThat(told(plan(hourly(", \"misfire\": \"run all\""), NINE, NOON, Map.of())))
                .containsExactly("09:00 run", "10:00 run", "11:00 run", "12:00 run");
    }

    @Test
    void runAllEndsAtAThousandRunsAndSkipsTheOldest() {
        Schedule schedule = hourly(", \"misfire\": \"run all\"");
        Instant first = NOON.minusSeconds(3600L * 1_499);

        FirePlan plan = plan(schedule, first, NOON, Map.of());

        assertThat(plan.fires().stream().filter(Fire::makesRun)).hasSize(1_000);
        assertThat(plan.fires().get(0)).satisfies(older -> {
            assertThat(older.time()).isEqualTo(first);
            assertThat(older.times()).isEqualTo(500);
            assertThat(older.skipped()).isEqualTo(Skipped.MISSED);
        });
        assertThat(plan.fires()).last().matches(Fire::makesRun);
    }

    @Test
    void runAllCountsTheCellsOfAMatrix() {
        Schedule schedule = hourly(
                ", \"misfire\": \"run all\", \"matrix\": {\"x\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], \"y\": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}");

        FirePlan plan = plan(schedule, NOON.minusSeconds(3600 * 19), NOON, Map.of());

        assertThat(plan.fires().stream().filter(Fire::makesRun)).hasSize(1_000);
        assertThat(plan.fires().stream().filter(fire -> !fire.makesRun())).hasSize(10);
    }

    @Test
    void anOpenRunOfTheCellKeepsThatCellFromRunning() {
        Schedule schedule = hourly(", \"matrix\": {\"shop\": [1, 2]}");

        FirePlan plan = plan(schedule, NOON, NOON, Map.of("shop=1", List.of(new OpenRun("run-7", RunState.RETRYING))));

        assertThat(told(plan)).containsExactly("12:00 shop=1 overlap", "12:00 shop=2 run");
        assertThat(plan.fires().get(0).why()).isEqualTo("an earlier run is open: run-7 is RETRYING");
    }

    @Test
    void allowRunsBesideAnOpenRun() {
        assertThat(told(plan(hourly(", \"overlap\": \"allow\""), NOON, NOON, open(RunState.RUNNING))))
                .containsExactly("12:00 run");
    }

    @Test
    void supersedeCancelsARunThatWaitsButNoRunningOne() {
        Schedule schedule = hourly(", \"overlap\": \"supersede\"");

        FirePlan waiting = plan(schedule, NOON, NOON, open(RunState.PARKED));
        FirePlan running = plan(schedule, NOON, NOON, open(RunState.RUNNING));

        assertThat(waiting.fires()).singleElement().satisfies(fire -> {
            assertThat(fire.makesRun()).isTrue();
            assertThat(fire.supersedes()).containsExactly("run-7");
        });
        assertThat(told(running)).containsExactly("12:00 overlap");
    }

    @Test
    void ofSeveralPunctualTimesOneRunsAndTheOthersOverlap() {
        Schedule quick = hourly(", \"misfire-after\": \"3h\"");
        Schedule superseding = hourly(", \"misfire-after\": \"3h\", \"overlap\": \"supersede\"");

        assertThat(told(plan(quick, NINE.plusSeconds(3600), NOON, Map.of())))
                .containsExactly("10:00 run", "11:00 overlap", "12:00 overlap");
        assertThat(told(plan(superseding, NINE.plusSeconds(3600), NOON, Map.of())))
                .containsExactly("10:00 overlap", "11:00 overlap", "12:00 run");
    }

    @Test
    void aHeldCellIsSkippedWithTheReason() {
        Schedule schedule = hourly(", \"matrix\": {\"shop\": [1, 2]}");

        FirePlan plan = FirePlan.of(
                schedule,
                NOON,
                schedule.fires().due(NOON, NOON, 1_000),
                NOON,
                Map.of(),
                Map.of("shop=2", "scope 4 is disabled"));

        assertThat(told(plan)).containsExactly("12:00 shop=1 run", "12:00 shop=2 held");
        assertThat(plan.fires().get(1).why()).isEqualTo("scope 4 is disabled");
    }
}
