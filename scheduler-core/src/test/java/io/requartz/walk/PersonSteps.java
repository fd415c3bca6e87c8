package io.requartz.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.schedule.ManualFire;
import io.requartz.schedule.Misfire;
import io.requartz.schedule.Overlap;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import io.requartz.walk.Rows.FireRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What people do. Who gets no answer asks again, at another node; whatever became of the first time, it must be as if it had been
 * done once.
 */
final class PersonSteps {

    private static final Actor ANNA = new Actor("token:anna");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_CALLS = 12;
    private static final List<Integer> SECONDS = List.of(20, 30, 60);
    private static final List<List<String>> SCRIPTS = List.of(
            List.of(Kind.SUCCEEDS),
            List.of(Kind.SUCCEEDS),
            List.of(Kind.FAILS),
            List.of(Kind.FAILS, Kind.SUCCEEDS),
            List.of(Kind.FAILS, Kind.FAILS, Kind.SUCCEEDS),
            List.of(Kind.FAILS_UNCOUNTED, Kind.SUCCEEDS),
            List.of(Kind.REFUSES, Kind.SUCCEEDS));

    private final Model model;
    private final Rows rows;
    private final Nodes nodes;
    private final SettableClock clock;
    private final Random random;
    private final Set<String> triggered = new HashSet<>();
    private int submitted;

