package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "submit", description = "Submit a run.")
final class SubmitCommand extends ClientCommand {

    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "TYPE", description = "Job type; 'requartz job-types' lists them.")
    private String type;

    @Option(
            names = "--payload",
            paramLabel = "JSON|@FILE|-",
            description = "A JSON object, a file with one, or - for standard input.")
    private String payload = "{}";

    @Option(names = "--priority", paramLabel = "LEVEL", description = "lowest, low, normal, high or highest.")
    private String priority;

    @Option(names = "--delay", paramLabel = "DURATION", description = "Not before this long from now, as 15m.")
    private String delay;

    @Option(names = "--at", paramLabel = "TIME", description = "Not before this time, as 2026-03-01T14:00.")
    private String at;

    @Option(names = "--expire-after", paramLabel = "DURATION", description = "Cancel it if it has not begun by then.")
    private String expireAfter;

    @Option(names = "--tag", paramLabel = "TAG", description = "May be given several times.")
    private List<String> tags = List.of();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key answers the same run, and makes no second one.")
    private String idempotencyKey;

    @Option(names = "--unique", paramLabel = "KEY", description = "Refuse it while another run with this key is open.")
    private String unique;

    @Option(names = "--manual", description = "It is a person's run: it passes a disabled scope.")
    private boolean manual;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            arity = "0..1",
            fallbackValue = "30s",
            description = "Wait until it has ended (at most 30s, or as given); the exit code tells how.")
    private String wait;

    @Override
    public Integer call() {
        Duration atMost = wait == null ? null : duration("--wait", wait);
        ObjectNode body = body();
        Api api = api();
        Map<String, String> headers = idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey);
        Api.Answer answer = api.post("/job-types/" + Api.segment(type) + "/runs", body, headers);
        if (atMost != null) {
            return await(api, answer.body(), atMost);
        }
        RunPrinter printer = new RunPrinter(terminal());
        print(answer.body(), () -> {
            say(answer.status() == 201 ? "Submitted:" : "This key has a run already:");
            say(printer.summary(answer.body()));
        });
        return ExitCode.OK;
    }

    private ObjectNode body() {
        ObjectNode body = object();
        body.set("payload", Payload.read(payload, terminal().in()));
        put(body, "priority", priority);
        if (at != null) {
            body.put("at", Times.parse("--at", at, now(), terminal().zone()).toString());
        }
        put(body, "delay", delay == null ? null : text(duration("--delay", delay)));
        put(body, "expire_after", expireAfter == null ? null : text(duration("--expire-after", expireAfter)));
        put(body, "unique_key", unique);
        if (manual) {
            body.put("manual", true);
        }
        if (!tags.isEmpty()) {
            tags.forEach(body.putArray("tags")::add);
        }
        return body;
    }

    private static void put(ObjectNode body, String field, String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    private static Duration duration(String option, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException refused) {
            throw CliFailure.usage(option + ": " + refused.getMessage() + ".", "Write a number with its unit, as 30s.");
        }
    }

    private int await(Api api, JsonNode submitted, Duration atMost) {
        String path = "/runs/" + Api.segment(Json.textOrEmpty(submitted, "id"));
        Instant end = now().plus(atMost);
        JsonNode run = submitted;
        while (!RunPrinter.ended(run) && now().isBefore(end)) {
            Duration rest = Duration.between(now(), end);
            Duration question = rest.compareTo(LONGEST_QUESTION) < 0 ? rest : LONGEST_QUESTION;
            run = api.get(path, new Api.Query().with("wait", Math.max(1, question.toSeconds()) + "s"));
        }
        JsonNode last = run;
        JsonNode attempts =
                root().json() ? object() : api.get(path + "/attempts").path("items");
        print(last, () -> {
            new RunPrinter(terminal()).story(last, attempts, object());
            if (!RunPrinter.ended(last)) {
                say("It has not ended within " + Durations.format(atMost) + "; it goes on.");
            }
        });
        return Json.textOrEmpty(last, "state").equals("SUCCEEDED") ? ExitCode.OK : ExitCode.FAILED;
    }
}
