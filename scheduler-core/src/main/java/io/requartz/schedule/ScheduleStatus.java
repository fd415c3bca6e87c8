package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.definition.Definition;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import java.time.Instant;
import java.util.List;

/**
 * A schedule as people look at it.
 *
 * @param effective what counts, in the form of {@link ScheduleFormat}
 * @param schedule null if this code cannot read it
 * @param unreadable why; null if it can be read
 * @param overridden keys of the configuration that a live change overrides
 * @param next the next fires; empty while it is paused
 * @param lastFire the newest time that was dealt with; null if there was none
 * @param lastRun the newest fire that made a run; null if there was none
 */
public record ScheduleStatus(
        Definition definition,
        JsonNode effective,
        Schedule schedule,
        String unreadable,
        List<String> overridden,
        List<Instant> next,
        Instant lastFire,
        FireWithRun lastRun) {

    public ScheduleStatus {
        overridden = List.copyOf(overridden);
        next = List.copyOf(next);
    }

    public String name() {
        return definition.name();
    }
}
