package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.rest.Json;
import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetterGroup;
import io.requartz.run.Activity;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.RunState;
import io.requartz.schedule.ScheduleCalendar;
import io.requartz.schedule.ScheduleFormat;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts that pages are made of. */
class PartsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");
    private final Times times = new Times(NOW);

    @ParameterizedTest
    @CsvSource({
        "PT0S, now",
        "PT-0.9S, now",
        "PT-38S, 38 s ago",
        "PT12S, in 12 s",
        "PT-4M-59S, 4 min ago",
        "PT-5H, 5 h ago",
        "PT49H, in 2 d"
    })
    void distancesAreToldByTheLargestUnit(Duration away, String text) {
        assertThat(times.distance(NOW.plus(away)).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.34S, 340 ms",
        "PT2S, 2 s",
        "PT2.45S, 2.4 s",
        "PT135S, 2 min 15 s",
        "PT2H, 2 h",
        "PT25H, 1 d 1 h",
        "PT-1S, 0 ms"
    })
    void spansAreToldByTwoUnits(Duration span, String text) {
        assertThat(Times.span(span)).isEqualTo(text);
    }

    @Test
    void aGroupIsToldWithoutWhatTellsItsCasesApart() {
        DeadLetterGroup group = new DeadLetterGroup(
                "0123456789abcdef",
                3,
                NOW,
                NOW,
                Map.of("http", 2L, "mail", 1L),
                "run",
                new ErrorCategory("validation"),
                null,
                "Invalid tracking number: 4711 of 'Le Bouzou'");
        Filters none = Filters.of(new MultivaluedHashMap<>(), Set.of());

        DeadLetterGroupRow row = DeadLetterGroupRow.of(group, none, false, new Titles(Map.of("http", "Orders")), times);

        assertThat(row.what()).isEqualTo("Invalid tracking number: ? of ?");
        assertThat(row.types()).isEqualTo("Orders 2, mail 1");
        assertThat(row.retryHref()).isEmpty();
        assertThat(row.href()).isEqualTo("/dead-letters?fingerprint=0123456789abcdef");
    }

    @Test
    void theDateIsToldWhereItIsNotTodays() {
        assertThat(times.clock(NOW).text()).isEqualTo("12:00:30");
        assertThat(times.clock(NOW.minus(Duration.ofHours(13))).text()).isEqualTo("2026-02-28 23:00:30");
    }

    @ParameterizedTest
    @CsvSource({"1, 1st", "2, 2nd", "3, 3rd", "4, 4th", "11, 11th", "12, 12th", "21, 21st", "111, 111th", "122, 122nd"})
    void ordinalsAreEnglish(int number, String text) {
        assertThat(Words.ordinal(number)).isEqualTo(text);
    }

    @Test
    void hiddenCharactersAreShown() {
        assertThat(Words.harmless("a\u202eb\u0000c\td\n")).isEqualTo("a\ufffdb\ufffdc\td\n");
        assertThat(Words.line("  two\n lines ", 7)).isEqualTo("two lin…");
        assertThat(Words.line(null, 7)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 100 %", "0.99999, 99.9 %", "0.986, 98.6 %", "0.00001, 0.1 %", "0, 0 %"})
    void sharesAreNeverRoundedToAWhole(double share, String text) {
        assertThat(Verdict.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "3, 4", "7, 8", "9, 10", "11, 20", "73, 80", "81, 100"})
    void theTopLineIsARoundNumber(long busiest, long top) {
        assertThat(MinuteChart.roundedUp(busiest)).isEqualTo(top);
    }

    @Test
    void theHourCountsWhatEndedByMinute() {
        Instant minute = Instant.parse("2026-03-01T11:59:00Z");
        Hour hour = Hour.of(
                List.of(
                        new Activity(minute, AttemptOutcome.SUCCEEDED, RunState.SUCCEEDED, 6),
                        new Activity(minute, AttemptOutcome.FAILED, RunState.RETRYING, 3),
                        new Activity(minute, AttemptOutcome.NODE_LOST, RunState.DEAD, 1),
                        new Activity(minute, AttemptOutcome.HANDED_OVER, null, 7),
                        new Activity(minute.minus(Duration.ofHours(1)), AttemptOutcome.FAILED, RunState.DEAD, 9)),
                NOW);

        assertThat(hour.succeeded()).isEqualTo(6);
        assertThat(hour.finished()).isEqualTo(10);
        assertThat(hour.failureRate()).isEqualTo(0.4);
        assertThat(hour.minutes()).hasSize(60);
        assertThat(hour.minutes().get(58)).isEqualTo(new Hour.Minute(minute, 6, 3, 1));
        MinuteChart chart = MinuteChart.of(hour, times);
        assertThat(chart.bars()).extracting(MinuteChart.Bar::tone).containsExactly("ok", "retry", "dead");
        assertThat(chart.label()).contains("6 succeeded, 4 failed; the busiest minute had 10");
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, , true",
        "none, , true",
        "same-site, , false",
        "cross-site, http://box:8080, false",
        ", http://box:8080, true",
        ", HTTPS://BOX:8080, true",
        ", http://box:8081, false",
        ", http://elsewhere, false",
        ", null, false",
        ", //box:8080, false",
        ", ::, false",
        ", , true"
    })
    void onlyOurOwnPagesSendForms(String fetchSite, String origin, boolean ours) {
        assertThat(SameOrigin.of(fetchSite, origin, "box:8080")).isEqualTo(ours);
    }

    @Test
    void behindAProxyTheDefaultPortIsLeftOut() {
        assertThat(SameOrigin.of(null, "https://jobs.example", "jobs.example:443"))
                .isTrue();
        assertThat(SameOrigin.of(null, "https://jobs.example", null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/runs?state=DEAD, /runs?state=DEAD",
        "/, /",
        "//elsewhere, /",
        "/\\elsewhere, /",
        "/a\\b, /",
        "runs, /",
        "http://elsewhere, /",
        "'', /"
    })
    void redirectionsStayHere(String wanted, String sent) {
        assertThat(Go.local(wanted)).isEqualTo(sent);
    }

    @Test
    void aCalendarIsReadOut() {
        ScheduleCalendar calendar = ScheduleFormat.parse("a", Json.stored("""
                        {"type": "a", "every": "1h", "calendar": {"exclude-days": ["sunday", "saturday"],
                         "exclude-dates": ["2026-12-24..2027-01-01", "2026-07-14", "05-01"], "exclude-hours": ["23:00-05:00"]}}""")).calendar();

        assertThat(CalendarWords.of(calendar))
                .isEqualTo("not on Saturday, Sunday, nor on 2026-12-24 to 2027-01-01, 2026-07-14, nor on 1 May of each"
                        + " year, nor from 23:00 to 05:00");
        assertThat(CalendarWords.of(ScheduleCalendar.OPEN)).isEmpty();
    }

    @Test
    void aTimeIsToldOnTheWallClockOfItsZone() {
        assertThat(Times.local(NOW, ZoneId.of("Asia/Tokyo"), false)).isEqualTo("Sun 2026-03-01 21:00");
        assertThat(Times.local(NOW, ZoneId.of("UTC"), true)).isEqualTo("Sun 2026-03-01 12:00:30");
    }
}
