package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "policies",
        description = "Retry policies: what holds and where it comes from; change them while the cluster runs.",
        subcommands = {
            PoliciesCommand.ListThem.class,
            PoliciesCommand.Show.class,
            PoliciesCommand.Change.class,
            PoliciesCommand.Simulate.class
        })
final class PoliciesCommand extends ClientCommand {

    private static final String PATH = "/policies/";

    @Override
    public Integer call() {
        return list(this);
    }

    private static int list(ClientCommand command) {
        JsonNode answer = command.api().get("/policies");
        command.print(answer, () -> {
            Table table = new Table("POLICY", "ATTEMPTS", "MOST DELAY", "CHANGED", "BACKOFF");
            for (JsonNode policy : answer.path("items")) {
                JsonNode holds = policy.path("effective");
                table.row(
                        Json.textOrEmpty(policy, "name"),
                        Json.textOrEmpty(holds, "max-attempts"),
                        Json.textOrEmpty(holds, "max-delay"),
                        Json.time(policy, "changed_at")
                                .map(at -> Texts.distance(at, command.now()) + " by "
                                        + Json.textOrEmpty(policy, "changed_by"))
                                .orElse(""),
                        holds.has("backoff") ? PolicyKeys.brief(holds.path("backoff")) : "by category");
            }
            table.print(command.terminal());
        });
        return ExitCode.OK;
    }

    private static void show(ClientCommand command, JsonNode policy) {
        command.print(policy, () -> {
            Table table = new Table("KEY", "VALUE", "FROM");
            policy.path("effective").properties().forEach(entry -> {
                if (!entry.getKey().equals("by-category")) {
                    table.row(
                            entry.getKey(),
                            PolicyKeys.brief(entry.getValue()),
                            Json.textOrEmpty(policy.path("from"), entry.getKey()));
                }
            });
            Json.text(policy, "policy").ifPresent(named -> table.row("policy", named, ""));
            Json.text(policy, "policy_default").ifPresent(named -> table.row("policy-default", named, ""));
            table.print(command.terminal());
            command.say("");
            Table categories = new Table("CATEGORY", "AGAIN", "ATTEMPTS", "BACKOFF", "FROM");
            for (JsonNode category : policy.path("categories")) {
                JsonNode holds = category.path("effective");
                boolean again = category.path("again").asBoolean();
                categories.row(
                        Json.textOrEmpty(category, "category"),
                        again ? "yes" : "no",
                        again ? Json.textOrEmpty(holds, "max-attempts") : "",
                        again ? PolicyKeys.brief(holds.path("backoff")) : "",
                        again ? Json.textOrEmpty(category.path("from"), "backoff") : "");
            }
            categories.print(command.terminal());
            policy.path("left_out").forEach(left -> command.say("left out: " + left.asText()));
        });
    }

    @Command(name = "list", description = "List them: the default, those with a name, those of job types.")
    static final class ListThem extends ClientCommand {
        @Override
        public Integer call() {
            return list(this);
        }
    }

    @Command(name = "show", description = "Each value of one, with where it comes from.")
    static final class Show extends ClientCommand {

        @Parameters(paramLabel = "POLICY", description = "default, a name, or type:NAME of a job type.")
        private String name;

        @Override
        public Integer call() {
            show(this, api().get(PATH + Api.segment(name)));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "set",
            description =
                    "Set keys while the cluster runs, over what configuration says; the next decision goes by them.")
    static final class Change extends ClientCommand {

        @Parameters(index = "0", paramLabel = "POLICY", description = "default, a name, or type:NAME of a job type.")
        private String name;

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "KEY=VALUE",
                description = "As in max-attempts=3 or 'backoff={linear: 10s}'; KEY= takes a live key back.")
        private List<String> keys = List.of();

        @Option(names = "--reset", description = "Take all live keys back first.")
        private boolean reset;

        @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
        private String note;

        @Override
        public Integer call() {
            if (keys.isEmpty() && !reset) {
                throw CliFailure.usage("Nothing to set.", "Name keys, as in max-attempts=3, or --reset.");
            }
            Map<String, JsonNode> changes = PolicyKeys.read(keys);
            Api api = api();
            // read and written as one: who changes it in between gets the better of us, and we say so
            Api.Answer before = api.find(PATH + Api.segment(name));
            ObjectNode live = object();
            long version = 0;
            if (before != null) {
                version = before.body().path("version").asLong();
                if (!reset && before.body().path("live").isObject()) {
                    live.setAll((ObjectNode) before.body().get("live"));
                }
            }
            changes.forEach((key, value) -> {
                live.remove(key.replace('-', '_'));
                if (value.isNull()) {
                    live.remove(key);
                } else {
                    live.set(key, value);
                }
            });
            ObjectNode body = noted(note);
            body.set("live", live);
            show(
                    this,
                    api.put(PATH + Api.segment(name), body, Map.of("If-Match", "\"" + version + "\""))
                            .body());
            return ExitCode.OK;
        }
    }

    @Command(name = "simulate", description = "What a policy would do with a run that fails and fails.")
    static final class Simulate extends ClientCommand {

        @Parameters(index = "0", paramLabel = "POLICY", description = "default, a name, or type:NAME of a job type.")
        private String name;

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "KEY=VALUE",
                description = "Keys to lay over it, for this simulation only.")
        private List<String> keys = List.of();

        @Option(
                names = "--category",
                split = ",",
                paramLabel = "CATEGORY",
                description = "Of the first failure, the second, and so on (default: unknown).")
        private List<String> categories = List.of();

        @Option(names = "--failures", paramLabel = "N", description = "At most so many (default: 20).")
        private Integer failures;

        @Option(names = "--seed", paramLabel = "N", description = "Of the jitter; the same gives the same delays.")
        private Integer seed;

        @Option(
                names = "--payload",
                paramLabel = "JSON|@FILE|-",
                description = "Chooses the policy, where payloads do.")
        private String payload;

        @Override
        public Integer call() {
            ObjectNode body = object().put("name", name);
            ObjectNode over = body.putObject("policy");
            PolicyKeys.read(keys).forEach(over::set);
            if (!categories.isEmpty()) {
                categories.forEach(body.putArray("categories")::add);
            }
            if (failures != null) {
                body.put("failures", failures);
            }
            if (seed != null) {
                body.put("seed", seed);
            }
            if (payload != null) {
                body.set("payload", Payload.read(payload, terminal().in()));
            }
            JsonNode answer = api().post("/policies/simulate", body);
            print(answer, () -> tell(answer));
            return ExitCode.OK;
        }

        private void tell(JsonNode answer) {
            Table table = new Table("ATTEMPT", "AFTER", "DELAY", "WHY");
            for (JsonNode step : answer.path("attempts")) {
                table.row(
                        Json.textOrEmpty(step, "attempt"),
                        seconds(step.path("starts_after_seconds")),
                        step.path("delay_seconds").isNull() ? "-" : seconds(step.path("delay_seconds")),
                        Json.textOrEmpty(step, "category") + ": " + Json.textOrEmpty(step, "why"));
            }
            table.print(terminal());
            String end = Json.textOrEmpty(answer, "end");
            say(
                    end.equals("retry")
                            ? "It would be tried again."
                            : end.equals("close") ? "It would end as failed." : "It would be a dead letter.");
        }

        private static String seconds(JsonNode number) {
            return Durations.brief(Duration.ofMillis(Math.round(number.asDouble() * 1000)));
        }
    }
}
