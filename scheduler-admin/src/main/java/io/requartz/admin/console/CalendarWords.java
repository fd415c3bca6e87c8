package io.requartz.admin.console;

import io.requartz.schedule.ScheduleCalendar;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads a calendar out: {@code not on Saturday and Sunday, nor from 23:00 to 05:00}. */
final class CalendarWords {

    private static final DateTimeFormatter YEARLY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private CalendarWords() {}

    /** Empty if it leaves nothing out. */
    static String of(ScheduleCalendar calendar) {
        List<String> parts = new ArrayList<>();
        if (!calendar.days().isEmpty()) {
            parts.add("on "
                    + calendar.days().stream()
                            .sorted()
                            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                            .collect(Collectors.joining(", ")));
        }
        if (!calendar.dates().isEmpty()) {
            parts.add(
                    "on " + calendar.dates().stream().map(CalendarWords::dates).collect(Collectors.joining(", ")));
        }
        if (!calendar.yearly().isEmpty()) {
            parts.add("on "
                    + calendar.yearly().stream().sorted().map(YEARLY::format).collect(Collectors.joining(", "))
                    + " of each year");
        }
        calendar.hours().forEach(hours -> parts.add("from " + hours.from() + " to " + hours.to()));
        return parts.isEmpty() ? "" : "not " + String.join(", nor ", parts);
    }

    private static String dates(ScheduleCalendar.Dates dates) {
        return dates.first().equals(dates.last()) ? dates.first().toString() : dates.first() + " to " + dates.last();
    }
}
