package io.requartz.admin.console;

import io.requartz.node.SchedulerStatus;
import io.requartz.run.RunState;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleRepository.FireCount;
import io.requartz.schedule.ScheduleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a list and its own page show it.
 *
 * @param words its times, read out, without the zone; why it cannot be read, if so
 * @param zone whose wall clock counts
 * @param cells how many runs a fire makes; empty if it is one
 * @param source where it comes from
 * @param next null: not by itself
 * @param last the newest time that was dealt with; null if there was none
 * @param manual whether a person triggered that one
 * @param outcomes what came of it
 * @param held why it is not dealt with although it is due by then; empty if nothing holds it
 * @param ready whether it can be triggered
 */
record ScheduleRow(
        String href,
        String name,
        String title,
        String type,
        String typeHref,
        Standing standing,
        Chip chip,
        String words,
        String zone,
        String cells,
        String source,
        @Nullable Moment next,
        @Nullable Moment last,
        boolean manual,
        List<Outcome> outcomes,
        String held,
        boolean paused,
        boolean ready) {

    enum Standing {
        ACTIVE,
        PAUSED,
        OVER,
        UNREADABLE
    }

    /**
     * What so many cells came to.
     *
     * @param href the run, if it is one
     */
    record Outcome(Chip chip, String href) {}

    /** @param counts of the newest time that was dealt with */
    static ScheduleRow of(
            ScheduleStatus status,
            ScheduleOrigin origin,
            List<FireCount> counts,
            SchedulerStatus cluster,
            Titles titles,
            Times times) {
        Optional<Schedule> schedule = Optional.ofNullable(status.schedule());
        Standing standing = standing(status);
        String held = standing == Standing.ACTIVE ? held(status.schedule(), cluster) : "";
        return new ScheduleRow(
                href(status.name()),
                status.name(),
                schedule.map(ScheduleRow::title).orElse(status.name()),
                schedule.map(each -> titles.of(each.type())).orElse(""),
                schedule.map(each -> JobTypePages.href(each.type())).orElse(""),
                standing,
                held.isEmpty() ? chip(standing) : Chip.parked("Held"),
                schedule.map(ScheduleRow::words).orElse(Words.line(status.unreadable(), 300)),
                schedule.map(each -> each.zone().getId()).orElse(""),
                schedule.filter(each -> each.cells().size() > 1)
                        .map(each -> Words.count(each.cells().size(), "run") + " a fire")
                        .orElse(""),
                origin.words(),
                status.next().isEmpty() ? null : times.distance(status.next().get(0)),
                counts.isEmpty() ? null : times.distance(counts.get(0).time()),
                !counts.isEmpty() && counts.get(0).manual(),
                outcomes(counts, href(status.name())),
                held,
                schedule.map(Schedule::paused).orElse(false),
                schedule.isPresent());
    }

    static String href(String name) {
        return "/schedules/" + Words.query(name);
    }

    static String title(Schedule schedule) {
        return schedule.title() == null ? schedule.name() : Words.line(schedule.title(), 80);
    }

    /** Its times, read out, without the zone. */
    static String words(Schedule schedule) {
        String words = schedule.timing().words();
        String zone = " " + schedule.zone().getId();
        return Words.line(words.endsWith(zone) ? words.substring(0, words.length() - zone.length()) : words, 300);
    }

    private static Standing standing(ScheduleStatus status) {
        if (status.schedule() == null) {
            return Standing.UNREADABLE;
        }
        if (status.schedule().paused()) {
            return Standing.PAUSED;
        }
        return status.next().isEmpty() ? Standing.OVER : Standing.ACTIVE;
    }

    private static Chip chip(Standing standing) {
        return switch (standing) {
            case ACTIVE -> Chip.good("Active");
            case PAUSED -> Chip.parked("Paused");
            case OVER -> Chip.quiet("Over");
            case UNREADABLE -> Chip.dead("Unreadable");
        };
    }

    /** Why it makes no runs when it is due; empty if nothing holds it. */
    static String held(@Nullable Schedule schedule, SchedulerStatus cluster) {
        if (cluster.paused()) {
            return "Everything is paused by " + Words.line(cluster.pausedBy(), 100) + ".";
        }
        return cluster.pausedTypes().stream()
                .filter(pause -> schedule != null && pause.type().equals(schedule.type()))
                .map(pause -> "Its job type is paused by " + Words.line(pause.by(), 100) + ".")
                .findFirst()
                .orElse("");
    }

    private static List<Outcome> outcomes(List<FireCount> counts, String href) {
        List<Outcome> outcomes = new ArrayList<>();
        for (FireCount count : counts) {
            Chip chip = chip(
                    count.state(),
                    count.skipped() == null ? "" : count.skipped().label());
            boolean single = count.cells() == 1 && count.state() != null;
            outcomes.add(new Outcome(
                    counts.size() == 1 && count.cells() == 1 ? chip : chip.counted(count.cells()),
                    single ? RunRow.href(count.runId()) : href));
        }
        return outcomes;
    }

    /** What one fire came to. */
    static Chip chip(@Nullable RunState state, String skipped) {
        if (!skipped.isEmpty()) {
            return Chip.quiet("Skipped: " + skipped);
        }
        return state == null ? Chip.quiet("Not kept") : Chip.of(state);
    }
}
