package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.RunState;
import io.requartz.schedule.Misfire;
import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schedules on the days on which the clocks change, fired by a node that is awake all the time, and by one that was away over the
 * change. From noon the day before until noon the day after.
 */
class ClockChangesTest {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd HH:mm xxx");
    private static final String DAILY = "'calendar-interval': '1 day', 'start': '2026-01-01T";

    private TestSchema schema;
    private HikariDataSource pool;
    private SettableClock clock;
    private ManualScheduler node;
    private ZoneId zone;
    private Instant end;

    /** Zone, day, timing, fires. */
    static Stream<Arguments> changes() {
        return Stream.of(
                // forward: 2:00 to 3:00, 2:00 to 3:00, 2:00 to 2:30
                Arguments.of(
                        "Europe/Paris",
                        "2026-03-29",
                        List.of("'cron': '0 30 2 * * ?'", DAILY + "02:30'"),
                        List.of("29 03:30 +02:00", "30 02:30 +02:00")),
                Arguments.of(
                        "America/New_York",
                        "2026-03-08",
                        List.of("'cron': '0 30 2 * * ?'", DAILY + "02:30'"),
                        List.of("08 03:30 -04:00", "09 02:30 -04:00")),
                Arguments.of(
                        "Australia/Lord_Howe",
                        "2026-10-04",
                        List.of("'cron': '0 15 2 * * ?'", DAILY + "02:15'"),
                        List.of("04 02:45 +11:00", "05 02:15 +11:00")),
                // back: 3:00 to 2:00, 2:00 to 1:00, 2:00 to 1:30
                Arguments.of(
                        "Europe/Paris",
                        "2026-10-25",
                        List.of("'cron': '0 30 2 * * ?'", DAILY + "02:30'"),
                        List.of("25 02:30 +02:00", "26 02:30 +01:00")),
                Arguments.of(
                        "America/New_York",
                        "2026-11-01",
                        List.of("'cron': '0 30 1 * * ?'", DAILY + "01:30'"),
                        List.of("01 01:30 -04:00", "02 01:30 -05:00")),
                Arguments.of(
                        "Australia/Lord_Howe",
                        "2026-04-05",
                        List.of("'cron': '0 45 1 * * ?'", DAILY + "01:45'"),
                        List.of("05 01:45 +11:00", "06 01:45 +10:30")));
    }

    /** Zone, day, and how many half hours it has from noon to noon to noon. */
    static Stream<Arguments> halfHours() {
        return Stream.of(
                Arguments.of("Europe/Paris", "2026-03-29", 2 * 47),
                Arguments.of("America/New_York", "2026-03-08", 2 * 47),
                Arguments.of("Australia/Lord_Howe", "2026-10-04", 95),
                Arguments.of("Europe/Paris", "2026-10-25", 2 * 49),
                Arguments.of("America/New_York", "2026-11-01", 2 * 49),
                Arguments.of("Australia/Lord_Howe", "2026-04-05", 97));
    }

