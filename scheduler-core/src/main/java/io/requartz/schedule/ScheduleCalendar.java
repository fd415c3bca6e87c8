package io.requartz.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Days and hours at which a schedule is not due, on the wall clock of its time zone. Immutable.
 *
 * @param days days of the week that are left out
 * @param dates single dates, and dates from ... to
 * @param yearly dates that are left out in every year
 * @param hours hours of each day that are left out
 */
public record ScheduleCalendar(Set<DayOfWeek> days, List<Dates> dates, Set<MonthDay> yearly, List<Hours> hours) {

    public static final ScheduleCalendar OPEN = new ScheduleCalendar(Set.of(), List.of(), Set.of(), List.of());

    private static final int MOST_DAYS_AHEAD = 366 * 20;

    public ScheduleCalendar {
        days = Set.copyOf(days);
        dates = List.copyOf(dates);
        yearly = Set.copyOf(yearly);
        hours = List.copyOf(hours);
    }

    /** @param last included */
    public record Dates(LocalDate first, LocalDate last) {
        public Dates {
            if (Objects.requireNonNull(last, "last").isBefore(Objects.requireNonNull(first, "first"))) {
                throw new IllegalArgumentException(first + ".." + last + " ends before it begins");
            }
        }
    }

    /** @param to not included; before {@code from} it is meant on the next day */
    public record Hours(LocalTime from, LocalTime to) {
        public Hours {
            if (Objects.requireNonNull(from, "from").equals(Objects.requireNonNull(to, "to"))) {
                throw new IllegalArgumentException(from + "-" + to + " is no time at all, or the whole day");
            }
        }

        boolean hold(LocalTime time) {
            return from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !time.isBefore(from) || time.isBefore(to);
        }

        LocalDateTime end(LocalDateTime within) {
            LocalDateTime sameDay = within.toLocalDate().atTime(to);
            return sameDay.isAfter(within) ? sameDay : sameDay.plusDays(1);
        }
    }

    /** The first time from here on that is not left out; itself if it is not. Empty if there is none for 20 years. */
    public Optional<LocalDateTime> open(LocalDateTime from) {
        LocalDateTime time = from;
        for (int i = 0; i < MOST_DAYS_AHEAD; i++) {
            LocalDateTime later = later(time);
            if (later.equals(time)) {
                return Optional.of(time);
            }
            time = later;
        }
        return Optional.empty();
    }

    private LocalDateTime later(LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        if (days.contains(day.getDayOfWeek())
                || yearly.contains(MonthDay.from(day))
                || dates.stream().anyMatch(each -> !day.isBefore(each.first()) && !day.isAfter(each.last()))) {
            return day.plusDays(1).atStartOfDay();
        }
        return hours.stream()
                .filter(each -> each.hold(time.toLocalTime()))
                .findFirst()
                .map(each -> each.end(time))
                .orElse(time);
    }
}
