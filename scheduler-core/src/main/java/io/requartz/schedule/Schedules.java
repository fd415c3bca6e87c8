package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Page;
import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.schedule.ScheduleRepository.FireCount;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.schedule.ScheduleRepository.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What people and programs can ask of schedules. A change is stored, audited and planned when its call returns: no node fires the
 * schedule as it was before. Thread-safe. All methods throw {@link Problem}.
 */
public final class Schedules {

    private static final int NEXT = 5;
    private static final int PAGE = 200;
    private static final int TRIES = 5;
    private static final String PAUSED = "paused";

    private final ScheduleServices services;
    private final SchedulePlanning planning;
    private final Triggering triggering;
    private final ScheduleOutlook outlook;

    public Schedules(ScheduleServices services) {
        this.services = services;
        this.planning = new SchedulePlanning(services);
        this.triggering = new Triggering(services);
        this.outlook = new ScheduleOutlook(services);
    }

    /** By name; those that were deleted or are gone from configuration are left out. */
    public List<ScheduleStatus> list() {
        List<Definition> definitions = services.known().all(DefinitionKind.SCHEDULE).stream()
                .filter(definition -> !definition.retired())
                .toList();
        if (definitions.isEmpty()) {
            return List.of();
        }
        return services.transactions().call("read the schedules", tx -> {
            Map<String, State> states =
                    services.schedules().all(tx).stream().collect(Collectors.toMap(State::name, Function.identity()));
            Map<String, FireWithRun> lastRuns = services.schedules().lastRuns(tx);
            return definitions.stream()
                    .map(definition -> status(
                            definition,
                            Optional.ofNullable(states.get(definition.name())),
                            lastRuns.get(definition.name())))
                    .toList();
        });
    }

    /** How many there are; asks the database nothing. */
    public int count() {
        return (int) services.known().all(DefinitionKind.SCHEDULE).stream()
                .filter(definition -> !definition.retired())
                .count();
    }

    /** Whether there is one of this name that was not deleted; asks the database nothing. */
    public boolean has(String name) {
        return services.known()
                .find(DefinitionKind.SCHEDULE, name)
                .filter(definition -> !definition.retired())
                .isPresent();
    }

    /** @throws Problem of kind NOT_FOUND */
    public ScheduleStatus get(String name) {
        Definition definition = definition(name);
        return services.transactions()
                .call(
                        "read a schedule",
                        tx -> status(
                                definition,
                                services.schedules().find(tx, name),
                                services.schedules().lastRun(tx, name).orElse(null)));
    }

    private ScheduleStatus status(Definition definition, Optional<State> state, FireWithRun lastRun) {
        ObjectNode effective = ScheduleFormat.effective(definition.configured(), definition.live());
        Schedule schedule = null;
        String unreadable = null;
        try {
            schedule = ScheduleFormat.parse(definition.name(), effective);
        } catch (ScheduleFormatException refused) {
            unreadable = refused.getMessage();
        }
        return new ScheduleStatus(
                definition,
                effective,
                schedule,
                unreadable,
                overridden(definition),
                schedule == null ? List.of() : outlook.next(schedule, state, NEXT),
                state.map(State::last).orElse(null),
                lastRun);
    }

    private static List<String> overridden(Definition definition) {
        if (definition.configured() == null || definition.live() == null) {
            return List.of();
        }
        ObjectNode configured = ScheduleFormat.normal(definition.configured());
        return ScheduleFormat.normal(definition.live()).properties().stream()
                .map(Map.Entry::getKey)
                .filter(configured::has)
                .sorted()
                .toList();
    }

    private Definition definition(String name) {
        return find(name)
                .filter(definition -> !definition.retired())
                .orElseThrow(() -> Problem.notFound(
                        "There is no schedule '" + (name.length() > 80 ? name.substring(0, 80) + "..." : name) + "'.",
                        "List the schedules to find it."));
    }

    /** As this node remembers it; what another node has changed in this moment it learns by reading again. */
    private Optional<Definition> find(String name) {
        Optional<Definition> known = services.known().find(DefinitionKind.SCHEDULE, name);
        if (known.isEmpty() && ScheduleFormat.isName(name)) {
            services.known().refresh();
            return services.known().find(DefinitionKind.SCHEDULE, name);
        }
        return known;
    }

    // ---- changes

    /** @throws Problem of kind CONFLICT if there is one of this name */
    public ScheduleStatus create(String name, JsonNode body, Actor by, String note) {
        try {
            ScheduleFormat.requireName(name);
        } catch (IllegalArgumentException refused) {
            throw Problem.invalid(
                    "'" + name + "' cannot be a schedule: " + refused.getMessage() + ".", "Choose another name.");
        }
        Optional<Definition> there = find(name);
        if (there.isPresent() && (!there.get().retired() || there.get().configured() != null)) {
            throw Problem.conflict(
                    "There is a schedule '" + name + "'" + (there.get().retired() ? ", gone from configuration" : "")
                            + ".",
                    "Change it, or choose another name.");
        }
        ObjectNode live = ScheduleFormat.normal(body);
        check(name, ScheduleFormat.effective(null, live));
        return change(name, live, there.map(Definition::version).orElse(0L), by, note);
    }

