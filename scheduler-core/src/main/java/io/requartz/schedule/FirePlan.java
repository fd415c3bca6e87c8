package io.requartz.schedule;

import io.requartz.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of the times at which a schedule was due: the misfire rule, what is held and the overlap rule, in this order. Pure.
 *
 * @param fires in the order of their times
 */
public record FirePlan(List<Fire> fires) {

    /** A fire makes at most so many runs in one go; but one for each cell in any case. */
    public static final int MOST_RUNS = 1_000;

    public FirePlan {
        fires = List.copyOf(fires);
    }

    /** A run that an earlier fire has made and that is open. */
    public record OpenRun(String id, RunState state) {}

    /**
     * One time and cell: a run, or not.
     *
     * @param cell empty for all of a time's cells together
     * @param skipped null: it makes a run
     * @param why of what was skipped; null for a run
     * @param times how many times this stands for: more than 1 only for what was missed and is not kept one by one
     * @param supersedes waiting runs that are cancelled for this one
     */
    public record Fire(Instant time, String cell, Skipped skipped, String why, long times, List<String> supersedes) {
        public Fire {
            supersedes = List.copyOf(supersedes);
        }

        static Fire run(Instant time, String cell, List<String> supersedes) {
            return new Fire(time, cell, null, null, 1, supersedes);
        }

        static Fire skipped(Instant time, String cell, Skipped skipped, String why) {
            return new Fire(time, cell, skipped, why, 1, List.of());
        }

        public boolean makesRun() {
            return skipped == null;
        }
    }

    /**
     * @param first the earliest time that was not dealt with
     * @param due all of them
     * @param open by cell
     * @param held cells whose work is held, with why
     */
    public static FirePlan of(
            Schedule schedule,
            Instant first,
            NextFires.Due due,
            Instant now,
            Map<String, List<OpenRun>> open,
            Map<String, String> held) {
        List<Fire> fires = new ArrayList<>();
        List<Instant> running = running(schedule, due.kept(), now);
        if (due.older() > 0) {
            fires.add(new Fire(
                    first,
                    "",
                    Skipped.MISSED,
                    due.older() + " times were missed, from this one on" + before(due.kept()),
                    due.older(),
                    List.of()));
        }
        Set<Instant> run = new HashSet<>(running);
        due.kept().stream()
                .filter(time -> !run.contains(time))
                .forEach(time -> fires.add(Fire.skipped(
                        time,
                        "",
                        Skipped.MISSED,
                        "missed; the misfire rule is " + schedule.misfire().words())));
        for (Cell cell : schedule.cells()) {
            String hold = held.get(cell.name());
            if (hold == null) {
                fires.addAll(overlapping(schedule, cell.name(), running, open.getOrDefault(cell.name(), List.of())));
            } else {
                running.forEach(time -> fires.add(Fire.skipped(time, cell.name(), Skipped.HELD, hold)));
            }
        }
        fires.sort(Comparator.comparing(Fire::time));
        return new FirePlan(fires);
    }

    private static String before(List<Instant> kept) {
        return kept.isEmpty() ? "" : " and before " + kept.get(0);
    }

    /** Which of the times make runs, as far as the misfire rule goes; the newest, if there are too many. */
    private static List<Instant> running(Schedule schedule, List<Instant> due, Instant now) {
        Instant inTime = now.minus(schedule.misfireAfter());
        List<Instant> punctual =
                due.stream().filter(time -> !time.isBefore(inTime)).toList();
        List<Instant> run = switch (schedule.misfire()) {
            case SKIP -> punctual;
            case RUN_ONCE -> punctual.isEmpty() && !due.isEmpty() ? due.subList(due.size() - 1, due.size()) : punctual;
            case RUN_ALL -> due;
        };
        int most = Math.max(1, MOST_RUNS / schedule.cells().size());
        return run.size() <= most ? run : run.subList(run.size() - most, run.size());
    }

    private static List<Fire> overlapping(Schedule schedule, String cell, List<Instant> times, List<OpenRun> open) {
        if (schedule.overlap() == Overlap.ALLOW || (open.isEmpty() && schedule.misfire() == Misfire.RUN_ALL)) {
            return times.stream().map(time -> Fire.run(time, cell, List.of())).toList();
        }
        return schedule.overlap() == Overlap.SKIP
                ? skipping(cell, times, open)
                : superseding(schedule, cell, times, open);
    }

    private static List<Fire> skipping(String cell, List<Instant> times, List<OpenRun> open) {
        List<Fire> fires = new ArrayList<>();
        for (Instant time : times) {
            if (open.isEmpty() && fires.isEmpty()) {
                fires.add(Fire.run(time, cell, List.of()));
            } else {
                String other = open.isEmpty() ? "that of " + times.get(0) : isOpen(open.get(0));
                fires.add(Fire.skipped(time, cell, Skipped.OVERLAP, "an earlier run is open: " + other));
            }
        }
        return fires;
    }

    private static List<Fire> superseding(Schedule schedule, String cell, List<Instant> times, List<OpenRun> open) {
        OpenRun running = open.stream()
                .filter(run -> run.state() == RunState.RUNNING)
                .findFirst()
                .orElse(null);
        if (running != null) {
            return times.stream()
                    .map(time -> Fire.skipped(
                            time,
                            cell,
                            Skipped.OVERLAP,
                            "an earlier run is not cancelled any more: " + isOpen(running)))
                    .toList();
        }
        List<String> waiting = open.stream().map(OpenRun::id).toList();
        boolean all = schedule.misfire() == Misfire.RUN_ALL;
        List<Fire> fires = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            boolean last = i == times.size() - 1;
            boolean first = i == 0;
            fires.add(
                    all || last
                            ? Fire.run(times.get(i), cell, all && !first ? List.of() : waiting)
                            : Fire.skipped(
                                    times.get(i),
                                    cell,
                                    Skipped.OVERLAP,
                                    "superseded by " + times.get(times.size() - 1)));
        }
        return fires;
    }

    private static String isOpen(OpenRun run) {
        return run.id() + " is " + run.state();
    }
}
