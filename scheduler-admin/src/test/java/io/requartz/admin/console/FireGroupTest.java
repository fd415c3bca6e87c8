package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.RunState;
import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.schedule.Skipped;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FireGroupTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant ELEVEN = Instant.parse("2026-03-01T11:00:00Z");
    private static final Times TIMES = new Times(NOON);

    private static FireWithRun ran(Instant time, String cell, RunState state) {
        return new FireWithRun(new Fire("menu", time, cell, time, false, "id-" + cell, null, null, 1), state);
    }

    private static FireWithRun skipped(Instant time, String cell, Skipped skipped, long times) {
        return new FireWithRun(new Fire("menu", time, cell, time, false, null, skipped, "because", times), null);
    }

    @Test
    void whatCameOfOneTimeIsSummedUp() {
        List<FireGroup> groups = FireGroup.of(
                List.of(
                        ran(NOON, "shop=3", RunState.SUCCEEDED),
                        ran(NOON, "shop=2", RunState.SUCCEEDED),
                        skipped(NOON, "shop=1", Skipped.OVERLAP, 1)),
                false,
                3,
                TIMES);

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).outcomes())
                .extracting(outcome -> outcome.chip().word())
                .containsExactly("2 succeeded", "1 skipped: overlap");
        assertThat(groups.get(0).cells())
                .extracting(FireGroup.Item::text)
                .containsExactly("shop=3", "shop=2", "shop=1: because");
    }

    @Test
    void timesThatAreNotKeptOneByOneAreCounted() {
        FireGroup group = FireGroup.of(List.of(skipped(NOON, "", Skipped.MISSED, 2_000)), true, 3, TIMES)
                .get(0);

        assertThat(group.text()).isEqualTo("2,000 times: because");
        assertThat(group.cells()).isEmpty();
    }

    @Test
    void aTimeThatMayGoOnInTheNextPartSaysSo() {
        List<FireWithRun> fires = List.of(
                ran(NOON, "shop=2", RunState.DEAD),
                ran(NOON, "shop=1", RunState.DEAD),
                ran(ELEVEN, "shop=2", RunState.RUNNING));

        assertThat(FireGroup.of(fires, true, 2, TIMES))
                .extracting(FireGroup::text)
                .containsExactly("", "shop=2: there may be more of it in the next part");
        assertThat(FireGroup.of(fires, false, 2, TIMES).get(1).text()).isEqualTo("shop=2");
        assertThat(FireGroup.of(List.of(), false, 2, TIMES)).isEmpty();
    }
}
