package io.requartz.schedule;

import io.requartz.problem.Spelling;
import io.requartz.schedule.ScheduleCalendar.Dates;
import io.requartz.schedule.ScheduleCalendar.Hours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code calendar} of a schedule. */
final class CalendarReader {

    static final List<String> KEYS = List.of("exclude-days", "exclude-dates", "exclude-hours");

    private static final List<String> DAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final Pattern YEARLY = Pattern.compile("(\\d{2})-(\\d{2})");
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})");

    private CalendarReader() {}

    static ScheduleCalendar read(ScheduleKeys keys) {
        List<Dates> dates = new ArrayList<>();
        Set<MonthDay> yearly = new HashSet<>();
        keys.list("exclude-dates", text -> {
            if (YEARLY.matcher(text).matches()) {
                return yearly.add(date(text, () -> MonthDay.parse("--" + text)));
            }
            return dates.add(date(text, () -> dates(text)));
        });
        return new ScheduleCalendar(
                new HashSet<>(keys.list("exclude-days", CalendarReader::day)),
                dates,
                yearly,
                keys.list("exclude-hours", CalendarReader::hours));
    }

    private static DayOfWeek day(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        int day = DAYS.indexOf(name);
        if (day < 0) {
            String hint = Spelling.hint(name, DAYS);
            throw new IllegalArgumentException(
                    "\"" + text + "\" came; expected a day of the week" + (hint.isEmpty() ? ", as in saturday" : hint));
        }
        return DayOfWeek.of(day + 1);
    }

    private interface Parsing<T> {
        T parse();
    }

    private static <T> T date(String text, Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (DateTimeException broken) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" came; expected a date, as in 2026-12-25, 12-25 for every year, or 2026-12-24..2027-01-01",
                    broken);
        }
    }

    private static Dates dates(String text) {
        int dots = text.indexOf("..");
        LocalDate first =
                LocalDate.parse(dots < 0 ? text : text.substring(0, dots).strip());
        return new Dates(
                first,
                dots < 0 ? first : LocalDate.parse(text.substring(dots + 2).strip()));
    }

    private static Hours hours(String text) {
        Matcher written = HOURS.matcher(text);
        try {
            if (written.matches()) {
                return new Hours(time(written.group(1)), time(written.group(2)));
            }
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException(expectedHours(text), noTime);
        }
        throw new IllegalArgumentException(expectedHours(text));
    }

    private static String expectedHours(String text) {
        return "\"" + text + "\" came; expected hours of the day, as in 23:00-05:00";
    }

    private static LocalTime time(String text) {
        String padded = text.length() == 4 ? "0" + text : text;
        return padded.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(padded);
    }
}
