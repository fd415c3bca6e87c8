package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.schedule.Cell;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as an answer.
 *
 * @param source {@code configuration} or {@code live}: where it was made
 * @param words its times, read out
 * @param cells names of the matrix' cells; one empty name if there is no matrix
 * @param definition what counts: what a PUT would send
 * @param configured what configuration says; null if it was made live
 * @param overrides keys of the configuration that a live change overrides
 * @param unreadable why this node cannot read it; null if it can
 */
record ScheduleView(
        String name,
        @Nullable String type,
        @Nullable String title,
        String source,
        boolean paused,
        @Nullable String words,
        @Nullable String zone,
        List<Instant> nextFires,
        @Nullable Instant lastFire,
        @Nullable FireView lastRun,
        List<String> cells,
        JsonNode definition,
        @Nullable JsonNode configured,
        List<String> overrides,
        @Nullable String unreadable,
        @Nullable String changedBy,
        @Nullable Instant changedAt,
        long version) {

    static ScheduleView of(ScheduleStatus status) {
        Schedule schedule = status.schedule();
        JsonNode configured = status.definition().configured();
        return new ScheduleView(
                status.name(),
                schedule == null ? status.effective().path("type").textValue() : schedule.type(),
                schedule == null ? null : schedule.title(),
                configured == null ? "live" : "configuration",
                schedule != null && schedule.paused(),
                schedule == null ? null : schedule.timing().words(),
                schedule == null ? null : schedule.zone().getId(),
                status.next(),
                status.lastFire(),
                status.lastRun() == null ? null : FireView.of(status.lastRun()),
                schedule == null
                        ? List.of()
                        : schedule.cells().stream().map(Cell::name).toList(),
                snake(status.effective()),
                configured == null ? null : snake(configured),
                status.overridden().stream().map(key -> key.replace('-', '_')).toList(),
                status.unreadable(),
                status.definition().changedBy(),
                status.definition().changedAt(),
                status.definition().version());
    }

    /** As JSON likes its names; payload, matrix and policy are their owner's and stay as they are. */
    private static JsonNode snake(JsonNode tree) {
        ObjectNode snake = JsonNodeFactory.instance.objectNode();
        tree.properties().forEach(key -> {
            boolean inner = key.getKey().equals("calendar") && key.getValue().isObject();
            snake.set(key.getKey().replace('-', '_'), inner ? snake(key.getValue()) : key.getValue());
        });
        return snake;
    }
}
