package io.requartz.schedule;

import io.requartz.definition.DefinitionKind;
import io.requartz.failure.SafeText;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.schedule.ScheduleRepository.State;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires schedules that are due, each in one transaction: it moves the next fire time past now, and records for every time and cell
 * that was due the run that it made, or why it made none. It starts no job. The row of the schedule is locked, so that of any number
 * of nodes one fires it, and all that the transaction writes is there or nothing.
 *
 * <p>Used by the scheduler's one thread; {@link #definitionsChanged} by any.
 */
public final class ScheduleFires {

    private static final Logger log = LoggerFactory.getLogger(ScheduleFires.class);

    private static final int LOOK = 100;
    private static final int KEPT = 1_000;
    private static final int WHY = 500;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final ScheduleServices services;
    private final SchedulePlanning planning;
    private final Map<String, Instant> setAside = new HashMap<>();
    private volatile boolean planNeeded = true;
    private long lookAt;
    private long lookedAt;

    public ScheduleFires(ScheduleServices services) {
        this.services = services;
        this.planning = new SchedulePlanning(services);
    }

    /** To be told whenever definitions were read anew. */
    public void definitionsChanged() {
        planNeeded = true;
        if (planning.any()) {
            services.wake().run();
        }
    }

    /**
     * Fires what is due. Asks the database nothing while there are no schedules, or it is known that none is due.
     *
     * @return when to call it again, in milliseconds since 1970; empty if there is nothing to wait for
     */
    public OptionalLong fireDue() {
        if (planNeeded) {
            planNeeded = false;
            try {
                planning.planAll();
            } catch (RuntimeException failed) {
                planNeeded = true;
                throw failed;
            }
            lookAt = 0;
        }
        if (!planning.any()) {
            return OptionalLong.empty();
        }
        Instant now = services.clock().instant();
        // a clock that was set back would hold up for as long what is due already
        if (now.toEpochMilli() >= lookAt || now.toEpochMilli() < lookedAt) {
            lookedAt = now.toEpochMilli();
            look(now);
        }
        return lookAt == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lookAt);
    }

    private void look(Instant now) {
        List<String> due = services.transactions()
                .call("look for due schedules", tx -> services.schedules().due(tx, now, LOOK));
        setAside.values().removeIf(until -> !now.isBefore(until));
        due.stream().filter(name -> !setAside.containsKey(name)).forEach(name -> fireSafely(name, now));
        Optional<Instant> next =
                services.transactions().call("look when schedules are due", services.schedules()::earliest);
        // what is due still was paused, is just being fired by another node, was set aside, or is left for the next
        // look
        Instant again = due.size() == LOOK ? now : now.plus(LOOK_AGAIN);
        lookAt = next.map(time -> (time.isAfter(now) ? time : again).toEpochMilli())
                .orElse(Long.MAX_VALUE);
    }

    /** One that fails stops no other. */
    private void fireSafely(String name, Instant now) {
        try {
            fire(name, now);
        } catch (RuntimeException failed) {
            if (failed instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE) {
                throw failed;
            }
            setAside.put(name, now.plus(AFTER_FAILURE));
            log.error(
                    "Schedule {} could not be fired; it will be tried again in {} s",
                    name,
                    AFTER_FAILURE.toSeconds(),
                    failed);
        }
    }

    private void fire(String name, Instant now) {
        // before the transaction: looking for a type that this node does not have takes a connection of its own
        Optional<Schedule> known =
                services.known().find(DefinitionKind.SCHEDULE, name).flatMap(SchedulePlanning::read);
        Optional<JobTypeDefinition> type =
                known.flatMap(schedule -> services.runs().type(schedule.type()));
        String typeName = known.map(Schedule::type).orElse("");
        List<Run> made =
                services.transactions().call("fire a schedule", tx -> fire(tx, name, new Typed(typeName, type), now));
        services.runs().added(made);
        if (!made.isEmpty()) {
            log.debug("Schedule {} made {} runs", name, made.size());
        }
    }

    /** @param type empty if no node has ever had it */
    private record Typed(String name, Optional<JobTypeDefinition> type) {}

    private List<Run> fire(Tx tx, String name, Typed typed, Instant now) {
        var pauses = services.pauses().apply(tx);
        Optional<State> locked = services.schedules().lockDue(tx, name, now);
        if (locked.isEmpty()) {
            return List.of();
        }
        State state = locked.get();
        Optional<Schedule> wanted =
                services.stored().find(tx, DefinitionKind.SCHEDULE, name).flatMap(SchedulePlanning::read);
        if (wanted.isEmpty()
                || wanted.get().paused()
                || !wanted.get().timingKey().equals(state.timing())) {
            services.schedules().update(tx, planning.begun(name, wanted, state.last()));
            return List.of();
        }
        Schedule schedule = wanted.get();
        if (SchedulePlanning.held(schedule, pauses) || !schedule.type().equals(typed.name())) {
            // stays due: until it is resumed, or until this node, too, has read that it makes runs of another type
            return List.of();
        }
        NextFires.Due due = schedule.fires().due(state.next(), now, KEPT);
        FirePlan plan = FirePlan.of(
                schedule,
                state.next(),
                due,
                now,
                services.schedules().open(tx, name),
                services.hold().ask(tx, schedule, schedule.cells()));
        List<Run> made = new Carrying(tx, schedule, typed.type(), now).carryOut(plan);
        Instant newest = due.kept().get(due.kept().size() - 1);
        services.schedules()
                .update(tx, new State(name, state.timing(), due.next().orElse(null), newest));
        return made;
    }

    /** One plan on its way into the database. */
    private final class Carrying {

        private final Tx tx;
        private final Schedule schedule;
        private final Optional<JobTypeDefinition> type;
        private final Instant now;
        private final Actor actor;
        private final Map<String, Cell> cells = new HashMap<>();
        private final List<Fire> records = new ArrayList<>();
        private final List<Run> made = new ArrayList<>();

        Carrying(Tx tx, Schedule schedule, Optional<JobTypeDefinition> type, Instant now) {
            this.tx = tx;
            this.schedule = schedule;
            this.type = type;
            this.now = now;
            this.actor = new Actor("schedule:" + schedule.name());
            schedule.cells().forEach(cell -> cells.put(cell.name(), cell));
        }

        List<Run> carryOut(FirePlan plan) {
            for (FirePlan.Fire fire : plan.fires()) {
                if (fire.makesRun()) {
                    run(fire);
                } else {
                    record(fire, null, fire.skipped(), fire.why());
                }
            }
            services.schedules().record(tx, records);
            return made;
        }

        private void run(FirePlan.Fire fire) {
            for (String id : fire.supersedes()) {
                String note = "superseded by the fire of " + fire.time();
                if (!services.runs().supersede(tx, id, "superseded", actor, note)) {
                    record(
                            fire,
                            null,
                            Skipped.OVERLAP,
                            "an earlier run is not cancelled any more: " + id + " is RUNNING");
                    return;
                }
            }
            if (type.isEmpty()) {
                record(fire, null, Skipped.INVALID, "no node has ever had the job type " + schedule.type());
                return;
            }
            try {
                Run run = services.runs()
                        .add(
                                tx,
                                ScheduledRun.wish(schedule, cells.get(fire.cell()), actor)
                                        .build(),
                                type.get(),
                                schedule.name(),
                                fire.time(),
                                fire.cell().isEmpty() ? null : fire.cell());
                made.add(run);
                record(fire, run.id(), null, null);
            } catch (Problem refused) {
                log.warn(
                        "Schedule {} makes no run at {}{}: {}",
                        schedule.name(),
                        fire.time(),
                        fire.cell().isEmpty() ? "" : " for " + fire.cell(),
                        refused.getMessage());
                record(fire, null, Skipped.INVALID, refused.getMessage());
            }
        }

        private void record(FirePlan.Fire fire, String runId, Skipped skipped, String why) {
            records.add(new Fire(
                    schedule.name(),
                    fire.time(),
                    fire.cell(),
                    now,
                    false,
                    runId,
                    skipped,
                    why == null ? null : SafeText.chars(why, WHY),
                    fire.times()));
        }
    }
}
