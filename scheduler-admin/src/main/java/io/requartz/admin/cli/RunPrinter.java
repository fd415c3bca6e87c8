package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.StringJoiner;

/** Shows runs to a person: as a table, or one with what happened to it. */
final class RunPrinter {

    private static final Set<String> WAITING = Set.of("SCHEDULED", "RETRYING");
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "DEAD", "RESOLVED", "REJECTED");

    private final Terminal terminal;

    RunPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    void table(JsonNode runs) {
        Table table = new Table("STATE", "TYPE", "RUN", "ATTEMPTS", "WHEN", "LAST ERROR");
        for (JsonNode run : runs) {
            table.row(
                    sign(run),
                    Json.textOrEmpty(run, "type"),
                    Json.textOrEmpty(run, "id"),
                    Json.textOrEmpty(run, "attempts"),
                    moment(run),
                    error(run));
        }
        table.print(terminal);
    }

    static boolean ended(JsonNode run) {
        return ENDED.contains(Json.textOrEmpty(run, "state"));
    }

    /** One line: what it is and where it stands. */
    String summary(JsonNode run) {
        return sign(run) + "  " + Json.textOrEmpty(run, "type") + "  " + Json.textOrEmpty(run, "id") + "  "
                + moment(run);
    }

    void story(JsonNode run, JsonNode attempts, JsonNode events) {
        terminal.line(summary(run));
        field(
                "submitted",
                Json.time(run, "created_at").map(this::when).orElse("") + " by " + Json.textOrEmpty(run, "created_by"));
        field("priority", Json.textOrEmpty(run, "priority"));
        field("key", Json.textOrEmpty(run, "idempotency_key"));
        field("unique", Json.textOrEmpty(run, "unique_key"));
        field("tags", joined(run.path("tags")));
        field("copy of", Json.textOrEmpty(run, "copy_of"));
        field("schedule", (Json.textOrEmpty(run, "schedule") + " " + Json.textOrEmpty(run, "cell")).strip());
        field(
                "expires",
                WAITING.contains(Json.textOrEmpty(run, "state"))
                        ? Json.time(run, "expires_at").map(this::when).orElse("")
                        : "");
        field("progress", progress(run));
        field("payload", run.has("payload") ? run.get("payload").toString() : "");
        field("result", run.hasNonNull("result") ? run.get("result").toString() : "");
        attempts.forEach(this::attempt);
        events.forEach(this::event);
        next(run);
    }

    private void attempt(JsonNode attempt) {
        StringBuilder line = new StringBuilder("  attempt ").append(Json.textOrEmpty(attempt, "number"));
        Json.time(attempt, "started_at").ifPresent(start -> line.append(", ").append(when(start)));
        line.append(" on ").append(Json.textOrEmpty(attempt, "node")).append(": ");
        String outcome = Json.textOrEmpty(attempt, "outcome");
        if (outcome.isEmpty()) {
            line.append(
                    Json.time(attempt, "stuck_since").isPresent() ? "stuck: it outlived its time limit" : "running");
        } else {
            line.append(ending(outcome)).append(took(attempt));
        }
        Json.text(attempt, "category").ifPresent(category -> line.append(", ").append(category));
        Json.text(attempt, "message").ifPresent(message -> line.append(": ").append(Texts.oneLine(message)));
        terminal.line(line.toString());
        Json.text(attempt.path("decision"), "why")
                .filter(why -> !why.isBlank())
                .ifPresent(why -> terminal.line("      " + Texts.oneLine(why)));
    }

    private static String ending(String outcome) {
        return switch (outcome) {
            case "SUCCEEDED" -> "succeeded";
            case "FAILED" -> "failed";
            case "NODE_LOST" -> "lost with its node";
            case "HANDED_OVER" -> "handed over";
            case "CANCELLED" -> "cancelled";
            default -> outcome;
        };
    }

    private static String took(JsonNode attempt) {
        return Json.time(attempt, "ended_at")
                .flatMap(end -> Json.time(attempt, "started_at").map(start -> Duration.between(start, end)))
                .map(took -> " after " + Durations.brief(took))
                .orElse("");
    }

    private void event(JsonNode event) {
        String note = Json.textOrEmpty(event, "note");
        terminal.line("  " + Json.time(event, "at").map(this::when).orElse("") + " "
                + Json.textOrEmpty(event, "kind").replace('_', ' ') + " by " + Json.textOrEmpty(event, "actor")
                + (note.isEmpty() ? "" : ": " + Texts.oneLine(note)));
        for (JsonNode change : event.path("detail").path("changes")) {
            String from = change.has("from") ? change.get("from").toString() : "nothing";
            String to = change.has("to") ? change.get("to").toString() : "nothing";
            terminal.line("      " + Texts.oneLine(Json.textOrEmpty(change, "path") + ": " + from + " -> " + to));
        }
    }

    /** What a person may do now. */
    private void next(JsonNode run) {
        String id = Json.textOrEmpty(run, "id");
        if (Json.textOrEmpty(run, "state").equals("DEAD")) {
            terminal.line("It will not be tried again by itself. Mend the cause, then:");
            terminal.line("  requartz dead-letters retry " + id + "      (with --payload to change what it works on)");
            terminal.line(
                    "  requartz dead-letters resolve " + id + "    (done otherwise), or reject --note WHY (given up)");
        }
    }

    private String sign(JsonNode run) {
        return Signs.with(Json.textOrEmpty(run, "state"), terminal.view().unicode());
    }

    private String moment(JsonNode run) {
        String state = Json.textOrEmpty(run, "state");
        Instant now = terminal.clock().instant();
        if (WAITING.contains(state)) {
            return Json.time(run, "due_at")
                    .map(due -> due.isAfter(now) ? Texts.distance(due, now) : "due")
                    .orElse("due");
        }
        if (state.equals("RUNNING")) {
            return "on " + Json.textOrEmpty(run, "node");
        }
        String reason = Json.textOrEmpty(run, "reason");
        return Json.time(run, "finished_at")
                        .map(end -> Texts.distance(end, now))
                        .orElse("")
                + (reason.isEmpty() ? "" : " (" + reason.replace('_', ' ') + ")");
    }

    private static String error(JsonNode run) {
        String category = Json.textOrEmpty(run, "last_category");
        String message = Json.textOrEmpty(run, "last_message");
        return category.isEmpty() || message.isEmpty() ? category + message : category + ": " + message;
    }

    private static String progress(JsonNode run) {
        JsonNode progress = run.path("progress");
        return Json.text(progress, "percent")
                .map(percent -> percent + "% " + Json.textOrEmpty(progress, "message"))
                .orElse("");
    }

    private static String joined(JsonNode texts) {
        StringJoiner joiner = new StringJoiner(", ");
        texts.forEach(text -> joiner.add(text.asText()));
        return joiner.toString();
    }

    private void field(String name, String value) {
        if (!value.isBlank()) {
            terminal.line("  " + name + " ".repeat(Math.max(1, 10 - name.length())) + Texts.oneLine(value));
        }
    }

    private String when(Instant time) {
        return Texts.when(time, terminal.clock().instant(), terminal.zone());
    }
}
