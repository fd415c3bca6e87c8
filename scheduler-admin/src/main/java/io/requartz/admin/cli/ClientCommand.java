package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What commands have in common that talk to a node. */
abstract class ClientCommand implements Callable<Integer> {

    private static final Pattern WHOLE_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern BEGINNING_OF_ID = Pattern.compile("[0-9a-fA-F-]{6,35}");

    @Spec
    private CommandSpec spec;

    final Requartz root() {
        return (Requartz) spec.root().userObject();
    }

    final Terminal terminal() {
        return root().terminal();
    }

    final Instant now() {
        return terminal().clock().instant();
    }

    final Api api() {
        Settings settings = root().settings();
        URI server = settings.server();
        return new Api(server, settings.token(server));
    }

    /** The answer as it came with {@code --json}, else for people. */
    final void print(JsonNode answer, Runnable forPeople) {
        if (root().json()) {
            terminal().out().println(answer.toPrettyString());
            terminal().flush();
        } else {
            forPeople.run();
        }
    }

    final void say(String line) {
        terminal().line(line);
    }

    final String when(Instant time) {
        return Texts.when(time, now(), terminal().zone());
    }

    /** A time, or a duration ago; null stays null. */
    final Instant time(String option, String typed) {
        return typed == null
                ? null
                : Times.since(option, typed, now(), terminal().zone());
    }

    /** A whole id as it is; the beginning of one is looked up. */
    final String runId(Api api, String typed) {
        if (WHOLE_ID.matcher(typed).matches() || !BEGINNING_OF_ID.matcher(typed).matches()) {
            return typed;
        }
        List<String> found = new ArrayList<>();
        for (JsonNode run : api.get("/runs", new Api.Query().with("q", typed).with("limit", 10))
                .path("items")) {
            String id = Json.textOrEmpty(run, "id");
            if (id.startsWith(typed.toLowerCase(Locale.ROOT))) {
                found.add(id);
            }
        }
        if (found.isEmpty()) {
            throw CliFailure.of(
                    ExitCode.NOT_FOUND, "There is no run whose id begins with " + typed + ".", "See 'requartz runs'.");
        }
        if (found.size() > 1) {
            throw CliFailure.of(
                    ExitCode.USAGE,
                    "Several runs have ids that begin with " + typed + ".",
                    "Give more of the id.",
                    found);
        }
        return found.get(0);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A body with the note, if there is one. */
    static ObjectNode noted(String note) {
        ObjectNode body = object();
        if (note != null) {
            body.put("note", note);
        }
        return body;
    }

    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
