package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "List runs, newest first; or tell the story of one.")
final class RunsCommand extends ClientCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "Id of one run, or the beginning of it.")
    private String id;

    @Mixin
    private RunChoice choice;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "newest, oldest or due: those that wait, the soonest first (default: newest).")
    private String sort;

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
        Api.Query query = choice.in(new Api.Query(), this)
                .with("sort", sort)
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
