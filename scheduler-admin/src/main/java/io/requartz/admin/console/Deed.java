package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.requartz.admin.rest.Json;
import io.requartz.run.RunEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did to a run.
 *
 * @param href of what it was a part of, or what came of it; empty if there is none
 * @param link what that is
 * @param note their words; empty if there are none
 * @param changes what it changed in the payload
 * @param leftOut how many more changes there were
 * @param before the whole payload as it was; empty if it did not change, or was too large to be kept
 */
record Deed(
        Moment at,
        String what,
        String who,
        String href,
        String link,
        String note,
        List<PayloadLine> changes,
        int leftOut,
        String before) {

    static Deed of(RunEvent event, Times times) {
        JsonNode detail = Objects.requireNonNullElse(Json.stored(event.detail()), MissingNode.getInstance());
        String action = detail.path("bulk_action").asText("");
        String copy = detail.path("copy").asText("");
        return new Deed(
                times.clock(event.at()),
                what(event, detail),
                Words.line(event.actor(), 100),
                !action.isEmpty() ? BulkActionRow.href(action) : copy.isEmpty() ? "" : RunRow.href(Words.query(copy)),
                !action.isEmpty() ? "bulk action" : copy.isEmpty() ? "" : "that run",
                Words.harmless(event.note()),
                PayloadLine.stored(detail.get("changes")),
                detail.path("changes_left_out").asInt(),
                Words.harmless(Json.pretty(before(detail))));
    }

    private static @Nullable String before(JsonNode detail) {
        return detail.hasNonNull("payload_before")
                ? detail.get("payload_before").asText()
                : null;
    }

    private static String what(RunEvent event, JsonNode detail) {
        return switch (event.kind()) {
            case "cancel_requested" -> "Asked to cancel";
            case "due_now" -> "Made due at once";
            case "retried" -> "Retried: a new cycle began";
            case "edited" -> detail.has("payload_version_before") ? "Changed the payload" : "Changed";
            case "copied" -> "Run again, as another run";
            case "assigned" -> {
                String name = detail.path("assignee").asText("");
                yield detail.path("assignee").isNull() || name.isEmpty()
                        ? "Assigned to nobody"
                        : "Assigned to " + Words.line(name, 100);
            }
            default -> {
                String word = Words.spaced(event.kind());
                yield word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
            }
        };
    }
}
