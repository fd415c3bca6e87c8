package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        description = "Runs that will not be tried again by themselves: list them, and decide.",
        subcommands = {
            DeadLettersCommand.ListThem.class,
            DeadLettersCommand.Retry.class,
            DeadLettersCommand.Resolve.class,
            DeadLettersCommand.Reject.class
        })
final class DeadLettersCommand extends ClientCommand {

    @Override
    public Integer call() {
        return list(this, new Api.Query().with("status", "OPEN").with("limit", 20));
    }

    private static int list(ClientCommand command, Api.Query query) {
        JsonNode answer = command.api().get("/dead-letters", query);
        command.print(answer, () -> {
            if (answer.path("items").isEmpty()) {
                command.say("No such dead letters.");
                return;
            }
            Table table = new Table("STATUS", "TYPE", "RUN", "ATTEMPTS", "REASON", "DIED", "ERROR");
            Instant now = command.now();
            for (JsonNode letter : answer.path("items")) {
                table.row(
                        Json.textOrEmpty(letter, "status"),
                        Json.textOrEmpty(letter, "type"),
                        Json.text(letter, "id").orElseGet(() -> Json.textOrEmpty(letter, "run_id")),
                        Json.textOrEmpty(letter, "attempts"),
                        Json.textOrEmpty(letter, "reason").replace('_', ' '),
                        Json.time(letter, "died_at")
                                .map(died -> Texts.distance(died, now))
                                .orElse(""),
                        Json.textOrEmpty(letter, "category") + ": " + Json.textOrEmpty(letter, "message"));
            }
            table.print(command.terminal());
            Json.text(answer, "next").ifPresent(next -> command.say("There are more: --cursor " + next));
        });
        return ExitCode.OK;
    }

    @Command(name = "list", description = "List them, newest first.")
    static final class ListThem extends ClientCommand {

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "open (default), retried, resolved, rejected or all.")
        private String status = "open";

        @Option(names = "--type", paramLabel = "TYPE", description = "Of this job type.")
        private String type;

        @Option(
                names = "--reason",
                paramLabel = "REASON",
                description = "exhausted, not_retryable, crashed, elapsed, unscheduled or scope_disabled.")
        private String reason;

        @Option(names = "--category", paramLabel = "CATEGORY", description = "Whose last failure was of this category.")
        private String category;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit = 20;

        @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
        private String cursor;

        @Override
        public Integer call() {
            return list(
                    this,
                    new Api.Query()
                            .with("status", status.equalsIgnoreCase("all") ? null : status.toUpperCase(Locale.ROOT))
                            .with("type", type)
                            .with("reason", reason)
                            .with("category", category)
                            .with("limit", limit)
                            .with("cursor", cursor));
        }
    }

    /** Something that is decided about one or several of them. */
    abstract static class Decision extends ClientCommand {

        @Parameters(arity = "1..*", paramLabel = "RUN", description = "Ids, or their beginnings.")
        private List<String> ids;

        abstract String verb();

        abstract ObjectNode body();

        @Override
        public Integer call() {
            ObjectNode body = body();
            Api api = api();
            RunPrinter printer = new RunPrinter(terminal());
            for (String id : ids) {
                JsonNode run = api.post("/dead-letters/" + Api.segment(runId(api, id)) + "/" + verb(), body);
                print(run, () -> say(printer.summary(run)));
            }
            return ExitCode.OK;
        }
    }

    @Command(name = "retry", description = "Try them again, with new attempts.")
    static final class Retry extends Decision {

        @Option(names = "--payload", paramLabel = "JSON|@FILE|-", description = "Another payload from now on.")
        private String payload;

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the run.")
        private String note;

        @Override
        String verb() {
            return "retry";
        }

        @Override
        ObjectNode body() {
            ObjectNode body = noted(note);
            if (payload != null) {
                body.set("payload", Payload.read(payload, terminal().in()));
            }
            return body;
        }
    }

    @Command(name = "resolve", description = "Call them done: somebody did it otherwise.")
    static final class Resolve extends Decision {

        @Option(names = "--note", paramLabel = "TEXT", description = "How; kept with the run.")
        private String note;

        @Override
        String verb() {
            return "resolve";
        }

        @Override
        ObjectNode body() {
            return noted(note);
        }
    }

    @Command(name = "reject", description = "Give them up.")
    static final class Reject extends Decision {

        @Option(names = "--note", required = true, paramLabel = "TEXT", description = "Why; kept with the run.")
        private String note;

        @Override
        String verb() {
            return "reject";
        }

        @Override
        ObjectNode body() {
            return noted(note);
        }
    }
}
