package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "audit", description = "Who changed what, newest first.")
final class AuditCommand extends ClientCommand {

    @Option(names = "--actor", paramLabel = "WHO", description = "By this one, as token:admin.")
    private String actor;

    @Option(names = "--action", paramLabel = "ACTION", description = "Of this action, as run.cancel.")
    private String action;

    @Option(names = "--kind", paramLabel = "KIND", description = "Of such things, as run or dead-letter.")
    private String kind;

    @Option(names = "--subject", paramLabel = "NAME", description = "Of this one: a name or an id.")
    private String subject;

    @Option(names = "--since", paramLabel = "TIME", description = "At or after: a time, or a duration ago, as 2h.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before.")
    private String until;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
    private String cursor;

    @Override
    public Integer call() {
        JsonNode answer = api().get(
                        "/audit",
                        new Api.Query()
                                .with("actor", actor)
                                .with("action", action)
                                .with("kind", kind)
                                .with("subject", subject)
                                .with("since", time("--since", since))
                                .with("until", time("--until", until))
                                .with("limit", limit)
                                .with("cursor", cursor));
        print(answer, () -> table(answer));
        return ExitCode.OK;
    }

    private void table(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            say("No such changes.");
            return;
        }
        Table table = new Table("WHEN", "WHO", "ACTION", "SUBJECT", "CHANGE");
        for (JsonNode entry : answer.path("items")) {
            table.row(
                    Json.time(entry, "at").map(this::when).orElse(""),
                    Json.textOrEmpty(entry, "actor"),
                    Json.textOrEmpty(entry, "action"),
                    Json.textOrEmpty(entry, "subject"),
                    change(entry));
        }
        table.print(terminal());
        Json.text(answer, "next").ifPresent(next -> say("There are more: --cursor " + next));
    }

    private static String change(JsonNode entry) {
        String before = entry.hasNonNull("before") ? entry.get("before").toString() : "";
        String after = entry.hasNonNull("after") ? entry.get("after").toString() : "";
        String change = before.isEmpty() ? after : before + " -> " + (after.isEmpty() ? "gone" : after);
        return Json.text(entry, "note")
                .map(note -> change.isEmpty() ? note : change + " (" + note + ")")
                .orElse(change);
    }
}
