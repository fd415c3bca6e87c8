package io.requartz.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Small pieces of English. */
final class Words {

    private Words() {}

    /** {@code 15 minutes}, {@code 1 hour 30 minutes}; {@code minute} for just one, as it stands after "every". */
    static String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        add(parts, duration.toDays(), "day");
        add(parts, duration.toHoursPart(), "hour");
        add(parts, duration.toMinutesPart(), "minute");
        add(parts, duration.toSecondsPart(), "second");
        add(parts, duration.toMillisPart(), "millisecond");
        String text = String.join(" ", parts);
        return parts.size() == 1 && text.startsWith("1 ") ? text.substring(2) : text;
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? unit : unit + "s"));
        }
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String and(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** {@code 1st}, {@code 2nd}, {@code 23rd}, {@code 11th}. */
    static String ordinal(int number) {
        int tens = number % 100;
        String end = tens >= 11 && tens <= 13
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + end;
    }
}
