package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "List runs, newest first; or tell the story of one.")
final class RunsCommand extends ClientCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "Id of one run, or the beginning of it.")
    private String id;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "As retrying or dead; several with commas.")
    private List<String> states = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this job type.")
    private String type;

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            description = "Whose last failure was of this category, as timeout.")
    private String category;

    @Option(names = "--tag", paramLabel = "TAG", description = "With this tag.")
    private String tag;

    @Option(names = "--find", paramLabel = "TEXT", description = "Whose id or key begins so, or which have this tag.")
    private String text;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Submitted at or after: a time, or a duration ago, as 2h.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Submitted before.")
    private String until;

    @Option(names = "--min-attempts", paramLabel = "N", description = "With at least so many attempts.")
    private Integer minAttempts;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
    private String cursor;

    @Option(names = "--logs", description = "With what its attempts logged.")
    private boolean logs;

    @Override
    public Integer call() {
        Api api = api();
        if (id != null) {
            one(api, "/runs/" + Api.segment(runId(api, id)));
        } else {
            list(api);
        }
        return ExitCode.OK;
    }

    private void list(Api api) {
        Api.Query query = new Api.Query();
        states.forEach(state -> query.with("state", state.toUpperCase(Locale.ROOT)));
        query.with("type", type)
                .with("category", category)
                .with("tag", tag)
                .with("q", text)
                .with(
                        "since",
                        since == null
                                ? null
                                : Times.since(
                                        "--since", since, now(), terminal().zone()))
                .with(
                        "until",
                        until == null
                                ? null
                                : Times.since(
                                        "--until", until, now(), terminal().zone()))
                .with("min-attempts", minAttempts)
                .with("limit", limit)
                .with("cursor", cursor);
        JsonNode answer = api.get("/runs", query);
        print(answer, () -> {
            if (answer.path("items").isEmpty()) {
                say("No such runs.");
                return;
            }
            new RunPrinter(terminal()).table(answer.path("items"));
            Json.text(answer, "next").ifPresent(next -> say("There are more: --cursor " + next));
        });
    }

    private void one(Api api, String path) {
        JsonNode run = api.get(path);
        print(run, () -> {
            JsonNode attempts = api.get(path + "/attempts").path("items");
            JsonNode events = api.get(path + "/events").path("items");
            new RunPrinter(terminal()).story(run, attempts, events);
            if (logs) {
                api.get(path + "/logs").path("items").forEach(this::log);
            }
        });
    }

    private void log(JsonNode log) {
        if (log.path("lines").isEmpty()) {
            return;
        }
        say("  log of attempt " + Json.textOrEmpty(log, "attempt") + ":");
        for (JsonNode line : log.path("lines")) {
            say("    " + Json.time(line, "at").map(this::when).orElse("") + " " + Json.textOrEmpty(line, "level") + " "
                    + Texts.oneLine(Json.textOrEmpty(line, "message")));
        }
        if (log.path("dropped").asInt() > 0) {
            say("    (" + count(log.path("dropped").asInt(), "line", "lines") + " left out in the middle)");
        }
    }
}
