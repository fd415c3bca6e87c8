package io.requartz.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static List<Instant> times(String expression, String zone, Instant after, Instant until) {
        Cron cron = Cron.of(expression, ZoneId.of(zone));
        List<Instant> times = new ArrayList<>();
        for (Instant time = cron.next(after).orElseThrow();
                time.isBefore(until);
                time = cron.next(time).orElseThrow()) {
            times.add(time);
        }
        return times;
    }

    private static List<String> clock(List<Instant> times, String zone) {
        return times.stream()
                .map(time -> {
                    ZonedDateTime local = time.atZone(ZoneId.of(zone));
                    return local.toLocalTime() + " " + local.getOffset();
                })
                .toList();
    }

    private static List<String> onTheDay(String expression, String zone, String day) {
        ZonedDateTime midnight = ZonedDateTime.parse(day + "T00:00:00Z").withZoneSameLocal(ZoneId.of(zone));
        return clock(
                times(
                        expression,
                        zone,
                        midnight.toInstant().minusSeconds(1),
                        midnight.plusDays(1).toInstant()),
                zone);
    }

    @Test
    void firesAtItsWallClockTimes() {
        assertThat(onTheDay("0 0 9,17 * * ?", "Europe/Paris", "2026-06-01"))
                .containsExactly("09:00 +02:00", "17:00 +02:00");
    }

    @ParameterizedTest
    @CsvSource({
        // clocks go forward: 2:00 to 3:00, 2:00 to 3:00, 2:00 to 2:30
        "Europe/Paris,2026-03-29,0 30 2 * * ?,03:30 +02:00",
        "America/New_York,2026-03-08,0 30 2 * * ?,03:30 -04:00",
        "Australia/Lord_Howe,2026-10-04,0 15 2 * * ?,02:45 +11:00",
        // clocks go back: 3:00 to 2:00, 2:00 to 1:00, 2:00 to 1:30
        "Europe/Paris,2026-10-25,0 30 2 * * ?,02:30 +02:00",
        "America/New_York,2026-11-01,0 30 1 * * ?,01:30 -04:00",
        "Australia/Lord_Howe,2026-04-05,0 45 1 * * ?,01:45 +11:00",
    })
    void aDailyTimeFiresOnceOnTheDayOfAChange(String zone, String day, String expression, String fire) {
        assertThat(onTheDay(expression, zone, day)).containsExactly(fire);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,2026-03-29,23", "Europe/Paris,2026-10-25,25",
        "America/New_York,2026-03-08,23", "America/New_York,2026-11-01,25",
        "Pacific/Auckland,2026-09-27,23", "Pacific/Auckland,2026-04-05,25",
    })
    void whatHoldsInEveryHourGoesOnInSteadySteps(String zone, String day, int hours) {
        Instant midnight = ZonedDateTime.parse(day + "T00:00:00Z")
                .withZoneSameLocal(ZoneId.of(zone))
                .toInstant();
        Instant end = midnight.plus(Duration.ofHours(hours));

        List<Instant> times = times("0 0/10 * * * ?", zone, midnight.minusSeconds(1), end);

        assertThat(times).hasSize(hours * 6).first().isEqualTo(midnight);
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(Duration.ofMinutes(10));
        }
    }

    @Test
    void halfAnHourThatIsLeftOutIsLeftOutOfSteadyStepsToo() {
        assertThat(onTheDay("0 15 * * * ?", "Australia/Lord_Howe", "2026-10-04"))
                .startsWith("00:15 +10:30", "01:15 +10:30", "03:15 +11:00")
                .hasSize(23);
    }

    @Test
    void timesThatAreLeftOutMixWithThoseThatAreThere() {
        assertThat(onTheDay("0 10,40 2,3 * * ?", "Europe/Paris", "2026-03-29"))
                .containsExactly("03:10 +02:00", "03:40 +02:00");
        assertThat(onTheDay("0 0 1-3 * * ?", "Europe/Paris", "2026-03-29"))
                .containsExactly("01:00 +01:00", "03:00 +02:00");
        assertThat(onTheDay("0 20 2 * * ?", "Europe/Paris", "2026-03-29")).containsExactly("03:20 +02:00");
    }

    @Test
    void theSecondTimeRoundDoesNotFireAgainInOtherExpressions() {
        assertThat(onTheDay("0 0/30 1-3 * * ?", "Europe/Paris", "2026-10-25"))
                .containsExactly(
                        "01:00 +02:00", "01:30 +02:00", "02:00 +02:00", "02:30 +02:00", "03:00 +01:00", "03:30 +01:00");
    }

    @Test
    void isTheSameFromWhereverItIsAsked() {
        for (String expression : List.of("0 30 2 * * ?", "0 0/20 * * * ?", "0 15 1-3 * * ?", "0 0 0 * * ?")) {
            for (String day : List.of("2026-03-29", "2026-10-25")) {
                Instant from = Instant.parse(day + "T00:00:00Z").minus(Duration.ofHours(12));
                List<Instant> all = times(expression, "Europe/Paris", from, from.plus(Duration.ofHours(90)));
                Cron cron = Cron.of(expression, ZoneId.of("Europe/Paris"));
                for (int minute = 0; minute < 36 * 60; minute++) {
                    Instant asked = from.plus(Duration.ofMinutes(minute));

                    Instant expected = all.stream()
                            .filter(time -> time.isAfter(asked))
                            .findFirst()
                            .orElseThrow();
                    assertThat(cron.next(asked))
                            .as("%s after %s", expression, asked)
                            .contains(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 30 2 ?", "0 0 0 31 4 ?", "0 0 0 1 1 ? 1969"})
    void refusesWhatNeverFires(String expression) {
        assertThatThrownBy(() -> Cron.of(expression, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expression)
                .hasMessageContaining("never fires");
    }

    @Test
    void knowsTheLeapDay() {
        assertThat(Cron.of("0 0 0 29 2 ?", ZoneId.of("UTC")).next(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2028-02-29T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * *",
                "0 0 25 * * ?",
                "0 0 0 * * *",
                "every day",
                "0 0 0 * FOO ?",
                "0 0 0 ? * 9",
                "0 0 0 1-"
            })
    void refusesWhatItCannotRead(String expression) {
        assertThatThrownBy(() -> Cron.of(expression, ZoneId.of("UTC"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhoeverPastesACrontabLine() {
        assertThatThrownBy(() -> Cron.of("*/5 * * * *", ZoneId.of("UTC")))
                .hasMessageContaining("5 fields")
                .hasMessageContaining("crontab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 14 * * ?|every day at 14:00",
                "0 30 2 * * ?|every day at 02:30",
                "15 30 2 * * ?|every day at 02:30:15",
                "0 0 9,17 * * ?|every day at 09:00 and 17:00",
                "0 0 * * * ?|every hour",
                "0 5 * * * ?|every hour at minute 5",
                "0 0 */2 * * ?|every 2 hours",
                "0 0/15 * * * ?|every 15 minutes",
                "0 * * * * ?|every minute",
                "* * * * * ?|every second",
                "0/20 * * * * ?|every 20 seconds",
                "0 0/15 9-17 ? * MON-FRI|every 15 minutes from 09:00 to 17:59, on Monday to Friday",
                "0 0 9-17 ? * MON-FRI|every hour from 09:00 to 17:00, on Monday to Friday",
                "0 0 6 ? * MON|at 06:00, on Monday",
                "0 0 6 ? * 2,4|at 06:00, on Monday and Wednesday",
                "0 0 0 1 * ?|at 00:00, on the 1st of the month",
                "0 0 0 L * ?|at 00:00, on the last day of the month",
                "0 0 0 LW * ?|at 00:00, on the last weekday of the month",
                "0 0 0 15W * ?|at 00:00, on the weekday nearest to the 15th of the month",
                "0 0 12 ? * 6L|at 12:00, on the last Friday of the month",
                "0 0 12 ? * FRI#2|at 12:00, on the 2nd Friday of the month",
                "0 0 0 1 JAN,JUL ?|at 00:00, on the 1st of the month, in January and July",
                "0 0 0 1 1 ? 2030|at 00:00, on the 1st of the month, in January, in 2030",
                "0 0 8 1-7 * ?|at 08:00, on the 1st to 7th of the month",
            })
    void isReadOutInWords(String expression, String words) {
        assertThat(CronWords.of(expression)).isEqualTo(words);
    }
}
