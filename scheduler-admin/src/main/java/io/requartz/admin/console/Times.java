package io.requartz.admin.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How times are told on one page. The server does not know the reader's zone and writes UTC; with a script, the browser writes its
 * own over it.
 *
 * @param now when the page was made
 */
record Times(Instant now) {

    private static final DateTimeFormatter TIME = at("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_TIME = at("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter FULL = at("yyyy-MM-dd HH:mm:ss.SSS 'UTC'");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter LOCAL_SECONDS =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static DateTimeFormatter at(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** The time of the day; with the date if that is not today's. */
    Moment clock(Instant time) {
        boolean today = time.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
        return new Moment(iso(time), (today ? TIME : DAY_AND_TIME).format(time), FULL.format(time), true);
    }

    /** {@code 4 min ago}, {@code in 12 s}, {@code now}. */
    Moment distance(Instant time) {
        Duration away = Duration.between(now, time);
        String text = "now";
        if (away.abs().compareTo(Duration.ofSeconds(1)) >= 0) {
            text = away.isNegative() ? coarse(away.negated()) + " ago" : "in " + coarse(away);
        }
        return new Moment(iso(time), text, FULL.format(time), false);
    }

    /** How long it has been so: {@code 4 min}. */
    Moment since(Instant time) {
        Duration passed = Duration.between(time, now);
        return new Moment(iso(time), coarse(passed.isNegative() ? Duration.ZERO : passed), FULL.format(time), false);
    }

    /** On the wall clock of a zone, with the day of the week: {@code Sun 2026-03-29 03:30}. */
    static String local(Instant time, ZoneId zone, boolean seconds) {
        return (seconds ? LOCAL_SECONDS : LOCAL).format(time.atZone(zone));
    }

    private static String iso(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The largest unit only. */
    static String coarse(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** {@code 340 ms}, {@code 2.4 s}, {@code 2 min 15 s}, {@code 3 h 5 min}. */
    static String span(Duration time) {
        long millis = Math.max(0, time.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis % 1_000 < 100
                    ? millis / 1_000 + " s"
                    : String.format(Locale.ROOT, "%d.%d s", millis / 1_000, millis % 1_000 / 100);
        }
        long seconds = millis / 1_000;
        if (seconds < 3_600) {
            return two(seconds / 60, " min", seconds % 60, " s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3_600, " h", seconds % 3_600 / 60, " min");
        }
        return two(seconds / 86_400, " d", seconds % 86_400 / 3_600, " h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
