package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bulk-actions",
        description = "What is done to all runs that match: list them, see how far one is, hold it.",
        subcommands = {BulkActionsCommand.Pause.class, BulkActionsCommand.Resume.class, BulkActionsCommand.Cancel.class
        })
final class BulkActionsCommand extends ClientCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Only this one.")
    private String id;

    @Option(names = "--state", paramLabel = "STATE", description = "running, paused, done or cancelled.")
    private String state;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
    private String cursor;

    @Mixin
    private BulkWait waiting;

    @Override
    public Integer call() {
        waiting.atMost();
        if (waiting.wanted() && id == null) {
            throw CliFailure.usage("Nothing says which one to wait for.", "Give its id.");
        }
        if (id != null) {
            JsonNode action = api().get("/bulk-actions/" + Api.segment(id));
            if (waiting.wanted()) {
                return waiting.await(this, action);
            }
            print(action, () -> tell(this, action));
            return ExitCode.OK;
        }
        JsonNode answer = api().get(
                        "/bulk-actions",
                        new Api.Query()
                                .with("state", state == null ? null : state.toUpperCase(Locale.ROOT))
                                .with("limit", limit)
                                .with("cursor", cursor));
        print(answer, () -> table(answer));
        return ExitCode.OK;
    }

    private void table(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            say("No bulk actions.");
            return;
        }
        Table table = new Table("STATE", "WHAT", "ID", "DONE", "SKIPPED", "FAILED", "OF", "BEGUN", "BY");
        Instant now = now();
        for (JsonNode action : answer.path("items")) {
            table.row(
                    Json.textOrEmpty(action, "state"),
                    what(action),
                    Json.textOrEmpty(action, "id"),
                    Json.textOrEmpty(action, "done"),
                    Json.textOrEmpty(action, "skipped"),
                    Json.textOrEmpty(action, "failed"),
                    Json.textOrEmpty(action, "matched"),
                    Json.time(action, "created_at")
                            .map(begun -> Texts.distance(begun, now))
                            .orElse(""),
                    Json.textOrEmpty(action, "created_by"));
        }
        table.print(terminal());
        Json.text(answer, "next").ifPresent(next -> say("There are more: --cursor " + next));
    }

    private static String what(JsonNode action) {
        return Json.textOrEmpty(action, "kind").replace('_', ' ');
    }

    /** One line: what it is and how far. */
    static String summary(JsonNode action) {
        return Json.textOrEmpty(action, "state") + "  " + what(action) + "  " + Json.textOrEmpty(action, "id") + "  "
                + Json.textOrEmpty(action, "done") + " of " + Json.textOrEmpty(action, "matched") + " done";
    }

    static void tell(ClientCommand command, JsonNode action) {
        command.say(summary(action) + ", " + Json.textOrEmpty(action, "skipped") + " skipped, "
                + Json.textOrEmpty(action, "failed") + " failed (" + Json.textOrEmpty(action, "percent") + "%)");
        command.say("  criteria  " + action.path("criteria"));
        Json.text(action, "rate_per_second").ifPresent(rate -> command.say("  rate      " + rate + " a second"));
        command.say("  begun     "
                + Json.time(action, "created_at").map(command::when).orElse("") + " by "
                + Json.textOrEmpty(action, "created_by")
                + Json.text(action, "note")
                        .map(note -> ": " + Texts.oneLine(note))
                        .orElse(""));
        Json.time(action, "finished_at").ifPresent(end -> command.say("  finished  " + command.when(end)));
        Json.text(action, "last_error").ifPresent(error -> command.say("  error     " + Texts.oneLine(error)));
    }

    /** Something that is done to one of them. */
    abstract static class Change extends ClientCommand {

        @Parameters(index = "0", paramLabel = "ID", description = "Which one.")
        private String id;

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
        private String note;

        abstract String verb();

        @Override
        public Integer call() {
            JsonNode action = api().post("/bulk-actions/" + Api.segment(id) + "/" + verb(), noted(note));
            print(action, () -> tell(this, action));
            return ExitCode.OK;
        }
    }

    @Command(name = "pause", description = "Hold it: nothing more is done until it is resumed.")
    static final class Pause extends Change {
        @Override
        String verb() {
            return "pause";
        }
    }

    @Command(name = "resume", description = "Let it go on.")
    static final class Resume extends Change {
        @Override
        String verb() {
            return "resume";
        }
    }

    @Command(name = "cancel", description = "End it. What is done stays.")
    static final class Cancel extends Change {
        @Override
        String verb() {
            return "cancel";
        }
    }
}
