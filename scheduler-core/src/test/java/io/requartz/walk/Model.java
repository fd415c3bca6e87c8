package io.requartz.walk;

import io.requartz.run.RunState;
import io.requartz.schedule.Overlap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All that should be, worked out from what was done and in which order jobs were executed. */
final class Model {

    static final int LIMIT = 3;

    final Map<String, RunModel> runs = new LinkedHashMap<>();
    final Map<Place, ScopeModel> scopes = new LinkedHashMap<>();
    final Map<String, ScheduleModel> schedules = new TreeMap<>();
    final Set<Kind> paused = new HashSet<>();

    /** Runs that were settled since the last comparison. */
    final List<RunModel> settled = new ArrayList<>();

    boolean allPaused;
    int limit = LIMIT;

    void add(RunModel run) {
        runs.put(run.id(), run);
    }

    ScopeModel scope(Place place) {
        return scopes.computeIfAbsent(place, each -> new ScopeModel());
    }

    ScopeModel scope(RunModel run) {
        return scope(run.origin.place());
    }

    List<RunModel> those(Predicate<RunModel> wanted) {
        return runs.values().stream().filter(wanted).toList();
    }

    boolean waits(Kind kind) {
        return allPaused || paused.contains(kind);
    }

    /** What a node takes now, if there is room for all. */
    List<RunModel> due(long now) {
        return those(run -> run.dueAt(now) && !waits(run.origin.kind()));
    }

    boolean lets(RunModel run) {
        return scope(run).lets(run.origin.kind().stands(), run.manual);
    }

    /** How many times and cells were dealt with. */
    long fires() {
        return schedules.values().stream()
                .mapToLong(schedule -> schedule.answered().size())
                .sum();
    }

    private void become(RunModel run, RunState state) {
        run.state = state;
        if (state.settled()) {
            settled.add(run);
        }
    }

    // ---- what nodes do

    /** Taken although its scope holds it. */
    void hold(RunModel run) {
        become(run, run.origin.schedule() == null ? RunState.PARKED : RunState.CANCELLED);
    }

    /** Its attempt has begun; this is its end, committed after all that ended before. */
    void end(RunModel run) {
        String step = run.step(run.attempts);
        ScopeModel scope = scope(run);
        if (step.equals(Kind.SUCCEEDS)) {
            become(run, RunState.SUCCEEDED);
            scope.succeeded();
            return;
        }
        run.failures++;
        boolean counts = !step.equals(Kind.FAILS_UNCOUNTED);
        boolean disables = counts && scope.failed(limit);
        RunState next = run.origin.kind().after(step, run.failures);
        if (next == RunState.FAILED && disables) {
            next = RunState.DEAD;
        } else if (next == RunState.RETRYING && counts && run.origin.schedule() == null && !lets(run)) {
            next = RunState.PARKED;
        }
        run.due = RunModel.UNKNOWN;
        become(run, next);
    }

    /** Its node is lost, and with it the attempt. No scope counts that. */
    void lose(RunModel run) {
        run.failures++;
        run.lost++;
        run.due = RunModel.UNKNOWN;
        if (run.cancelRequested) {
            become(run, RunState.CANCELLED);
        } else {
            become(
                    run,
                    run.lost >= Kind.CRASHES ? RunState.DEAD : run.origin.kind().after(Kind.FAILS, run.failures));
        }
    }

    /** Its scope has let it go. */
    void release(RunModel run) {
        run.due = RunModel.UNKNOWN;
        become(run, run.waiting());
    }

    // ---- fires

    Map<String, String> expectedFires(ScheduleModel schedule, long now) {
        return waits(schedule.kind)
                ? Map.of()
                : schedule.expected(
                        now,
                        place -> !scope(place).lets(schedule.kind.stands(), false),
                        cell -> open(schedule, cell).stream()
                                .map(run -> run.state)
                                .toList());
    }

    private List<RunModel> open(ScheduleModel schedule, String cell) {
        return those(run ->
                run.state.open() && schedule.name.equals(run.origin.schedule()) && cell.equals(run.origin.cell()));
    }

    /** It has fired: the cells in which it makes runs lose those that wait, if it supersedes. */
    void fired(ScheduleModel schedule, Collection<Rows.FireRow> fires, long now) {
        if (schedule.rule().overlap() == Overlap.SUPERSEDE) {
            fires.stream()
                    .filter(fire -> fire.run() != null)
                    .flatMap(fire -> open(schedule, fire.cell()).stream())
                    .distinct()
                    .toList()
                    .forEach(run -> become(run, RunState.CANCELLED));
        }
        addFired(schedule, fires, false, now);
    }

    /** Runs of a schedule. */
    void addFired(ScheduleModel schedule, Collection<Rows.FireRow> fires, boolean manual, long now) {
        for (Rows.FireRow fire : fires) {
            if (fire.run() != null) {
                RunModel.Origin origin = new RunModel.Origin(
                        fire.run(),
                        schedule.kind,
                        schedule.cells.get(fire.cell()),
                        schedule.name,
                        fire.cell(),
                        schedule.rule().script());
                add(new RunModel(origin, manual, now));
            }
        }
    }

    // ---- what people do

    void cancel(RunModel run) {
        if (run.state == RunState.RUNNING) {
            run.cancelRequested = true;
        } else if (run.state.open()) {
            become(run, RunState.CANCELLED);
        }
    }

    void retry(RunModel run, long now) {
        if (run.state == RunState.DEAD) {
            run.failures = 0;
            run.lost = 0;
        }
        become(run, run.waiting());
        run.manual = true;
        run.due = now;
    }

    void resolve(RunModel run) {
        become(run, RunState.RESOLVED);
    }

    void reset(Predicate<Place> wanted) {
        scopes.forEach((place, scope) -> {
            if (wanted.test(place)) {
                scope.reset();
            }
        });
    }
}
