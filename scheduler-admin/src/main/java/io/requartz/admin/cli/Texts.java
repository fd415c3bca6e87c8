package io.requartz.admin.cli;

import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How times and foreign texts are shown to a person. */
final class Texts {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Texts() {}

    /** Without control characters: what a downstream answered must not command the terminal. Line ends stay. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> Character.isISOControl(point) && point != '\n' ? ' ' : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** In one line and printable. */
    static String oneLine(String text) {
        return printable(text).replaceAll("\\s+", " ").strip();
    }

    /** At most so many characters, the last of them an ellipsis if something is missing; 0: as it is. */
    static String cut(String text, int width) {
        int length = text.codePointCount(0, text.length());
        if (width <= 0 || length <= width) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 3))) + "...";
    }

    /** In the viewer's zone; the date only if it is not today. */
    static String when(Instant time, Instant now, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        boolean today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return local.format(today ? TIME : DAY_AND_TIME);
    }

    /** As in {@code in 12s}, {@code now}, {@code 3m ago}. */
    static String distance(Instant time, Instant now) {
        Duration away = Duration.between(now, time);
        if (away.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "now";
        }
        Duration seconds = Duration.ofSeconds(away.abs().toSeconds());
        return away.isNegative() ? Durations.brief(seconds) + " ago" : "in " + Durations.brief(seconds);
    }
}
