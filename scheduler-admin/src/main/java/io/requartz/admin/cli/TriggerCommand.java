package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

@Command(
        name = "trigger",
        description = "Run it now, for all of its matrix or part of it.",
        footerHeading = "%nParameters of the schedule%n",
        footer = {
            "  Every other option becomes a field of the payload, for this fire only: --batch-size 5 sets batch_size.",
            "  With --wait the exit code is 0 if all runs succeeded, and 1 if any did not."
        })
final class TriggerCommand extends ClientCommand {

    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "NAME", description = "The schedule; 'requartz schedules' lists them.")
    private String name;

    @Option(
            names = "--cell",
            paramLabel = "FIELD=VALUE",
            description = "Only cells of the matrix with this value; may be given several times.")
    private Map<String, String> cells = new LinkedHashMap<>();

    @Option(names = "--max-retries", paramLabel = "N", description = "Retries of these runs, whatever the policy says.")
    private Integer maxRetries;

    @Option(names = "--payload", paramLabel = "JSON|@FILE|-", description = "Fields that replace those of the payload.")
    private String payload;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
    private String note;

    @Option(names = "--wait", description = "Wait until all runs have ended, and print a summary.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "Wait no longer than this, as 10m.")
    private String timeout;

    @Unmatched
    private List<String> parameters = new ArrayList<>();

    @Override
    public Integer call() {
        Duration atMost = timeout == null ? Duration.ofDays(365) : duration(timeout);
        ObjectNode body = body();
        Api api = api();
        JsonNode fire = api.post(SchedulesCommand.path(name) + "/trigger", body);
        List<JsonNode> runs = new ArrayList<>();
        fire.path("runs").forEach(runs::add);
        if (!wait && timeout == null) {
            print(fire, () -> {
                say("Schedule " + name + ": " + count(runs.size(), "run", "runs") + with(body));
                table(fire.path("runs"));
            });
            return ExitCode.OK;
        }
        return summary(await(api, runs, now().plus(atMost)), (ObjectNode) fire, body);
    }

    private ObjectNode body() {
        ObjectNode body = noted(note);
        ObjectNode fields = payload == null
                ? object()
                : (ObjectNode) Payload.read(payload, terminal().in());
        parameters().forEach((key, value) -> fields.set(key, ScheduleOptions.value(value)));
        if (!fields.isEmpty()) {
            body.set("payload", fields);
        }
        if (maxRetries != null) {
            body.put("max_retries", maxRetries);
        }
        if (!cells.isEmpty()) {
            cells.forEach(body.putObject("cells")::put);
        }
        return body;
    }

    /** {@code --batch-size 5}, {@code --batch-size=5}, and {@code --dry} for true. */
    private Map<String, String> parameters() {
        Map<String, String> read = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            String option = parameters.get(i);
            if (!option.matches("--[A-Za-z][A-Za-z0-9_-]*(=.*)?")) {
                throw CliFailure.usage(
                        "'" + option + "' means nothing here.",
                        "Give the schedule's name first, then its parameters as in --batch-size 5.");
            }
            int equals = option.indexOf('=');
            String key =
                    option.substring(2, equals < 0 ? option.length() : equals).replace('-', '_');
            boolean valueFollows = equals < 0
                    && i + 1 < parameters.size()
                    && !parameters.get(i + 1).startsWith("--");
            String value = equals >= 0 ? option.substring(equals + 1) : valueFollows ? parameters.get(++i) : "true";
            read.put(key, value);
        }
        return read;
    }

    private List<JsonNode> await(Api api, List<JsonNode> runs, Instant end) {
        List<JsonNode> last = new ArrayList<>();
        for (JsonNode run : runs) {
            String path = "/runs/" + Api.segment(Json.textOrEmpty(run, "id"));
            JsonNode now = api.get(path);
            while (!RunPrinter.ended(now) && now().isBefore(end)) {
                Duration rest = Duration.between(now(), end);
                Duration question = rest.compareTo(LONGEST_QUESTION) < 0 ? rest : LONGEST_QUESTION;
                now = api.get(path, new Api.Query().with("wait", Math.max(1, question.toSeconds()) + "s"));
            }
            last.add(now);
        }
        return last;
    }

    private int summary(List<JsonNode> runs, ObjectNode fire, ObjectNode body) {
        Map<String, Integer> byState = new TreeMap<>();
        ObjectNode answer = fire.deepCopy();
        answer.putArray("runs").addAll(runs);
        var notDone = object().putArray("runs");
        for (JsonNode run : runs) {
            String state = Json.textOrEmpty(run, "state");
            byState.merge(state, 1, Integer::sum);
            if (!state.equals("SUCCEEDED")) {
                notDone.add(run);
            }
        }
        print(answer, () -> {
            say("Schedule " + name + ": " + count(runs.size(), "run", "runs") + with(body));
            byState.forEach((state, runsIn) -> say("  " + state.toLowerCase(Locale.ROOT) + ": " + runsIn));
            if (!notDone.isEmpty()) {
                table(notDone);
            }
            if (!runs.stream().allMatch(RunPrinter::ended)) {
                say("Not all have ended within " + timeout + "; they go on.");
            }
        });
        return notDone.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void table(JsonNode runs) {
        Table table = new Table("STATE", "RUN", "CELL", "LAST ERROR");
        for (JsonNode run : runs) {
            table.row(
                    Signs.with(Json.textOrEmpty(run, "state"), terminal().view().unicode()),
                    Json.textOrEmpty(run, "id"),
                    Json.textOrEmpty(run, "cell"),
                    Json.textOrEmpty(run, "last_message"));
        }
        table.print(terminal());
    }

    private static String with(ObjectNode body) {
        return body.has("payload")
                ? ", with " + Texts.oneLine(body.get("payload").toString())
                : "";
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException refused) {
            throw CliFailure.usage("--timeout: " + refused.getMessage() + ".", "Write a number with its unit, as 10m.");
        }
    }
}
