package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.admin.console.ScheduleFacts.Difference;
import io.requartz.admin.rest.Json;
import io.requartz.audit.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did to a schedule.
 *
 * @param note their words; empty if there are none
 * @param differences which keys it changed, and how; none for what was made or deleted
 */
record ScheduleChange(Moment at, String what, String who, String note, List<Difference> differences) {

    static ScheduleChange of(AuditEntry entry, Times times) {
        boolean changed = entry.action().equals("schedule.change");
        boolean triggered = entry.action().equals("schedule.trigger");
        return new ScheduleChange(
                times.clock(entry.at()),
                switch (entry.action()) {
                    case "schedule.create" -> "Made";
                    case "schedule.change" -> "Changed";
                    case "schedule.delete" -> "Deleted";
                    case "schedule.trigger" -> "Triggered by hand";
                    default -> Words.line(entry.action(), 100);
                },
                Words.line(entry.actor(), 100),
                Words.harmless(entry.note()),
                changed || triggered
                        ? ScheduleFacts.differences(object(changed ? entry.before() : null), object(entry.after()))
                                .stream()
                                .filter(difference -> !difference.now().equals("{}"))
                                .toList()
                        : List.of());
    }

    private static JsonNode object(@Nullable String json) {
        JsonNode node = Json.stored(json);
        return node != null && node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    }
}
