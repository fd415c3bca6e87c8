package io.requartz.admin.console;

import io.requartz.schedule.NextFires;
import io.requartz.schedule.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A time to come.
 *
 * @param own on the wall clock of the schedule's zone
 * @param here on the reader's
 * @param away how far it is
 */
record NextFire(String own, Moment here, Moment away) {

    static final int SHOWN = 10;

    static List<NextFire> of(List<Instant> all, ZoneId zone, Times times) {
        boolean seconds = all.stream().anyMatch(time -> time.getEpochSecond() % 60 != 0);
        return all.stream()
                .map(time -> new NextFire(Times.local(time, zone, seconds), times.clock(time), times.distance(time)))
                .toList();
    }

    /** The first so many, and those that come after them. */
    static List<NextFire> of(List<Instant> first, Schedule schedule, Times times) {
        List<Instant> all = new ArrayList<>(first);
        if (!first.isEmpty() && first.size() < SHOWN) {
            NextFires fires = schedule.fires();
            all.addAll(fires.upcoming(first.get(first.size() - 1), SHOWN - first.size()));
        }
        return of(all, schedule.zone(), times);
    }
}
