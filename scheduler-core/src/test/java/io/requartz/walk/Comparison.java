package io.requartz.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.jdbc.Database;
import io.requartz.node.Doctor;
import io.requartz.node.Finding;
import io.requartz.run.RunState;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import io.requartz.walk.Rows.RunRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is, beside what should be. */
final class Comparison {

    /** All that a clock that was set back explains. */
    private static final String CLOCK_SET_BACK = "An attempt ended before it began";

    private final Model model;
    private final Rows rows;
    private final Doctor doctor;
    private final SettableClock clock;

    Comparison(Model model, Rows rows, Database database, SettableClock clock) {
        this.model = model;
        this.rows = rows;
        this.doctor = new Doctor(database, ManualScheduler.LEASE, clock).strict();
        this.clock = clock;
    }

    /** All that can still change, and what was settled since it was compared last. */
    void quick(ManualScheduler node) {
        compare(model.those(run -> !run.state.settled()), rows.unsettledRuns());
        compare(
                model.settled,
                rows.runs(model.settled.stream().map(RunModel::id).toList()));
        model.settled.clear();
        scopes(node);
    }

    /** Everything that ever was: what is settled never changes. */
    void whole() {
        compare(model.runs.values(), rows.allRuns());
        model.settled.clear();
        assertThat(rows.twice()).as("times and cells with two runs").isEmpty();
        model.schedules.values().forEach(this::fires);
    }

    private void compare(Collection<RunModel> expected, Map<String, RunRow> found) {
        Map<String, String> wanted = expected.stream()
                .collect(Collectors.toMap(RunModel::id, RunModel::told, (one, other) -> one, TreeMap::new));
        Map<String, String> told = new TreeMap<>();
        found.forEach((id, row) -> told.put(id, row.told()));
        assertThat(told).as("runs").isEqualTo(wanted);
        expected.forEach(run -> dueTime(run, found.get(run.id())));
    }

    private void dueTime(RunModel run, RunRow row) {
        if (!run.state.hasTrigger()) {
            assertThat(row.due() == null || run.state == RunState.PARKED)
                    .as("no due time: %s", run)
                    .isTrue();
            return;
        }
        if (run.due == RunModel.UNKNOWN) {
            assertThat(row.due()).as("due time of %s", run).isNotNull();
            run.due = row.due();
        }
        assertThat(row.due()).as("due time of %s", run).isEqualTo(run.due);
    }

    private void scopes(ManualScheduler node) {
        Map<String, String> found = new TreeMap<>();
        for (ScopeStatus each : node.scopes().list(ScopeFilter.ALL, 200, null).items()) {
            Scope scope = each.scope();
            boolean byPerson = scope.state().disabled() && !scope.state().automatic();
            found.put(
                    Place.of(scope.dimensions()).toString(),
                    scope.state().failures()
                            + (byPerson ? " disabled" : scope.state().automatic() ? " disabled by itself" : ""));
        }
        Map<String, String> wanted = new TreeMap<>();
        model.scopes.forEach((place, scope) -> wanted.put(place.toString(), scope.told()));
        // one that nothing has happened to is there as soon as somebody asked for it
        wanted.keySet().forEach(place -> found.putIfAbsent(place, "0"));
        found.keySet().forEach(place -> wanted.putIfAbsent(place, "0"));
        assertThat(found).as("scopes").isEqualTo(wanted);
    }

    private void fires(ScheduleModel schedule) {
        Map<String, String> found = new TreeMap<>();
        rows.fires(schedule.name, 0)
                .forEach(fire -> found.put(ScheduleModel.key(fire.time(), fire.cell()), fire.answer()));
        assertThat(found).as("fires of %s", schedule.name).isEqualTo(schedule.answered());
    }

    /** Nothing may be open on a dead node then. */
    void doctor() {
        List<Finding> findings = doctor.examine().stream()
                .filter(finding -> !finding.what().startsWith(CLOCK_SET_BACK))
                .toList();
        assertThat(findings).as("what the doctor finds at %s", clock.instant()).isEmpty();
    }
}