    /**
     * Makes the schedule into this. What is the same as in configuration is left to configuration.
     *
     * @param body all of it, in the form of {@link ScheduleFormat}
     * @param expectedVersion null: any
     */
    public ScheduleStatus change(String name, JsonNode body, Long expectedVersion, Actor by, String note) {
        Definition before = definition(name);
        check(name, ScheduleFormat.effective(null, body));
        return change(name, ScheduleFormat.change(before.configured(), body), expectedVersion, by, note);
    }

    private ScheduleStatus change(String name, ObjectNode live, Long expectedVersion, Actor by, String note) {
        services.known().change(DefinitionKind.SCHEDULE, name, live, expectedVersion, by, note);
        planning.plan(name);
        services.wake().run();
        return get(name);
    }

    private void check(String name, JsonNode tree) {
        Schedule schedule;
        try {
            schedule = ScheduleFormat.parse(name, tree);
        } catch (ScheduleFormatException refused) {
            throw Problem.invalid(
                    "The schedule cannot be accepted: " + refused.getMessage() + ".",
                    "Mend what is listed, and send it again.",
                    refused.flaws().stream()
                            .map(ScheduleFormatException.Flaw::toString)
                            .toList());
        }
        if (schedule.fires().after(services.clock().instant()).isEmpty()) {
            throw Problem.invalid(
                    "The schedule never fires again: its last time is over.", "Mend its year, or its start.");
        }
        for (Cell cell : schedule.cells()) {
            services.runs()
                    .check(ScheduledRun.wish(schedule, cell, Actor.SYSTEM).build());
        }
    }

    /**
     * Deletes one that was created live. Its runs and its fires stay.
     *
     * @throws Problem of kind CONFLICT if it comes from configuration
     */
    public void delete(String name, Long expectedVersion, Actor by, String note) {
        Definition definition = definition(name);
        if (definition.configured() != null) {
            throw Problem.conflict(
                    "Schedule '" + name + "' comes from configuration and would be back at the next start.",
                    "Take it out of the configuration, or pause it.");
        }
        services.known().change(DefinitionKind.SCHEDULE, name, null, expectedVersion, by, note);
        planning.plan(name);
    }

    /** Once this has returned it makes no run, on no node, until it is resumed; a trigger by hand does. Runs that are there go on. */
    public ScheduleStatus pause(String name, Actor by, String note) {
        return setPaused(name, true, by, note);
    }

    /** It goes on from now; what fell into the pause is not made up for. */
    public ScheduleStatus resume(String name, Actor by, String note) {
        return setPaused(name, false, by, note);
    }

    private ScheduleStatus setPaused(String name, boolean paused, Actor by, String note) {
        for (int i = 1; ; i++) {
            Definition definition = definition(name);
            ObjectNode effective = ScheduleFormat.effective(definition.configured(), definition.live());
            if (effective.path(PAUSED).asBoolean(false) == paused) {
                // whoever stored that may have died before it was planned
                planning.plan(name);
                return get(name);
            }
            try {
                ObjectNode live = paused(definition, paused);
                String why = (paused ? "paused" : "resumed") + (note == null ? "" : ": " + note);
                return change(name, live, definition.version(), by, why);
            } catch (Problem stale) {
                if (stale.kind() != Problem.Kind.STALE || i == TRIES) {
                    throw stale;
                }
                services.known().refresh();
            }
        }
    }

    private static ObjectNode paused(Definition definition, boolean paused) {
        ObjectNode live = definition.live() == null
                ? JsonNodeFactory.instance.objectNode()
                : ScheduleFormat.normal(definition.live());
        live.remove(PAUSED);
        boolean configured = definition.configured() != null
                && definition.configured().path(PAUSED).asBoolean(false);
        if (configured != paused) {
            live.put(PAUSED, paused);
        }
        return live.isEmpty() && definition.configured() != null ? null : live;
    }

    // ---- fires

    /** Makes a run of each cell now, or of part of them; audited. */
    public Triggered trigger(String name, ManualFire wish, Actor by, String note) {
        ScheduleStatus status = get(name);
        if (status.schedule() == null) {
            throw Problem.conflict(
                    "Schedule '" + name + "' cannot be read: " + status.unreadable() + ".", "Mend it first.");
        }
        return triggering.trigger(status.schedule(), wish, by, note);
    }

    /**
     * What became of its times, newest first.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<FireWithRun> fires(String name, int limit, String cursor) {
        definition(name);
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".", "Ask for less and follow 'next'.");
        }
        Fire before = cursor == null ? null : FireCursor.read(name, cursor);
        List<FireWithRun> found = services.transactions()
                .call("read fires", tx -> services.schedules().fires(tx, name, limit + 1, before));
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit),
                        FireCursor.write(found.get(limit - 1).fire()));
    }

    /** What fires by itself until then, at most so many times of each schedule; the schedule that is next comes first. */
    public List<ComingFires> coming(Instant until, int most) {
        return outlook.coming(until, most);
    }

    /** By schedule, what became of the newest time that was dealt with; an empty list if there was none. */
    public Map<String, List<FireCount>> newest(Collection<String> names) {
        return outlook.newest(names);
    }

    /** What each cell did last, by its name; looks back no further than a few fires of each. */
    public Map<String, LatestFire> byCell(Schedule schedule) {
        return outlook.byCell(schedule);
    }
}