    PersonSteps(Model model, Rows rows, Nodes nodes, SettableClock clock, Random random) {
        this.model = model;
        this.rows = rows;
        this.nodes = nodes;
        this.clock = clock;
        this.random = random;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(text, broken);
        }
    }

    /** @return false if it met a fault */
    boolean take(Step step, Nodes.Planned fault) {
        // an act is a few calls long
        Nodes.Planned soon = fault == null ? null : new Nodes.Planned(1 + fault.call() % MOST_CALLS, fault.fault());
        return switch (step) {
            case SUBMIT -> submit(false, soon);
            case SUBMIT_BY_PERSON -> submit(true, soon);
            case CANCEL -> toRun(run -> run.state.open(), this::cancel, model::cancel, soon);
            case RETRY ->
                toRun(
                        run -> run.state == RunState.DEAD || (run.state.open() && run.state != RunState.RUNNING),
                        (node, run) -> node.runs().retryNow(run.id(), ANNA, null, null, null),
                        run -> model.retry(run, clock.millis()),
                        soon);
            case RESOLVE -> toRun(run -> run.state == RunState.DEAD, this::resolve, model::resolve, soon);
            case RESET_ALL, RESET_RESTAURANT, RESET_EXACTLY -> reset(step, soon);
            case ENABLE -> toScope((node, id) -> node.scopes().enable(id, ANNA, null), ScopeModel::enable, soon);
            case DISABLE -> toScope((node, id) -> node.scopes().disable(id, ANNA, null), ScopeModel::disable, soon);
            case CHANGE_LIMIT -> limit(2 + random.nextInt(3), soon);
            case PAUSE_ALL, RESUME_ALL -> pause(null, step == Step.PAUSE_ALL, soon);
            case PAUSE_TYPE -> pause(any(List.of(Kind.values())), true, soon);
            case RESUME_TYPE ->
                model.paused.isEmpty()
                        || pause(any(model.paused.stream().sorted().toList()), false, soon);
            case CHANGE_SCHEDULE -> changeSchedule(soon);
            case PAUSE_SCHEDULE, RESUME_SCHEDULE -> pauseSchedule(anySchedule(), step == Step.PAUSE_SCHEDULE, soon);
            case TRIGGER_SCHEDULE -> trigger(soon);
            default -> throw new IllegalArgumentException(step + " is none of a person's");
        };
    }

    /** Again and again, until there is an answer. */
    private boolean insist(Nodes.Planned fault, Consumer<ManualScheduler> act) {
        boolean done = nodes.act(fault, act);
        if (!done) {
            assertThat(nodes.act(null, act)).isTrue();
        }
        nodes.refreshDefinitions();
        return done;
    }

    // ---- runs

    private boolean submit(boolean manual, Nodes.Planned fault) {
        Kind kind = any(List.of(Kind.values()));
        Place place = new Place(1 + random.nextInt(Place.RESTAURANTS), any(Place.PLATFORMS));
        List<String> script = any(SCRIPTS);
        String key = "submission " + ++submitted;
        List<Run> answered = new ArrayList<>();
        boolean done = insist(
                fault,
                node -> answered.add(node.runs()
                        .submit(Submission.of(kind.type())
                                .payload(place.payload(script))
                                .manual(manual)
                                .idempotencyKey(key)
                                .by(ANNA)
                                .build())
                        .run()));
        RunModel.Origin origin =
                new RunModel.Origin(answered.get(answered.size() - 1).id(), kind, place, null, null, script);
        model.add(new RunModel(origin, manual, clock.millis()));
        return done;
    }

    private boolean toRun(
            Predicate<RunModel> wanted,
            BiConsumer<ManualScheduler, RunModel> act,
            Consumer<RunModel> expected,
            Nodes.Planned fault) {
        List<RunModel> those = model.those(wanted);
        if (those.isEmpty()) {
            return true;
        }
        RunModel run = any(those);
        boolean done = insist(fault, node -> act.accept(node, run));
        expected.accept(run);
        return done;
    }

    private void cancel(ManualScheduler node, RunModel run) {
        unlessItIs(RunState.CANCELLED, node, run, () -> node.runs().cancel(run.id(), ANNA, null));
    }

    private void resolve(ManualScheduler node, RunModel run) {
        unlessItIs(RunState.RESOLVED, node, run, () -> node.deadLetters().resolve(run.id(), ANNA, null));
    }

    /** Who asks for the second time is told that it is done. */
    private static void unlessItIs(RunState already, ManualScheduler node, RunModel run, Runnable act) {
        try {
            act.run();
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.CONFLICT
                    || node.runs().get(run.id()).state() != already) {
                throw refused;
            }
        }
    }

    // ---- scopes

    private List<Scope> scopes(ManualScheduler node) {
        return node.scopes().list(ScopeFilter.ALL, 200, null).items().stream()
                .map(ScopeStatus::scope)
                .toList();
    }

    private boolean toScope(BiConsumer<ManualScheduler, Long> act, Consumer<ScopeModel> expected, Nodes.Planned fault) {
        List<Scope> all = scopes(nodes.any());
        if (all.isEmpty()) {
            return true;
        }
        Scope scope = any(all);
        boolean done = insist(fault, node -> act.accept(node, scope.id()));
        expected.accept(model.scope(Place.of(scope.dimensions())));
        return done;
    }

    private boolean reset(Step step, Nodes.Planned fault) {
        Place place = new Place(1 + random.nextInt(Place.RESTAURANTS), any(Place.PLATFORMS));
        Map<String, String> dimensions = new TreeMap<>();
        if (step != Step.RESET_ALL) {
            dimensions.put("restaurant_id", "" + place.restaurant());
        }
        if (step == Step.RESET_EXACTLY) {
            dimensions.put("platform", place.platform());
        }
        boolean done = insist(fault, node -> node.scopes().reset(dimensions, ANNA, null));
        model.reset(each -> step == Step.RESET_ALL
                || (each.restaurant() == place.restaurant() && (step == Step.RESET_RESTAURANT || each.equals(place))));
        return done;
    }

    private boolean limit(int limit, Nodes.Planned fault) {
        boolean done = insist(
                fault,
                node -> node.scopes().change("sync", json("{\"disable-after\": " + limit + "}"), null, ANNA, null));
        model.limit = limit;
        return done;
    }

    /** Whoever disabled them. */
    void enableAll() {
        for (Scope scope : scopes(nodes.any())) {
            nodes.any().scopes().enable(scope.id(), ANNA, null);
            model.scope(Place.of(scope.dimensions())).enable();
        }
    }

    // ---- pauses

    private boolean pause(Kind kind, boolean paused, Nodes.Planned fault) {
        String type = kind == null ? null : kind.type();
        boolean done = insist(fault, node -> {
            if (paused) {
                node.control().pause(type, ANNA, null);
            } else {
                node.control().resume(type, ANNA, null);
            }
        });
        if (kind == null) {
            model.allPaused = paused;
        } else if (paused) {
            model.paused.add(kind);
        } else {
            model.paused.remove(kind);
        }
        return done;
    }

    /** Nothing is held any more, but by scopes; and no schedule makes another run. */
    void openEverything() {
        pause(null, false, null);
        for (Kind kind : Kind.values()) {
            pause(kind, false, null);
        }
        model.schedules.values().forEach(schedule -> pauseSchedule(schedule, true, null));
    }

    // ---- schedules

    void createSchedules() {
        create("matrix", Kind.HOURLY, ScheduleModel.allPlaces());
        create("probe", Kind.DAILY, ScheduleModel.allPlaces());
        create("single", Kind.SCRIPTED, Map.of("", new Place(1, Place.PLATFORMS.get(0))));
    }

    private void create(String name, Kind kind, Map<String, Place> cells) {
        ScheduleModel schedule = new ScheduleModel(name, kind, cells, anyRule(), clock.millis());
        nodes.any().schedules().create(name, json(schedule.json(schedule.rule())), ANNA, null);
        nodes.refreshDefinitions();
        model.schedules.put(name, schedule);
    }

    private ScheduleModel.Rule anyRule() {
        return new ScheduleModel.Rule(
                any(SECONDS),
                random.nextBoolean(),
                any(List.of(Misfire.values())),
                any(List.of(Overlap.values())),
                any(SCRIPTS),
                false);
    }

    private ScheduleModel anySchedule() {
        return any(List.copyOf(model.schedules.values()));
    }

    private boolean changeSchedule(Nodes.Planned fault) {
        ScheduleModel schedule = anySchedule();
        ScheduleModel.Rule drawn = anyRule();
        ScheduleModel.Rule now = schedule.rule();
        // now and then only the rules change, and the times go on
        ScheduleModel.Rule rule = new ScheduleModel.Rule(
                random.nextBoolean() ? now.seconds() : drawn.seconds(),
                random.nextInt(4) > 0 ? now.cron() : drawn.cron(),
                drawn.misfire(),
                drawn.overlap(),
                drawn.script(),
                now.paused());
        boolean done = insist(
                fault, node -> node.schedules().change(schedule.name, json(schedule.json(rule)), null, ANNA, null));
        schedule.change(rule, clock.millis());
        return done;
    }

    private boolean pauseSchedule(ScheduleModel schedule, boolean paused, Nodes.Planned fault) {
        boolean done = insist(fault, node -> {
            if (paused) {
                node.schedules().pause(schedule.name, ANNA, null);
            } else {
                node.schedules().resume(schedule.name, ANNA, null);
            }
        });
        ScheduleModel.Rule now = schedule.rule();
        schedule.change(
                new ScheduleModel.Rule(now.seconds(), now.cron(), now.misfire(), now.overlap(), now.script(), paused),
                clock.millis());
        return done;
    }

    /** Asking again may make it twice: it has no key. But each time it is all of the cells or none. */
    private boolean trigger(Nodes.Planned fault) {
        ScheduleModel schedule = anySchedule();
        boolean done = insist(fault, node -> node.schedules().trigger(schedule.name, ManualFire.AS_IT_IS, ANNA, null));
        Map<Long, List<FireRow>> fresh = new TreeMap<>();
        for (FireRow fire : rows.manualFires(schedule.name)) {
            if (!triggered.contains(schedule.name + fire.time())) {
                fresh.computeIfAbsent(fire.time(), time -> new ArrayList<>()).add(fire);
            }
        }
        assertThat(fresh.size()).as("fires by hand").isBetween(1, done ? 1 : 2);
        fresh.forEach((time, fires) -> {
            assertThat(fires).extracting(FireRow::cell).containsExactlyElementsOf(schedule.cells.keySet());
            model.addFired(schedule, fires, true, clock.millis());
            triggered.add(schedule.name + time);
        });
        return done;
    }
}
