package io.requartz.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * Quartz's cron expressions, seconds first, on the wall clock of a time zone.
 *
 * <p>Quartz finds the wall-clock times; what a daylight-saving change makes of them is decided here. An expression that holds in
 * every hour goes on in steady steps through both changes. Any other one has one fire for each of its wall-clock times: a time
 * that is left out comes as much later as the clocks went forward, and one that comes twice fires the first time. Quartz by itself
 * would be silent for one of the two equal hours, even if it is due each minute.
 */
public final class Cron implements Timing {

    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
    private static final List<String> EVERY_HOUR = List.of("*", "*/1", "0/1", "0-23");
    private static final int LONGEST = 120;

    private final String expression;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final CronExpression wallClock;
    private final boolean everyHour;

    private Cron(String expression, ZoneId zone, CronExpression wallClock) {
        this.expression = expression;
        this.zone = zone;
        this.rules = zone.getRules();
        this.wallClock = wallClock;
        this.everyHour = EVERY_HOUR.contains(expression.split(" ", -1)[2]);
    }

    /** @throws IllegalArgumentException if Quartz cannot read it, or it never fires: what came, and what was expected */
    public static Cron of(String expression, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        String trimmed = expression.strip().replaceAll("\\s+", " ");
        if (trimmed.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an expression of " + trimmed.length() + " characters came; expected at most " + LONGEST);
        }
        int fields = trimmed.isEmpty() ? 0 : trimmed.split(" ", -1).length;
        if (fields < 6 || fields > 7) {
            throw new IllegalArgumentException("\"" + trimmed + "\" has " + fields
                    + " fields; expected 6 or 7, seconds first: second minute hour"
                    + " day-of-month month day-of-week [year], as in 0 30 2 * * ?"
                    + (fields == 5 ? " (for a crontab line, put 0 before it and ? for one of the two days)" : ""));
        }
        try {
            CronExpression parsed = new CronExpression(trimmed.toUpperCase(Locale.ROOT));
            parsed.setTimeZone(UTC);
            Cron cron = new Cron(trimmed, zone, parsed);
            if (cron.next(Instant.EPOCH).isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + trimmed + "\" never fires: there is no such date; mend day, month or year");
            }
            return cron;
        } catch (ParseException | UnsupportedOperationException | NumberFormatException broken) {
            throw new IllegalArgumentException(
                    "\"" + trimmed + "\" is not a cron expression: " + broken.getMessage(), broken);
        }
    }

    public String expression() {
        return expression;
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.ofNullable(everyHour ? steady(after) : onWallClock(after));
    }

    /** Between two changes of the zone's offset a wall clock runs as any other: one stretch after the other. */
    private Instant steady(Instant after) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            LocalDateTime local = nextLocal(LocalDateTime.ofEpochSecond(from.getEpochSecond(), from.getNano(), offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (local == null || change == null || local.toInstant(offset).isBefore(change.getInstant())) {
                return local == null ? null : local.toInstant(offset);
            }
            // the change's own moment may be due: looked for from just before it, on the new wall clock
            LocalDateTime first = nextLocal(change.getDateTimeAfter().minusSeconds(1));
            if (first == null || first.equals(change.getDateTimeAfter())) {
                return first == null ? null : change.getInstant();
            }
            from = change.getInstant();
        }
    }

    private Instant onWallClock(Instant after) {
        LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        ZoneOffsetTransition last = rules.previousTransition(after.plusNanos(1));
        if (last == null) {
            return first(local, after);
        }
        if (last.isOverlap() && local.isBefore(last.getDateTimeBefore())) {
            // the second time round: nothing of it fires
            return first(last.getDateTimeBefore().minusSeconds(1), after);
        }
        Instant next = first(local, after);
        if (last.isGap() && after.isBefore(last.getInstant().plus(last.getDuration()))) {
            // times that were left out and are still to come, among those that are there
            LocalDateTime leftOut = nextLocal(LocalDateTime.ofInstant(after, last.getOffsetBefore()));
            if (leftOut != null && leftOut.isBefore(last.getDateTimeAfter())) {
                next = earlier(next, at(leftOut));
            }
        }
        return next;
    }

    private Instant first(LocalDateTime from, Instant after) {
        LocalDateTime local = nextLocal(from);
        while (local != null && !at(local).isAfter(after)) {
            local = nextLocal(local);
        }
        if (local == null) {
            return null;
        }
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null || !change.isGap()) {
            return at(local);
        }
        LocalDateTime there = nextLocal(change.getDateTimeAfter().minusSeconds(1));
        return earlier(at(local), there == null ? null : at(there));
    }

    /** With the offset before a change, what is left out comes later, and of two equal times it is the first. */
    private Instant at(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        return local.toInstant(change == null ? rules.getOffset(local) : change.getOffsetBefore());
    }

    private static Instant earlier(Instant one, Instant other) {
        return other == null || (one != null && one.isBefore(other)) ? one : other;
    }

    private LocalDateTime nextLocal(LocalDateTime after) {
        Date next = wallClock.getTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC)));
        return next == null ? null : LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
    }

    @Override
    public String words() {
        return CronWords.of(expression) + " " + zone.getId();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.expression.equals(expression) && cron.zone.equals(zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression, zone);
    }

    @Override
    public String toString() {
        return expression + " " + zone;
    }
}
