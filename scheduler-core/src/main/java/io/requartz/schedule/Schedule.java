package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.run.Priority;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * When a job type runs by itself, and with what. Immutable; {@link ScheduleFormat} reads one.
 *
 * @param type name of the job type
 * @param title for people; null: none
 * @param zone of the timing and the calendar
 * @param timingKey changes exactly if timing, zone or calendar do
 * @param misfireAfter a time that is later by more than this was missed
 * @param payload what all runs have in common
 * @param cells at least one
 * @param tags of each run
 * @param expireAfter cancelled if it has not begun by then, counted from the fire; null: never
 * @param retry the runs' own retry policy, in the form of {@code RetryPolicyFormat}; null: that of the type
 * @param paused it makes no runs; what falls into a pause is not made up for
 */
public record Schedule(
        String name,
        String type,
        String title,
        Timing timing,
        ZoneId zone,
        ScheduleCalendar calendar,
        String timingKey,
        Misfire misfire,
        Duration misfireAfter,
        Overlap overlap,
        ObjectNode payload,
        List<Cell> cells,
        Priority priority,
        List<String> tags,
        Duration expireAfter,
        JsonNode retry,
        boolean paused) {

    public Schedule {
        Objects.requireNonNull(name, "name");
        cells = List.copyOf(cells);
        tags = List.copyOf(tags);
    }

    public NextFires fires() {
        return new NextFires(timing, calendar, zone);
    }
}
