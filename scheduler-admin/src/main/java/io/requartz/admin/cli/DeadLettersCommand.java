package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        description = "Runs that will not be tried again by themselves: list them, and decide.",
        subcommands = {
            DeadLettersCommand.ListThem.class,
            DeadLettersCommand.Groups.class,
            DeadLettersCommand.Assign.class,
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

        @Mixin
        private LetterChoice choice;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit = 20;

        @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
        private String cursor;

        @Override
        public Integer call() {
            return list(
                    this,
                    choice.in(
                                    new Api.Query()
                                            .with(
                                                    "status",
                                                    status.equalsIgnoreCase("all")
                                                            ? null
                                                            : status.toUpperCase(Locale.ROOT)),
                                    this)
                            .with("limit", limit)
                            .with("cursor", cursor));
        }
    }

    @Command(name = "groups", description = "Open ones that failed alike, the largest group first.")
    static final class Groups extends ClientCommand {

        @Mixin
        private LetterChoice choice;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit = 20;

        @Override
        public Integer call() {
            JsonNode answer = api().get(
                            "/dead-letters/groups",
                            choice.in(new Api.Query(), this).with("limit", limit));
            print(answer, () -> table(answer));
            return ExitCode.OK;
        }

        private void table(JsonNode answer) {
            if (answer.path("items").isEmpty()) {
                say("No such dead letters.");
                return;
            }
            Table table = new Table("COUNT", "FINGERPRINT", "TYPES", "FIRST", "LAST", "ERROR");
            for (JsonNode group : answer.path("items")) {
                StringJoiner types = new StringJoiner(", ");
                group.path("types").fieldNames().forEachRemaining(types::add);
                table.row(
                        Json.textOrEmpty(group, "count"),
                        Json.textOrEmpty(group, "fingerprint"),
                        types.toString(),
                        ago(group, "first_at"),
                        ago(group, "last_at"),
                        Json.textOrEmpty(group, "category") + ": " + Json.textOrEmpty(group, "message"));
            }
            table.print(terminal());
        }

        private String ago(JsonNode group, String field) {
            return Json.time(group, field)
                    .map(time -> Texts.distance(time, now()))
                    .orElse("");
        }
    }

    @Command(name = "assign", description = "Say who is to look after them.")
    static final class Assign extends ClientCommand {

        @Parameters(arity = "1..*", paramLabel = "RUN", description = "Ids, or their beginnings.")
        private List<String> ids;

        @ArgGroup(multiplicity = "1")
        private Whom whom;

        /** Somebody, or nobody. */
        static final class Whom {
            @Option(names = "--to", required = true, paramLabel = "NAME", description = "A person or a team.")
            private String name;

            @SuppressWarnings("UnusedVariable") // says the opposite of --to
            @Option(names = "--nobody", required = true, description = "Nobody any more.")
            private boolean nobody;
        }

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the run.")
        private String note;

        @Override
        public Integer call() {
            ObjectNode body = noted(note);
            body.put("assignee", whom.name);
            Api api = api();
            for (String id : ids) {
                JsonNode letter = api.post("/dead-letters/" + Api.segment(runId(api, id)) + "/assign", body);
                print(
                        letter,
                        () -> say(Json.textOrEmpty(letter, "id") + " is "
                                + Json.text(letter, "assignee")
                                        .map(name -> "assigned to " + name + ".")
                                        .orElse("nobody's.")));
            }
            return ExitCode.OK;
        }
    }

    /** Something that is decided about one or several of them, or about all that match. */
    abstract static class Decision extends ClientCommand {

        @Parameters(arity = "0..*", paramLabel = "RUN", description = "Ids, or their beginnings.")
        private List<String> ids = List.of();

        @Mixin
        private AllOfThem allOfThem;

        @Mixin
        private LetterChoice choice;

        abstract String verb();

        abstract ObjectNode body(boolean all);

        @Override
        public Integer call() {
            boolean all = allOfThem.meant(!ids.isEmpty(), choice.given());
            ObjectNode body = body(all);
            if (all) {
                Api.Query query = allOfThem.in(choice.in(new Api.Query(), this), choice.given());
                return allOfThem.send(this, "/dead-letters/" + verb(), query, body);
            }
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

        @Option(
                names = "--rate",
                paramLabel = "N",
                description = "With --all: how many become due a second (default: 20).")
        private Integer rate;

        @Override
        ObjectNode body(boolean all) {
            if (all ? payload != null : rate != null) {
                throw CliFailure.usage(
                        "--payload is for single runs, --rate for --all.", "Leave the one that does not fit out.");
            }
            ObjectNode body = noted(note);
            if (rate != null) {
                body.put("rate_per_second", rate);
            }
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
        ObjectNode body(boolean all) {
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
        ObjectNode body(boolean all) {
            return noted(note);
        }
    }
}
