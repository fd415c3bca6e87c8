package io.requartz.schedule;

import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.schedule.ScheduleRepository.FireCount;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.schedule.ScheduleRepository.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What schedules will do next, and what they did last. Reads only. */
final class ScheduleOutlook {

    /** So many fires of each cell are looked at. */
    private static final int LOOKED_AT = 10;

    /** Of all cells together; not less than there may be cells. */
    private static final int MOST_LOOKED_AT = 3_000;

    private static final Logger log = LoggerFactory.getLogger(ScheduleOutlook.class);

    private final ScheduleServices services;

    ScheduleOutlook(ScheduleServices services) {
        this.services = services;
    }

    /** Beginning with a time that is due and was not dealt with yet. */
    List<Instant> next(Schedule schedule, Optional<State> state, int most) {
        if (schedule.paused()) {
            return List.of();
        }
        NextFires fires = schedule.fires();
        Instant first = state.map(State::next).orElse(null);
        if (first == null) {
            return fires.upcoming(services.clock().instant(), most);
        }
        List<Instant> next = new ArrayList<>(List.of(first));
        next.addAll(fires.upcoming(first, most - 1));
        return next;
    }

    List<ComingFires> coming(Instant until, int most) {
        List<Schedule> schedules = readable();
        if (schedules.isEmpty()) {
            return List.of();
        }
        Map<String, State> states =
                services.transactions().call("read when schedules are due", services.schedules()::all).stream()
                        .collect(Collectors.toMap(State::name, Function.identity()));
        List<ComingFires> coming = new ArrayList<>();
        for (Schedule schedule : schedules) {
            List<Instant> times = next(schedule, Optional.ofNullable(states.get(schedule.name())), most + 1).stream()
                    .filter(time -> !time.isAfter(until))
                    .toList();
            if (!times.isEmpty()) {
                coming.add(
                        new ComingFires(schedule, times.subList(0, Math.min(most, times.size())), times.size() > most));
            }
        }
        coming.sort(Comparator.comparing(each -> each.times().get(0)));
        return coming;
    }

    private List<Schedule> readable() {
        List<Schedule> readable = new ArrayList<>();
        for (Definition definition : services.known().all(DefinitionKind.SCHEDULE)) {
            try {
                SchedulePlanning.read(definition).ifPresent(readable::add);
            } catch (ScheduleFormatException unreadable) {
                log.trace("Schedule {} makes no runs here", definition.name(), unreadable);
            }
        }
        return readable;
    }

    Map<String, List<FireCount>> newest(Collection<String> names) {
        return services.transactions().call("read the newest fires", tx -> {
            Map<String, List<FireCount>> newest = new HashMap<>();
            names.forEach(name -> newest.put(name, services.schedules().newest(tx, name)));
            return newest;
        });
    }

    Map<String, LatestFire> byCell(Schedule schedule) {
        int limit = (int)
                Math.min(MOST_LOOKED_AT, (long) LOOKED_AT * schedule.cells().size());
        List<FireWithRun> fires = services.transactions()
                .call("read the newest fires", tx -> services.schedules().fires(tx, schedule.name(), limit, null));
        Map<String, LatestFire> latest = new HashMap<>();
        for (FireWithRun each : fires) {
            latest.merge(
                    each.fire().cell(),
                    new LatestFire(each, each.runState() == null ? null : each),
                    (newer, older) -> newer.run() == null ? new LatestFire(newer.newest(), older.run()) : newer);
        }
        return latest;
    }
}
