package io.requartz.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a cron expression out: {@code 0 0/15 9-17 ? * MON-FRI} is "every 15 minutes from 09:00 to 17:59, on Monday to Friday". */
final class CronWords {

    private static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("SUN", 1),
            Map.entry("MON", 2),
            Map.entry("TUE", 3),
            Map.entry("WED", 4),
            Map.entry("THU", 5),
            Map.entry("FRI", 6),
            Map.entry("SAT", 7));
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,4}(,\\d{1,4})*");
    private static final Pattern STEPS = Pattern.compile("(\\*|\\d{1,2})/(\\d{1,2})");
    private static final Pattern RANGE = Pattern.compile("(\\w+)-(\\w+)");
    private static final Pattern NTH_DAY = Pattern.compile("(\\w+)#([1-5])");
    private static final Pattern BEFORE_LAST = Pattern.compile("L-(\\d{1,2})");
    private static final int MOST_TIMES = 6;

    private final String second;
    private final String minute;
    private final String hour;
    private final String dayOfMonth;
    private final String month;
    private final String dayOfWeek;
    private final String year;

    private CronWords(String expression) {
        String[] fields = expression.toUpperCase(Locale.ROOT).split("\\s+", -1);
        this.second = fields[0];
        this.minute = fields[1];
        this.hour = fields[2];
        this.dayOfMonth = fields[3];
        this.month = fields[4];
        this.dayOfWeek = fields[5];
        this.year = fields.length > 6 ? fields[6] : "*";
    }

    /** @param expression one that Quartz can read */
    static String of(String expression) {
        CronWords words = new CronWords(expression);
        List<String> parts = new ArrayList<>();
        boolean atTimes = words.atTimes();
        parts.add((atTimes && words.everyDay() ? "every day " : "") + words.time());
        if (!words.everyDay()) {
            parts.add(words.days());
        }
        if (!words.month.equals("*")) {
            parts.add("in " + list(words.month, CronWords::monthName, "month"));
        }
        if (!words.year.equals("*")) {
            parts.add("in " + list(words.year, Function.identity(), "year"));
        }
        return String.join(", ", parts);
    }

    // ---- the time of day

    /** A few clock times that can simply be named. */
    private boolean atTimes() {
        return NUMBER.matcher(second).matches()
                && NUMBERS.matcher(minute).matches()
                && NUMBERS.matcher(hour).matches()
                && minute.split(",", -1).length * hour.split(",", -1).length <= MOST_TIMES;
    }

    private String time() {
        if (atTimes()) {
            List<String> times = new ArrayList<>();
            for (String h : hour.split(",", -1)) {
                for (String m : minute.split(",", -1)) {
                    times.add(clock(h, m));
                }
            }
            return "at " + Words.and(times.stream().sorted().toList());
        }
        return within(seconds());
    }

    private String clock(String h, String m) {
        String time = "%02d:%02d".formatted(Integer.valueOf(h), Integer.valueOf(m));
        return Integer.parseInt(second) == 0 ? time : time + ":%02d".formatted(Integer.valueOf(second));
    }

    private String seconds() {
        if (second.equals("0")) {
            return minutes("");
        }
        String every = steps(second, "second");
        if (every != null) {
            return minute.equals("*") ? every : every + " " + minutes("within ");
        }
        return minutes("") + " and " + list(second, Function.identity(), "second") + " s";
    }

    private String minutes(String within) {
        String every = steps(minute, "minute");
        if (every != null) {
            return within + every;
        }
        if (minute.equals("0") && within.isEmpty()) {
            String hours = steps(hour, "hour");
            return hours != null ? hours : "every hour";
        }
        String named = list(minute, Function.identity(), "minute");
        return within.isEmpty()
                ? everyHour() + " at minute " + named
                : within + "minute " + named + " of " + everyHour();
    }

    private String everyHour() {
        String hours = steps(hour, "hour");
        return hours == null ? "every hour" : hours;
    }

    private String within(String what) {
        if (steps(hour, "hour") != null) {
            return hour.equals("*") || what.contains(everyHour()) ? what : what + " of " + everyHour();
        }
        Matcher range = RANGE.matcher(hour);
        if (range.matches() && NUMBER.matcher(range.group(2)).matches()) {
            String last = minute.equals("0") && second.equals("0") ? ":00" : ":59";
            return what + " from " + "%02d:00".formatted(Integer.valueOf(range.group(1))) + " to "
                    + "%02d".formatted(Integer.valueOf(range.group(2))) + last;
        }
        return what + " in the hours " + list(hour, Function.identity(), "hour");
    }

    /** {@code every 15 minutes}, {@code every minute}; null if the field names single values. */
    private static String steps(String field, String unit) {
        if (field.equals("*")) {
            return "every " + unit;
        }
        Matcher steps = STEPS.matcher(field);
        if (!steps.matches()) {
            return null;
        }
        String start = steps.group(1).equals("*") ? "0" : steps.group(1);
        String every = steps.group(2).equals("1") ? "every " + unit : "every " + steps.group(2) + " " + unit + "s";
        return start.equals("0") ? every : every + " from " + unit + " " + start + " on";
    }

    // ---- the day

    private boolean everyDay() {
        return any(dayOfMonth) && any(dayOfWeek);
    }

    private static boolean any(String field) {
        return field.equals("*") || field.equals("?");
    }

    private String days() {
        if (any(dayOfMonth)) {
            return "on " + daysOfWeek();
        }
        String ofMonth = "on " + daysOfMonth();
        return any(dayOfWeek) ? ofMonth : ofMonth + " and on " + daysOfWeek();
    }

    private String daysOfMonth() {
        Matcher before = BEFORE_LAST.matcher(dayOfMonth);
        if (dayOfMonth.equals("L")) {
            return "the last day of the month";
        }
        if (dayOfMonth.equals("LW")) {
            return "the last weekday of the month";
        }
        if (before.matches()) {
            return "the day " + before.group(1) + " before the last of the month";
        }
        if (dayOfMonth.endsWith("W")) {
            return "the weekday nearest to the " + CronWords.ordinal(dayOfMonth.substring(0, dayOfMonth.length() - 1))
                    + " of the month";
        }
        String every = steps(dayOfMonth, "day");
        return every != null
                ? every + " of the month"
                : "the " + list(dayOfMonth, CronWords::ordinal, "day") + " of the month";
    }

    private String daysOfWeek() {
        Matcher nth = NTH_DAY.matcher(dayOfWeek);
        if (nth.matches()) {
            return "the " + ordinal(nth.group(2)) + " " + dayName(nth.group(1)) + " of the month";
        }
        if (dayOfWeek.equals("L")) {
            return "Saturday";
        }
        if (dayOfWeek.endsWith("L")) {
            return "the last " + dayName(dayOfWeek.substring(0, dayOfWeek.length() - 1)) + " of the month";
        }
        return list(dayOfWeek, CronWords::dayName, "day");
    }

    // ---- lists and names

    private static String list(String field, Function<String, String> name, String unit) {
        return Words.and(Arrays.stream(field.split(",", -1))
                .map(part -> part(part, name, unit))
                .toList());
    }

    private static String part(String part, Function<String, String> name, String unit) {
        int slash = part.indexOf('/');
        if (slash > 0) {
            String from = part.substring(0, slash);
            String start = from.equals("*") ? "" : " from " + part(from, name, unit);
            return "every " + part.substring(slash + 1) + " " + unit + "s" + start;
        }
        Matcher range = RANGE.matcher(part);
        return range.matches() ? name.apply(range.group(1)) + " to " + name.apply(range.group(2)) : name.apply(part);
    }

    private static String ordinal(String number) {
        return NUMBER.matcher(number).matches() ? Words.ordinal(Integer.parseInt(number)) : number;
    }

    private static String dayName(String day) {
        Integer number = NUMBER.matcher(day).matches() ? Integer.valueOf(day) : NAMED.get(day);
        return number == null || number < 1 || number > 7 ? day : DAYS.get(number - 1);
    }

    private static String monthName(String month) {
        if (NUMBER.matcher(month).matches()) {
            int number = Integer.parseInt(month);
            return number >= 1 && number <= 12 ? MONTHS.get(number - 1) : month;
        }
        return MONTHS.stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(month))
                .findFirst()
                .orElse(month);
    }
}
