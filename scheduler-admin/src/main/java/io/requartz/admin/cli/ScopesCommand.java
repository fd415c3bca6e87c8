package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scopes",
        description = "What fails in a row, and was disabled for it: look, reset, enable, disable.",
        subcommands = {
            ScopesCommand.ListThem.class,
            ScopesCommand.Show.class,
            ScopesCommand.Reset.class,
            ScopesCommand.Enable.class,
            ScopesCommand.Disable.class
        })
final class ScopesCommand extends ClientCommand {

    @Override
    public Integer call() {
        return list(this, new Api.Query().with("failing", true).with("limit", 50));
    }

    private static int list(ClientCommand command, Api.Query query) {
        JsonNode answer = command.api().get("/scopes", query);
        command.print(answer, () -> {
            if (answer.path("items").isEmpty()) {
                command.say("No such scopes.");
                return;
            }
            Table table = new Table("ID", "SCOPE", "FAILURES", "STATE", "HELD", "LAST FAILURE", "ERROR");
            Instant now = command.now();
            for (JsonNode scope : answer.path("items")) {
                table.row(
                        Json.textOrEmpty(scope, "id"),
                        Json.textOrEmpty(scope, "scope") + ": " + Json.textOrEmpty(scope, "label"),
                        Json.textOrEmpty(scope, "failures") + "/" + Json.textOrEmpty(scope, "limit"),
                        state(scope),
                        Json.textOrEmpty(scope, "held"),
                        Json.time(scope, "last_failure_at")
                                .map(failed -> Texts.distance(failed, now))
                                .orElse(""),
                        Json.textOrEmpty(scope, "last_error"));
            }
            table.print(command.terminal());
            Json.text(answer, "next").ifPresent(next -> command.say("There are more: --cursor " + next));
        });
        return ExitCode.OK;
    }

    private static String state(JsonNode scope) {
        return scope.path("disabled").asBoolean() ? "disabled by " + Json.textOrEmpty(scope, "disabled_by") : "enabled";
    }

    private static void show(ClientCommand command, JsonNode scope) {
        command.say(Texts.oneLine(Json.textOrEmpty(scope, "label")) + " (" + Json.textOrEmpty(scope, "id") + ")");
        command.say("  " + Texts.oneLine(Json.textOrEmpty(scope, "key")));
        command.say("  failures in a row  " + Json.textOrEmpty(scope, "failures") + " of "
                + Json.textOrEmpty(scope, "limit"));
        command.say("  state              " + state(scope)
                + Json.time(scope, "disabled_at")
                        .map(since -> " since " + command.when(since))
                        .orElse(""));
        command.say("  runs held          " + Json.textOrEmpty(scope, "held"));
        command.say("  fires skipped      " + Json.textOrEmpty(scope, "skipped"));
        Json.time(scope, "last_success_at").ifPresent(at -> command.say("  last success       " + command.when(at)));
        Json.time(scope, "last_failure_at")
                .ifPresent(at -> command.say("  last failure       " + command.when(at) + ", "
                        + Json.textOrEmpty(scope, "last_category") + ": "
                        + Texts.oneLine(Json.textOrEmpty(scope, "last_error"))));
    }

    @Command(name = "list", description = "List them; without options those that fail or are disabled.")
    static final class ListThem extends ClientCommand {

        @Option(names = "--all", description = "Also those without failures.")
        private boolean all;

        @Option(names = "--disabled", description = "Only those that are disabled.")
        private boolean disabled;

        @Option(names = "--scope", paramLabel = "NAME", description = "Only those of this name.")
        private String scope;

        @Parameters(arity = "0..*", paramLabel = "DIMENSION=VALUE", description = "Only those with these values.")
        private List<String> dimensions = List.of();

        @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit = 50;

        @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
        private String cursor;

        @Override
        public Integer call() {
            Api.Query query = dimensions(dimensions)
                    .with("scope", scope)
                    .with("disabled", disabled ? "true" : null)
                    .with("failing", all ? null : "true")
                    .with("limit", limit)
                    .with("cursor", cursor);
            return list(this, query);
        }
    }

    private static Api.Query dimensions(List<String> pairs) {
        Api.Query query = new Api.Query();
        for (String pair : pairs) {
            int at = pair.indexOf('=');
            if (at < 1 || at == pair.length() - 1) {
                throw CliFailure.usage(
                        "'" + pair + "' is not a dimension with its value.", "Write it as restaurant_id=1.");
            }
            query.with(pair.substring(0, at), pair.substring(at + 1));
        }
        return query;
    }

    @Command(name = "show", description = "Everything about one of them.")
    static final class Show extends ClientCommand {

        @Parameters(index = "0", paramLabel = "ID", description = "As 'requartz scopes' lists it.")
        private String id;

        @Override
        public Integer call() {
            JsonNode scope = api().get("/scopes/" + Api.segment(id));
            print(scope, () -> ScopesCommand.show(this, scope));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "reset",
            description =
                    "Begin the counts anew, and enable what failures disabled: of all scopes, or of those with these values.")
    static final class Reset extends ClientCommand {

        @Parameters(arity = "0..*", paramLabel = "DIMENSION=VALUE", description = "As in restaurant_id=1.")
        private List<String> dimensions = List.of();

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
        private String note;

        @Override
        public Integer call() {
            JsonNode answer = api().post("/scopes/reset" + ScopesCommand.dimensions(dimensions), noted(note));
            print(answer, () -> {
                for (JsonNode reset : answer.path("reset")) {
                    say("Reset " + Texts.oneLine(Json.textOrEmpty(reset.path("scope"), "label"))
                            + ", which had " + Json.textOrEmpty(reset, "failures") + " failures"
                            + (reset.path("enabled").asBoolean() ? "; it is enabled again." : "."));
                }
                for (JsonNode held : answer.path("stay_disabled")) {
                    say(Texts.oneLine(Json.textOrEmpty(held, "label"))
                            + " was disabled by a person and stays so: requartz scopes enable "
                            + Json.textOrEmpty(held, "id"));
                }
                if (answer.path("reset").isEmpty()) {
                    say("There was nothing to reset.");
                }
            });
            return ExitCode.OK;
        }
    }

    /** Something that is done to single ones. */
    abstract static class Act extends ClientCommand {

        @Parameters(arity = "1..*", paramLabel = "ID", description = "As 'requartz scopes' lists them.")
        private List<String> ids;

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
        private String note;

        abstract String verb();

        @Override
        public Integer call() {
            ObjectNode body = noted(note);
            for (String id : ids) {
                JsonNode scope = api().post("/scopes/" + Api.segment(id) + "/" + verb(), body);
                print(scope, () -> ScopesCommand.show(this, scope));
            }
            return ExitCode.OK;
        }
    }

    @Command(name = "enable", description = "Enable them, whoever disabled them; what they held goes on.")
    static final class Enable extends Act {
        @Override
        String verb() {
            return "enable";
        }
    }

    @Command(name = "disable", description = "Hold their runs until somebody enables them.")
    static final class Disable extends Act {
        @Override
        String verb() {
            return "disable";
        }
    }
}
