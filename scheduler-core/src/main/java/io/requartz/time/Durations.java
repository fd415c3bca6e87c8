package io.requartz.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: whole numbers with a unit, {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h}, {@code 1d}, or
 * several from the largest to the smallest, {@code 1h 30m}. A day is 24 hours.
 */
public final class Durations {

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,18})d)?\\s*(?:(\\d{1,18})h)?\\s*(?:(\\d{1,18})m(?!s))?"
                    + "\\s*(?:(\\d{1,18})s)?\\s*(?:(\\d{1,18})ms)?");
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);
    private static final int LONGEST_QUOTED = 60;

    private Durations() {}

    /**
     * Reads a duration. It is never negative, and a number without unit is refused, {@code 0} too.
     *
     * @throws IllegalArgumentException if the text is not of the form above, or longer than 292 million years; the message says
     *     what came and what is expected
     */
    public static Duration parse(String text) {
        if (text == null) {
            throw new IllegalArgumentException("a duration is missing; " + expected());
        }
        String trimmed = text.strip();
        Matcher parts = WRITTEN.matcher(trimmed);
        if (trimmed.isEmpty() || trimmed.length() > 120 || !parts.matches()) {
            throw new IllegalArgumentException(quoted(text) + " is not a duration; " + expected());
        }
        try {
            long millis = 0;
            for (int i = 0; i < MILLIS.length; i++) {
                String number = parts.group(i + 1);
                if (number != null) {
                    millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(number), MILLIS[i]));
                }
            }
            return Duration.ofMillis(millis);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(quoted(text) + " is too long for a duration; " + expected(), e);
        }
    }

    /**
     * Writes a duration exactly, so that {@link #parse} gives it back: {@code 1h 30m}, {@code 14s 300ms}, {@code 0s}. What is
     * finer than a millisecond is left out. A negative one begins with a minus, which {@code parse} refuses.
     */
    public static String format(Duration duration) {
        long rest = millis(duration);
        if (rest == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        if (rest < 0) {
            text.append('-');
            rest = -rest;
        }
        for (int i = 0; i < MILLIS.length; i++) {
            long count = rest / MILLIS[i];
            rest %= MILLIS[i];
            if (count > 0) {
                append(text, count, UNITS[i]);
            }
        }
        return text.toString();
    }

    /**
     * Writes a duration for a sentence: a fraction of seconds below a minute ({@code 14.3s}), the two largest units above
     * ({@code 2h 5m}); the rest is dropped.
     */
    public static String brief(Duration duration) {
        long millis = millis(duration);
        if (millis < 0) {
            return "-" + brief(Duration.ofMillis(-millis));
        }
        if (millis < 1_000) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        if (millis < 60_000) {
            long tenths = millis / 100;
            return tenths % 10 == 0 ? tenths / 10 + "s" : tenths / 10 + "." + tenths % 10 + "s";
        }
        int largest = 0;
        while (millis < MILLIS[largest]) {
            largest++;
        }
        long count = millis / MILLIS[largest];
        long next = millis % MILLIS[largest] / MILLIS[largest + 1];
        StringBuilder text = new StringBuilder();
        append(text, count, UNITS[largest]);
        if (next > 0) {
            append(text, next, UNITS[largest + 1]);
        }
        return text.toString();
    }

    /** Whole milliseconds; a duration of more than 292 million years, either way, is that long. */
    public static long millis(Duration duration) {
        if (duration.compareTo(LONGEST) >= 0) {
            return Long.MAX_VALUE;
        }
        return duration.compareTo(LONGEST.negated()) <= 0 ? -Long.MAX_VALUE : duration.toMillis();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '-') {
            text.append(' ');
        }
        text.append(count).append(unit);
    }

    private static String expected() {
        return "expected a whole number with a unit, as in 500ms, 30s, 15m, 2h or 1d, or several, as in 1h 30m";
    }

    private static String quoted(String text) {
        return '"' + (text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "...") + '"';
    }
}
