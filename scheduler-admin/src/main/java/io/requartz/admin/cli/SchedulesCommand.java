package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "schedules",
        description = "When job types run by themselves: list, show, change, pause and trigger schedules.",
        subcommands = {
            SchedulesCommand.ListThem.class,
            SchedulesCommand.Show.class,
            SchedulesCommand.Fires.class,
            SchedulesCommand.Create.class,
            SchedulesCommand.Change.class,
            SchedulesCommand.Delete.class,
            SchedulesCommand.Pause.class,
            SchedulesCommand.Resume.class,
            TriggerCommand.class
        })
final class SchedulesCommand extends ClientCommand {

    @Override
    public Integer call() {
        return list(this);
    }

    static String path(String name) {
        return "/schedules/" + Api.segment(name);
    }

    private static int list(ClientCommand command) {
        JsonNode answer = command.api().get("/schedules");
        command.print(answer, () -> {
            if (answer.path("items").isEmpty()) {
                command.say("There are no schedules.");
                return;
            }
            Table table = new Table("SCHEDULE", "TYPE", "NEXT", "LAST RUN", "WHEN");
            Instant now = command.now();
            for (JsonNode schedule : answer.path("items")) {
                table.row(
                        Json.textOrEmpty(schedule, "name"),
                        Json.textOrEmpty(schedule, "type"),
                        next(schedule, now),
                        Json.textOrEmpty(schedule.path("last_run"), "run_state"),
                        Json.textOrEmpty(schedule, "words"));
            }
            table.print(command.terminal());
        });
        return ExitCode.OK;
    }

    private static String next(JsonNode schedule, Instant now) {
        if (schedule.hasNonNull("unreadable")) {
            return "unreadable";
        }
        if (schedule.path("paused").asBoolean()) {
            return "paused";
        }
        JsonNode first = schedule.path("next_fires").path(0);
        return first.isTextual() ? Texts.distance(Instant.parse(first.asText()), now) : "never";
    }

    /** One of them, with what overrides what. */
    private static void show(ClientCommand command, JsonNode schedule) {
        command.print(schedule, () -> {
            String title = Json.textOrEmpty(schedule, "title");
            command.say(Json.textOrEmpty(schedule, "name") + (title.isEmpty() ? "" : ": " + title));
            command.say(
                    "  runs      " + Json.textOrEmpty(schedule, "type") + " " + Json.textOrEmpty(schedule, "words"));
            Json.text(schedule, "unreadable").ifPresent(why -> command.say("  unreadable: " + Texts.oneLine(why)));
            if (schedule.path("paused").asBoolean()) {
                command.say("  paused; 'requartz schedules resume " + Json.textOrEmpty(schedule, "name") + "'");
            }
            schedule.path("next_fires")
                    .forEach(time -> command.say("  next      " + command.when(Instant.parse(time.asText()))));
            if (schedule.path("cells").size() > 1) {
                command.say("  cells     " + schedule.path("cells").size());
            }
            schedule.path("definition")
                    .properties()
                    .forEach(key -> command.say("  " + key.getKey() + ": " + Texts.oneLine(text(key.getValue()))));
            command.say("  from      " + Json.textOrEmpty(schedule, "source") + overrides(schedule) + ", version "
                    + Json.textOrEmpty(schedule, "version"));
        });
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String overrides(JsonNode schedule) {
        StringBuilder text = new StringBuilder();
        schedule.path("overrides")
                .forEach(key -> text.append(text.isEmpty() ? "" : ", ").append(key.asText()));
        return text.isEmpty() ? "" : ", but " + text + " changed by " + Json.textOrEmpty(schedule, "changed_by");
    }

    /** Something about one schedule. */
    abstract static class OfOne extends ClientCommand {

        @Parameters(index = "0", paramLabel = "NAME", description = "The schedule; 'requartz schedules' lists them.")
        String name;
    }

    @Command(name = "list", description = "List them.")
    static final class ListThem extends ClientCommand {
        @Override
        public Integer call() {
            return list(this);
        }
    }

    @Command(name = "show", description = "Show one, with its next fires and what a live change overrides.")
    static final class Show extends OfOne {
        @Override
        public Integer call() {
            show(this, api().get(path(name)));
            return ExitCode.OK;
        }
    }

    @Command(name = "fires", description = "What became of its times: runs, or why there is none.")
    static final class Fires extends OfOne {

        @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit = 20;

        @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where a list ended.")
        private String cursor;

        @Override
        public Integer call() {
            JsonNode answer = api().get(
                            path(name) + "/fires",
                            new Api.Query().with("limit", limit).with("cursor", cursor));
            print(answer, () -> {
                Table table = new Table("TIME", "CELL", "RUN", "WHAT BECAME OF IT");
                for (JsonNode fire : answer.path("items")) {
                    table.row(
                            Json.time(fire, "fire_time").map(this::when).orElse(""),
                            Json.textOrEmpty(fire, "cell"),
                            Json.textOrEmpty(fire, "run_id"),
                            Json.text(fire, "skipped")
                                    .map(skipped -> skipped + ": " + Json.textOrEmpty(fire, "why"))
                                    .orElseGet(() -> Json.textOrEmpty(fire, "run_state")));
                }
                table.print(terminal());
                Json.text(answer, "next").ifPresent(next -> say("There are more: --cursor " + next));
            });
            return ExitCode.OK;
        }
    }

    @Command(name = "create", description = "Make a new one.")
    static final class Create extends OfOne {

        @Mixin
        private ScheduleOptions options;

        @Override
        public Integer call() {
            ObjectNode body = options.over(object(), terminal().in());
            body.put("name", name);
            show(this, api().post("/schedules", body));
            return ExitCode.OK;
        }
    }

    @Command(name = "change", description = "Change it; what is not named stays as it is.")
    static final class Change extends OfOne {

        @Mixin
        private ScheduleOptions options;

        @Override
        public Integer call() {
            Api api = api();
            JsonNode before = api.get(path(name));
            ObjectNode body = options.over(
                    (ObjectNode) before.path("definition").deepCopy(),
                    terminal().in());
            Map<String, String> version = Map.of("If-Match", "\"" + Json.textOrEmpty(before, "version") + "\"");
            show(this, api.put(path(name), body, version).body());
            return ExitCode.OK;
        }
    }

    /** Something that is done to one, with a word about why. */
    abstract static class Act extends OfOne {

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
        String note;
    }

    @Command(name = "delete", description = "Delete one that was not made by configuration.")
    static final class Delete extends Act {
        @Override
        public Integer call() {
            JsonNode answer = api().delete(path(name), noted(note));
            print(answer, () -> say("Schedule " + name + " is deleted; its runs stay."));
            return ExitCode.OK;
        }
    }

    @Command(name = "pause", description = "It makes no runs until it is resumed.")
    static final class Pause extends Act {
        @Override
        public Integer call() {
            show(this, api().post(path(name) + "/pause", noted(note)));
            return ExitCode.OK;
        }
    }

    @Command(name = "resume", description = "It goes on from now.")
    static final class Resume extends Act {
        @Override
        public Integer call() {
            show(this, api().post(path(name) + "/resume", noted(note)));
            return ExitCode.OK;
        }
    }
}
