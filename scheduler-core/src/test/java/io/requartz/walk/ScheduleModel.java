package io.requartz.walk;

import io.requartz.run.RunState;
import io.requartz.schedule.FirePlan;
import io.requartz.schedule.Misfire;
import io.requartz.schedule.Overlap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** One schedule, as the documentation has it: works out for itself when it is due, and what becomes of each time and cell. */
final class ScheduleModel {

    static final Duration MISFIRE_AFTER = Duration.ofSeconds(30);

    /** What becomes of a time and cell that makes a run. */
    static final String RUN = "run";

    private static final long NEVER = Long.MAX_VALUE;

    /**
     * What can be changed of it.
     *
     * @param seconds it is due when the clock shows a multiple of them
     * @param cron written as cron, not as interval
     */
    record Rule(int seconds, boolean cron, Misfire misfire, Overlap overlap, List<String> script, boolean paused) {

        boolean sameTimes(Rule other) {
            return seconds == other.seconds && cron == other.cron;
        }
    }

    final String name;
    final Kind kind;
    final Map<String, Place> cells;
    private final Map<String, String> answered = new TreeMap<>();
    private Rule rule;
    private long next;
    private long last = Long.MIN_VALUE;

    /** @param cells what each works on; without a matrix one of no name */
    ScheduleModel(String name, Kind kind, Map<String, Place> cells, Rule rule, long now) {
        this.name = name;
        this.kind = kind;
        this.cells = new TreeMap<>(cells);
        this.rule = rule;
        this.next = after(now);
    }

    Rule rule() {
        return rule;
    }

    /** The first time that was not dealt with, in milliseconds; far away if there is none. */
    long next() {
        return next;
    }

    private long after(long millis) {
        long step = rule.seconds() * 1000L;
        return Math.floorDiv(millis, step) * step + step;
    }

    /** Other times, or the end of a pause, begin anew: after now, and after all that was dealt with. */
    void change(Rule changed, long now) {
        boolean goesOn = changed.sameTimes(rule) && !rule.paused();
        rule = changed;
        if (changed.paused()) {
            next = NEVER;
        } else if (!goesOn) {
            next = after(Math.max(now, last));
        }
    }

    /**
     * What a fire now has to record, by time and cell: {@value #RUN}, or why none was made. Nothing if it is not due.
     *
     * @param held whether the scope of a cell holds it
     * @param open states of the open runs that this schedule has made for a cell
     */
    Map<String, String> expected(long now, Predicate<Place> held, Function<String, List<RunState>> open) {
        List<Long> due = new ArrayList<>();
        for (long time = next; time <= now; time += rule.seconds() * 1000L) {
            due.add(time);
        }
        List<Long> running = running(due, now);
        Map<String, String> answers = new TreeMap<>();
        due.stream().filter(time -> !running.contains(time)).forEach(time -> answers.put(key(time, ""), "missed"));
        cells.forEach((cell, place) -> {
            List<RunState> others = open.apply(cell);
            for (int i = 0; i < running.size(); i++) {
                String answer = held.test(place) ? "held" : overlapping(others, i == 0, i == running.size() - 1);
                answers.put(key(running.get(i), cell), answer);
            }
        });
        return answers;
    }

    private List<Long> running(List<Long> due, long now) {
        List<Long> punctual = due.stream()
                .filter(time -> time >= now - MISFIRE_AFTER.toMillis())
                .toList();
        List<Long> run = switch (rule.misfire()) {
            case SKIP -> punctual;
            case RUN_ONCE -> punctual.isEmpty() && !due.isEmpty() ? due.subList(due.size() - 1, due.size()) : punctual;
            case RUN_ALL -> due;
        };
        int most = FirePlan.MOST_RUNS / cells.size();
        return run.subList(Math.max(0, run.size() - most), run.size());
    }

    private String overlapping(List<RunState> others, boolean first, boolean last) {
        boolean all = rule.misfire() == Misfire.RUN_ALL;
        boolean runs = switch (rule.overlap()) {
            case ALLOW -> true;
            case SKIP -> others.isEmpty() && (first || all);
            case SUPERSEDE -> !others.contains(RunState.RUNNING) && (last || all);
        };
        return runs ? RUN : "overlap";
    }

    static String key(long time, String cell) {
        return time + " " + cell;
    }

    /** It has fired: what was due is dealt with. */
    void fired(long now, Map<String, String> answers) {
        for (long time = next; time <= now; time += rule.seconds() * 1000L) {
            last = time;
        }
        next = after(now);
        answered.putAll(answers);
    }

    /** All times and cells that were dealt with since it began. */
    Map<String, String> answered() {
        return answered;
    }

    /** In the form of {@link io.requartz.schedule.ScheduleFormat}. */
    String json(Rule wanted) {
        String timing = wanted.cron()
                ? "\"cron\": \"" + (wanted.seconds() == 60 ? "0" : "0/" + wanted.seconds()) + " * * * * ?\""
                : "\"every\": \"" + wanted.seconds() + "s\"";
        Place fixed = cells.values().iterator().next();
        String payload = cells.size() == 1
                ? fixed.payload(wanted.script())
                : "{\"script\": " + Place.script(wanted.script()) + "}";
        return "{\"type\": \"" + kind.type() + "\", " + timing
                + ", \"misfire\": \"" + wanted.misfire().words() + "\", \"misfire-after\": \""
                + MISFIRE_AFTER.toSeconds()
                + "s\", \"overlap\": \"" + wanted.overlap().words() + "\", \"payload\": " + payload
                + (cells.size() == 1 ? "" : ", \"matrix\": " + matrix()) + ", \"paused\": " + wanted.paused() + "}";
    }

    private static String matrix() {
        return "{\"restaurant_id\": [1, 2], \"platform\": " + Place.script(Place.PLATFORMS) + "}";
    }

    /** The cells of {@link #matrix}, by the names that the documentation gives them. */
    static Map<String, Place> allPlaces() {
        Map<String, Place> cells = new TreeMap<>();
        for (String platform : Place.PLATFORMS) {
            for (int restaurant = 1; restaurant <= Place.RESTAURANTS; restaurant++) {
                cells.put("platform=" + platform + ", restaurant_id=" + restaurant, new Place(restaurant, platform));
            }
        }
        return cells;
    }
}