    private void begin(String zoneId, String day) throws Exception {
        zone = ZoneId.of(zoneId);
        LocalDate date = LocalDate.parse(day);
        clock = new SettableClock(date.minusDays(1).atTime(12, 0).atZone(zone).toInstant());
        end = date.plusDays(1).atTime(12, 0).atZone(zone).toInstant();
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("changes", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        Database database = Database.of(pool, "changes");
        Migration.migrate(pool, database.dialect());
        node = ManualScheduler.join(
                database, Plugins.builder().add(ScriptedJob.class).build(), clock);
    }

    @AfterEach
    void leave() throws Exception {
        node.close();
        pool.close();
        schema.close();
    }

    private void create(String name, String timing, Misfire misfire) throws JsonProcessingException {
        JsonNode body = new JsonMapper()
                .readTree(("{'type': 'scripted', 'payload': {'script': ['ok']}, 'zone': '" + zone + "', " + timing
                                + ", 'misfire': '" + misfire.words() + "'}")
                        .replace('\'', '"'));
        node.schedules().create(name, body, new Actor("token:anna"), null);
    }

    private void stayAwake() {
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofMinutes(15));
            node.runDue();
        }
    }

    private void beAway() {
        clock.advance(Duration.between(clock.instant(), end));
        node.runDue();
    }

    /** In the order of their times: those that made a run, or those that did not. */
    private List<String> times(String name, boolean made) {
        List<String> times = new ArrayList<>();
        for (FireWithRun each : node.schedules().fires(name, 200, null).items()) {
            if (each.fire().runId() != null == made) {
                assertThat(each.runState()).isEqualTo(made ? RunState.SUCCEEDED : null);
                times.add(shown(each.fire().time()));
            }
        }
        Collections.reverse(times);
        return times;
    }

    private String shown(Instant time) {
        return SHOWN.format(ZonedDateTime.ofInstant(time, zone));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aDailyTimeFiresOnceThroughAChangeOfClocks(String zoneId, String day, List<String> timings, List<String> fires)
            throws Exception {
        begin(zoneId, day);
        for (int i = 0; i < timings.size(); i++) {
            create("daily-" + i, timings.get(i), Misfire.SKIP);
        }

        stayAwake();

        for (int i = 0; i < timings.size(); i++) {
            assertThat(times("daily-" + i, true)).as(timings.get(i)).isEqualTo(fires);
            assertThat(times("daily-" + i, false)).as(timings.get(i)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anOutageOverAChangeOfClocksIsMadeUpForAsTheMisfireRuleSays(
            String zoneId, String day, List<String> timings, List<String> fires) throws Exception {
        begin(zoneId, day);
        for (int i = 0; i < timings.size(); i++) {
            for (Misfire misfire : Misfire.values()) {
                create(misfire + "-" + i, timings.get(i), misfire);
            }
        }

        beAway();

        int last = fires.size() - 1;
        for (int i = 0; i < timings.size(); i++) {
            assertThat(times(Misfire.SKIP + "-" + i, true)).isEmpty();
            assertThat(times(Misfire.SKIP + "-" + i, false)).isEqualTo(fires);
            assertThat(times(Misfire.RUN_ONCE + "-" + i, true)).isEqualTo(fires.subList(last, last + 1));
            assertThat(times(Misfire.RUN_ONCE + "-" + i, false)).isEqualTo(fires.subList(0, last));
            assertThat(times(Misfire.RUN_ALL + "-" + i, true)).isEqualTo(fires);
            assertThat(times(Misfire.RUN_ALL + "-" + i, false)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("halfHours")
    void whatIsDueEachHalfHourGoesOnInSteadySteps(String zoneId, String day, int count) throws Exception {
        begin(zoneId, day);
        create("awake", "'cron': '0 0/30 * * * ?'", Misfire.SKIP);
        List<Instant> expected = new ArrayList<>();
        for (Instant time = clock.instant().plus(Duration.ofMinutes(30));
                !time.isAfter(end);
                time = time.plus(Duration.ofMinutes(30))) {
            expected.add(time);
        }

        stayAwake();

        assertThat(expected).hasSize(count);
        assertThat(times("awake", true))
                .isEqualTo(expected.stream().map(this::shown).toList());
        assertThat(times("awake", false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("halfHours")
    void anOutageOfSteadyStepsIsAnsweredForEachOfThem(String zoneId, String day, int count) throws Exception {
        begin(zoneId, day);
        for (Misfire misfire : Misfire.values()) {
            create(misfire.name(), "'cron': '0 0/30 * * * ?'", misfire);
        }

        // noon itself is punctual
        end = end.minusSeconds(600);
        beAway();

        assertThat(times("SKIP", true)).isEmpty();
        assertThat(times("SKIP", false)).hasSize(count - 1).doesNotHaveDuplicates();
        assertThat(times("RUN_ONCE", true)).containsExactly(shown(end.minusSeconds(1200)));
        assertThat(times("RUN_ONCE", false)).hasSize(count - 2);
        assertThat(times("RUN_ALL", true)).isEqualTo(times("SKIP", false));
        assertThat(node.schedules().get("RUN_ALL").next().get(0)).isEqualTo(end.plusSeconds(600));
        assertThat(fires("SKIP")).allMatch(fire -> fire.times() == 1);
    }

    private List<Fire> fires(String name) {
        return node.schedules().fires(name, 200, null).items().stream()
                .map(FireWithRun::fire)
                .toList();
    }
}
