package io.requartz.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast what was held back may go on, as in {@code 20/s}.
 *
 * @param count 1 to 10000
 * @param per a second, a minute or an hour
 */
public record ReleaseRate(int count, Duration per) {

    public static final ReleaseRate DEFAULT = new ReleaseRate(20, Duration.ofSeconds(1));

    private static final Pattern WRITTEN = Pattern.compile("\\s*(\\d{1,5})\\s*/\\s*([smh])\\s*");

    public ReleaseRate {
        if (count < 1 || count > 10_000) {
            throw new IllegalArgumentException(count + " came; expected 1 to 10000 in a second, minute or hour");
        }
        if (per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("a rate is so many in a time that is not zero");
        }
    }

    /** @throws IllegalArgumentException if the text is not of the form {@code 20/s}, {@code 5/m} or {@code 100/h} */
    public static ReleaseRate parse(String text) {
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException('"' + (text.length() > 40 ? text.substring(0, 40) + "..." : text)
                    + "\" is not a rate; expected so many a second, minute or hour, as in 20/s, 5/m or 100/h");
        }
        return new ReleaseRate(
                Integer.parseInt(parts.group(1)),
                switch (parts.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                });
    }

    /** The time of the i-th release, counted from 0; whole milliseconds, without an error that adds up. */
    public Instant slot(Instant first, int i) {
        return first.plus(per.multipliedBy(i).dividedBy(count));
    }

    /** How many slots there are from the first one on that come before {@code end}. */
    public int slotsBefore(Instant first, Instant end) {
        if (!first.isBefore(end)) {
            return 0;
        }
        long millis = Duration.between(first, end).toMillis();
        long slots = (millis * count + per.toMillis() - 1) / per.toMillis();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, slots));
    }

    @Override
    public String toString() {
        String unit = per.equals(Duration.ofSeconds(1)) ? "s" : per.equals(Duration.ofMinutes(1)) ? "m" : "h";
        return count + "/" + unit;
    }
}
