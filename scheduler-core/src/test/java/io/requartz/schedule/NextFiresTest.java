package io.requartz.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NextFiresTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    private static NextFires open(Timing timing) {
        return new NextFires(timing, ScheduleCalendar.OPEN, UTC);
    }

    @Test
    void anIntervalFallsOnFullHoursAndQuarters() {
        NextFires quarters = open(new Every(Duration.ofMinutes(15), Instant.EPOCH));

        assertThat(quarters.upcoming(at("2026-03-03T09:01:00Z"), 3))
                .containsExactly(at("2026-03-03T09:15:00Z"), at("2026-03-03T09:30:00Z"), at("2026-03-03T09:45:00Z"));
    }

    @Test
    void anIntervalBeginsWithItsStart() {
        Every every = new Every(Duration.ofDays(7), at("2026-03-04T10:00:00Z"));

        assertThat(every.next(at("2026-01-01T00:00:00Z"))).contains(at("2026-03-04T10:00:00Z"));
        assertThat(every.next(at("2026-03-04T10:00:00Z"))).contains(at("2026-03-11T10:00:00Z"));
    }

    @Test
    void theEndOfAMonthIsTheEndOfEachMonth() {
        CalendarInterval monthly =
                new CalendarInterval(1, ChronoUnit.MONTHS, LocalDateTime.parse("2026-01-31T09:00"), PARIS);

        assertThat(open(monthly).upcoming(at("2026-01-01T00:00:00Z"), 4))
                .containsExactly(
                        at("2026-01-31T08:00:00Z"),
                        at("2026-02-28T08:00:00Z"),
                        at("2026-03-31T07:00:00Z"),
                        at("2026-04-30T07:00:00Z"));
    }

    @Test
    void aCalendarIntervalKeepsItsWallClockThroughBothChanges() {
        CalendarInterval daily =
                new CalendarInterval(1, ChronoUnit.DAYS, LocalDateTime.parse("2026-01-01T02:30"), PARIS);

        assertThat(open(daily).upcoming(at("2026-03-28T00:00:00Z"), 3))
                .containsExactly(at("2026-03-28T01:30:00Z"), at("2026-03-29T01:30:00Z"), at("2026-03-30T00:30:00Z"));
        assertThat(open(daily).upcoming(at("2026-10-24T12:00:00Z"), 2))
                .containsExactly(at("2026-10-25T00:30:00Z"), at("2026-10-26T01:30:00Z"));
    }

    @Test
    void aCalendarTakesDaysDatesAndHoursAway() {
        ScheduleCalendar calendar = new ScheduleCalendar(
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                List.of(new ScheduleCalendar.Dates(LocalDate.parse("2026-12-28"), LocalDate.parse("2026-12-31"))),
                Set.of(MonthDay.of(12, 25), MonthDay.of(1, 1)),
                List.of(new ScheduleCalendar.Hours(LocalTime.of(22, 0), LocalTime.of(6, 0))));
        NextFires fires = new NextFires(Cron.of("0 0 0/4 * * ?", PARIS), calendar, PARIS);

        // Thursday 24 December; 25th is a holiday, 26th and 27th the weekend, then the dates, then New Year, then a
        // weekend
        assertThat(fires.upcoming(at("2026-12-24T15:00:00Z"), 3))
                .containsExactly(at("2026-12-24T19:00:00Z"), at("2027-01-04T07:00:00Z"), at("2027-01-04T11:00:00Z"));
    }

    @Test
    void aCalendarThatLeavesNothingEndsTheSearch() {
        ScheduleCalendar never = new ScheduleCalendar(Set.of(DayOfWeek.values()), List.of(), Set.of(), List.of());

        assertThat(new NextFires(Cron.of("* * * * * ?", UTC), never, UTC).after(at("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void manySecondsThatAreLeftOutAreSteppedOver() {
        ScheduleCalendar weekdays =
                new ScheduleCalendar(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), List.of(), Set.of(), List.of());

        assertThat(new NextFires(Cron.of("* * * * * ?", UTC), weekdays, UTC).after(at("2026-03-06T23:59:59Z")))
                .contains(at("2026-03-09T00:00:00Z"));
    }

    @Test
    void tellsWhatWasDueAndWhatComesNext() {
        NextFires hourly = open(new Every(Duration.ofHours(1), Instant.EPOCH));

        NextFires.Due due = hourly.due(at("2026-03-03T01:00:00Z"), at("2026-03-03T10:30:00Z"), 3);

        assertThat(due.kept())
                .containsExactly(at("2026-03-03T08:00:00Z"), at("2026-03-03T09:00:00Z"), at("2026-03-03T10:00:00Z"));
        assertThat(due.older()).isEqualTo(7);
        assertThat(due.next()).contains(at("2026-03-03T11:00:00Z"));
    }

    @Test
    void countsALongOutageOfAQuickSchedule() {
        NextFires everySecond = open(Cron.of("* * * * * ?", UTC));

        NextFires.Due due = everySecond.due(at("2026-03-03T00:00:00Z"), at("2026-03-05T00:00:00Z"), 1_000);

        assertThat(due.kept()).hasSize(1_000);
        assertThat(due.older()).isEqualTo(2 * 86_400 + 1 - 1_000);
        assertThat(due.next()).contains(at("2026-03-05T00:00:01Z"));
    }
}
