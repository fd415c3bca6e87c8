package io.requartz.schedule;

import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.guard.Pause;
import io.requartz.schedule.ScheduleRepository.State;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps it in the database when each schedule is due next, as its definition says now. A definition that changes its timing, or comes
 * out of a pause, begins anew: nothing before that is made up for. Whoever notices a change may do it, any number of nodes at once.
 */
final class SchedulePlanning {

    private static final Logger log = LoggerFactory.getLogger(SchedulePlanning.class);

    private final ScheduleServices services;

    SchedulePlanning(ScheduleServices services) {
        this.services = services;
    }

    /** What a definition says, as far as this code can read it. */
    static Optional<Schedule> read(Definition definition) {
        if (definition.retired()) {
            return Optional.empty();
        }
        return Optional.of(ScheduleFormat.parse(
                definition.name(), ScheduleFormat.effective(definition.configured(), definition.live())));
    }

    /** Whether there is any schedule at all. */
    boolean any() {
        return !services.known().all(DefinitionKind.SCHEDULE).isEmpty();
    }

    /** Plans every schedule whose definition, as this node remembers it, is not what was planned. */
    void planAll() {
        if (!any()) {
            return;
        }
        Map<String, State> planned =
                services.transactions().call("read when schedules are due", services.schedules()::all).stream()
                        .collect(Collectors.toMap(State::name, Function.identity()));
        for (Definition definition : services.known().all(DefinitionKind.SCHEDULE)) {
            try {
                if (differs(read(definition), planned.get(definition.name()))) {
                    plan(definition.name());
                }
            } catch (ScheduleFormatException unreadable) {
                log.error(
                        "Schedule {} cannot be read and makes no runs here: {}",
                        definition.name(),
                        unreadable.getMessage());
            }
        }
    }

    private static boolean differs(Optional<Schedule> wanted, State planned) {
        boolean active = wanted.isPresent() && !wanted.get().paused();
        if (planned == null) {
            return active;
        }
        return active
                ? planned.next() == null
                        || !planned.timing().equals(wanted.get().timingKey())
                : planned.next() != null;
    }

    /** When this returns, nobody fires the schedule any more by what its definition said before. */
    void plan(String name) {
        try {
            services.transactions().run("plan a schedule", tx -> plan(tx, name));
        } catch (DuplicateKeyException otherNode) {
            services.transactions().run("plan a schedule", tx -> plan(tx, name));
        }
    }

    private void plan(Tx tx, String name) {
        State planned = services.schedules().lock(tx, name).orElse(null);
        // read after the lock: what is stored here is never older than what somebody else has stored
        Optional<Schedule> wanted =
                services.stored().find(tx, DefinitionKind.SCHEDULE, name).flatMap(SchedulePlanning::read);
        if (differs(wanted, planned)) {
            State state = begun(name, wanted, planned == null ? null : planned.last());
            if (planned == null) {
                services.schedules().insert(tx, state);
            } else if (!Objects.equals(state, planned)) {
                services.schedules().update(tx, state);
            }
        }
    }

    /** From now on; what was dealt with is not dealt with again, even if the clock was set back. */
    State begun(String name, Optional<Schedule> wanted, Instant last) {
        Instant now = services.clock().instant();
        Instant from = last == null || last.isBefore(now) ? now : last;
        Optional<Instant> next = wanted.filter(schedule -> !schedule.paused())
                .flatMap(schedule -> schedule.fires().after(from));
        return new State(name, wanted.map(Schedule::timingKey).orElse(""), next.orElse(null), last);
    }

    /** Everything is paused, or its type: it stays due, and what was missed meanwhile is up to its misfire rule. */
    static boolean held(Schedule schedule, List<Pause> pauses) {
        return pauses.stream()
                .anyMatch(pause -> pause.type() == null || pause.type().equals(schedule.type()));
    }
}
