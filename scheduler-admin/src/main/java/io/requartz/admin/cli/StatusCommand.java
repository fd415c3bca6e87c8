package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.Command;

@Command(name = "status", description = "How the scheduler stands: runs by state, nodes, what is paused.")
final class StatusCommand extends ClientCommand {

    @Override
    public Integer call() {
        Api api = api();
        JsonNode status = api.get("/scheduler");
        print(status, () -> show(api, status));
        return ExitCode.OK;
    }

    private void show(Api api, JsonNode status) {
        say(api.server() + ": " + (status.path("paused").asBoolean() ? "paused" + who(status) : "running"));
        for (JsonNode type : status.path("paused_types")) {
            say("  " + Json.textOrEmpty(type, "type") + " is paused since "
                    + Json.time(type, "since").map(this::when).orElse("?") + " by " + Json.textOrEmpty(type, "by"));
        }
        StringJoiner runs = new StringJoiner(", ");
        status.path("runs").properties().forEach(state -> {
            if (state.getValue().asLong() > 0) {
                runs.add(state.getValue().asLong() + " " + state.getKey().toLowerCase(Locale.ROOT));
            }
        });
        say("runs:  " + (runs.length() == 0 ? "none" : runs));
        for (JsonNode scope : status.path("scopes")) {
            say("scope: " + Texts.oneLine(Json.textOrEmpty(scope, "label")) + ", "
                    + Json.textOrEmpty(scope, "failures") + " of " + Json.textOrEmpty(scope, "limit")
                    + " failures in a row"
                    + (scope.path("disabled").asBoolean()
                            ? ", disabled by " + Json.textOrEmpty(scope, "disabled_by")
                            : ""));
        }
        for (JsonNode node : status.path("nodes")) {
            say("node:  " + Json.textOrEmpty(node, "id") + " " + Json.textOrEmpty(node, "state") + ", "
                    + Json.textOrEmpty(node, "running") + " of " + Json.textOrEmpty(node, "workers") + " workers busy");
        }
    }

    private String who(JsonNode status) {
        return " since " + Json.time(status, "paused_since").map(this::when).orElse("?") + " by "
                + Json.textOrEmpty(status, "paused_by");
    }
}
