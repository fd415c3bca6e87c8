package io.requartz.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.run.RunState;
import io.requartz.store.ScriptedJob;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import io.requartz.walk.Rows.FireRow;
import io.requartz.walk.Rows.RunRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What nodes do by themselves. After a crash it is read from the database how far they came; all else is foretold. */
final class NodeSteps {

    /** What a node takes at once, at most. */
    private static final int ROOM = 100;

    private final Model model;
    private final Rows rows;
    private final Nodes nodes;
    private final SettableClock clock;
    private final Random random;

    NodeSteps(Model model, Rows rows, Nodes nodes, SettableClock clock, Random random) {
        this.model = model;
        this.rows = rows;
        this.nodes = nodes;
        this.clock = clock;
        this.random = random;
    }

    // ---- a turn: fires, runs that are taken, executed, and their outcomes

    /** @return false if it met a fault */
    boolean turn(Nodes.Planned fault) {
        clock.advance(Duration.ofSeconds(1));
        Foretold foretold = new Foretold();
        int seen = ScriptedJob.EXECUTED.size();
        nodes.refreshDefinitions();
        boolean done = nodes.act(fault, ManualScheduler::turn);
        foretold.compare(done, List.copyOf(ScriptedJob.EXECUTED.subList(seen, ScriptedJob.EXECUTED.size())));
        return done;
    }

    /** A node takes what is due, and dies before any job begins. */
    void takeAndDie() {
        clock.advance(Duration.ofSeconds(1));
        Foretold foretold = new Foretold();
        nodes.dying(ManualScheduler::takeWithoutRunning);
        foretold.compare(true, null);
    }

    /** What must come of a turn that begins now. */
    private final class Foretold {

        private final long now = clock.millis();
        private final Map<ScheduleModel, Map<String, String>> fires = new HashMap<>();

        Foretold() {
            model.schedules.values().forEach(schedule -> fires.put(schedule, model.expectedFires(schedule, now)));
        }

        /** @param executed null: nothing that was taken could be */
        void compare(boolean done, List<String> executed) {
            model.schedules.values().forEach(schedule -> fired(schedule, done));
            taken(done, executed);
        }

        private void fired(ScheduleModel schedule, boolean done) {
            List<FireRow> found = rows.fires(schedule.name, schedule.next());
            if (found.isEmpty() && !done) {
                return;
            }
            Map<String, String> answers = new TreeMap<>();
            found.forEach(fire -> answers.put(ScheduleModel.key(fire.time(), fire.cell()), fire.answer()));
            assertThat(answers)
                    .as("fires of %s at %d, %s", schedule.name, now, schedule.rule())
                    .isEqualTo(fires.get(schedule));
            assertThat(found).allMatch(fire -> fire.times() == 1);
            if (!found.isEmpty()) {
                schedule.fired(now, answers);
                model.fired(schedule, found, now);
            }
        }

        private void taken(boolean done, List<String> executed) {
            List<RunModel> due = model.due(now);
            Map<String, RunRow> found = rows.runs(due.stream().map(RunModel::id).toList());
            List<RunModel> touched = due.stream()
                    .filter(run -> !found.get(run.id()).told().equals(run.told()))
                    .toList();
            if (due.size() <= ROOM && (done || !touched.isEmpty())) {
                assertThat(touched).as("taken of what was due at %d", now).isEqualTo(due);
            }
            Set<String> begun = new HashSet<>();
            // all of them are asked before the first is executed
            List<RunModel> held =
                    touched.stream().filter(run -> !model.lets(run)).toList();
            held.forEach(model::hold);
            for (RunModel run : touched) {
                if (!held.contains(run)) {
                    run.begin();
                    begun.add(attempt(run));
                }
            }
            if (executed != null) {
                end(done, begun, executed, found);
            }
        }

        private void end(boolean done, Set<String> begun, List<String> executed, Map<String, RunRow> found) {
            assertThat(begun).as("begun at %d, with what was executed", now).containsAll(executed);
            Set<String> open = new LinkedHashSet<>(begun);
            for (String attempt : executed) {
                RunModel run = model.runs.get(attempt.substring(0, attempt.indexOf('#')));
                if (done || found.get(run.id()).ended() != null) {
                    model.end(run);
                    open.remove(attempt);
                }
            }
            assertThat(done ? open : Set.of()).as("begun, and not executed").isEmpty();
        }
    }

    private static String attempt(RunModel run) {
        return run.id() + "#" + run.attempts;
    }

    // ---- duties and recovery

    /** What scopes hold that are open goes on, among others. */
    boolean duties(Nodes.Planned fault) {
        boolean done = nodes.act(fault, ManualScheduler::doDuties);
        List<RunModel> parked = model.those(run -> run.state == RunState.PARKED);
        Map<String, RunRow> found = rows.runs(parked.stream().map(RunModel::id).toList());
        for (RunModel run : parked) {
            RunRow row = found.get(run.id());
            if (row.state() != RunState.PARKED) {
                assertThat(model.scope(run).disabled())
                        .as("let go by a disabled scope: %s", run)
                        .isFalse();
                assertThat(row.due())
                        .as("due time of %s, which its scope let go", run)
                        .isGreaterThanOrEqualTo(clock.millis());
                model.release(run);
            }
        }
        return done;
    }

    /** Whoever is dead is taken for dead, and what it had open is lost with it. Alone, also the other node is taken for dead. */
    boolean recover(Nodes.Planned fault) {
        boolean alone = random.nextBoolean();
        boolean done = nodes.act(fault, node -> {
            if (alone) {
                node.outliveDeadPeers();
            } else {
                nodes.outliveTogether(node);
            }
        });
        List<RunModel> open = new ArrayList<>(model.those(run -> run.state == RunState.RUNNING));
        Map<String, RunRow> found = rows.runs(open.stream().map(RunModel::id).toList());
        for (RunModel run : open) {
            if (done || found.get(run.id()).state() != RunState.RUNNING) {
                model.lose(run);
            }
        }
        return done;
    }
}
