package io.requartz.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A timing with what its calendar leaves of it. Immutable and thread-safe. */
public final class NextFires {

    /** Times are counted up to here, which at one a second are more than eleven days. */
    static final int COUNTED = 1_000_000;

    private static final int MOST_GAPS = 20_000;

    private final Timing timing;
    private final ScheduleCalendar calendar;
    private final ZoneId zone;

    /** @param zone whose wall clock the calendar is read on */
    public NextFires(Timing timing, ScheduleCalendar calendar, ZoneId zone) {
        this.timing = Objects.requireNonNull(timing, "timing");
        this.calendar = Objects.requireNonNull(calendar, "calendar");
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    /** The first time after this one; empty if there is none, or the calendar leaves none. */
    public Optional<Instant> after(Instant time) {
        Instant from = time;
        for (int i = 0; i < MOST_GAPS; i++) {
            Optional<Instant> next = timing.next(from);
            if (next.isEmpty() || calendar.equals(ScheduleCalendar.OPEN)) {
                return next;
            }
            LocalDateTime local = LocalDateTime.ofInstant(next.get(), zone);
            Optional<LocalDateTime> open = calendar.open(local);
            if (open.isEmpty() || open.get().equals(local)) {
                return open.isEmpty() ? Optional.empty() : next;
            }
            Instant opens = open.get().atZone(zone).toInstant().minusMillis(1);
            from = opens.isAfter(next.get()) ? opens : next.get();
        }
        return Optional.empty();
    }

    /** The next so many times after this one, fewer if there are fewer. */
    public List<Instant> upcoming(Instant after, int count) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = after(after);
        while (next.isPresent() && times.size() < count) {
            times.add(next.get());
            next = after(next.get());
        }
        return times;
    }

    /**
     * What was due and has not been dealt with.
     *
     * @param kept the newest of them, oldest first
     * @param older how many came before those
     * @param next the first time after now; empty if there is none
     */
    public record Due(List<Instant> kept, long older, Optional<Instant> next) {
        public Due {
            kept = List.copyOf(kept);
        }
    }

    /**
     * @param first the earliest time that was not dealt with; not after {@code now}
     * @param most how many are kept one by one
     */
    public Due due(Instant first, Instant now, int most) {
        Deque<Instant> kept = new ArrayDeque<>();
        long older = 0;
        Optional<Instant> time = Optional.of(first);
        while (time.isPresent() && !time.get().isAfter(now) && older < COUNTED) {
            kept.addLast(time.get());
            if (kept.size() > most) {
                kept.removeFirst();
                older++;
            }
            time = after(time.get());
        }
        return new Due(
                List.copyOf(kept), older, time.filter(next -> next.isAfter(now)).or(() -> after(now)));
    }
}
