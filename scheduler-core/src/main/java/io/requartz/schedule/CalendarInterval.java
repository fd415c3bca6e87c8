package io.requartz.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * So many days, weeks, months or years apart, at one wall-clock time. Counted from the start, so the 31st of January is followed by
 * the last of February and the 31st of March. A time that a daylight-saving change leaves out comes as much later as the clocks
 * went forward; of one that comes twice, the first counts.
 *
 * @param count 1 to 1,000
 * @param unit DAYS, WEEKS, MONTHS or YEARS
 * @param start the first time, on the wall clock of {@code zone}
 */
public record CalendarInterval(int count, ChronoUnit unit, LocalDateTime start, ZoneId zone) implements Timing {

    static final int MOST = 1_000;

    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    public CalendarInterval {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(zone, "zone");
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(count + " came; expected 1 to " + MOST);
        }
        if (unit.compareTo(ChronoUnit.DAYS) < 0 || unit.compareTo(ChronoUnit.YEARS) > 0) {
            throw new IllegalArgumentException(unit + " came; expected days, weeks, months or years");
        }
    }

    @Override
    public Optional<Instant> next(Instant after) {
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        long steps = Math.max(0, unit.between(start, local) / count - 1);
        Instant time = step(steps);
        while (!time.isAfter(after)) {
            time = step(++steps);
        }
        return Optional.of(time);
    }

    private Instant step(long steps) {
        return start.plus(steps * count, unit).atZone(zone).toInstant();
    }

    @Override
    public String words() {
        String plural = unit.toString().toLowerCase(Locale.ROOT);
        String every = count == 1 ? plural.substring(0, plural.length() - 1) : count + " " + plural;
        return "every " + every + " from " + START.format(start) + " " + zone.getId();
    }
}
