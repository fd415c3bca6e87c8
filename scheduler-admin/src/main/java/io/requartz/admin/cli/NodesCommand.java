package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import picocli.CommandLine.Command;

@Command(name = "nodes", description = "List the nodes of the cluster.")
final class NodesCommand extends ClientCommand {

    @Override
    public Integer call() {
        JsonNode answer = api().get("/nodes");
        print(answer, () -> {
            Table table = new Table("NODE", "STATE", "HOST", "PID", "VERSION", "BUSY", "LAST BEAT", "JOB TYPES");
            for (JsonNode node : answer.path("items")) {
                StringJoiner types = new StringJoiner(", ");
                node.path("types").forEach(type -> types.add(type.asText()));
                table.row(
                        Json.textOrEmpty(node, "id") + (node.path("self").asBoolean() ? " *" : ""),
                        Json.textOrEmpty(node, "state"),
                        Json.textOrEmpty(node, "host"),
                        Json.textOrEmpty(node, "pid"),
                        Json.textOrEmpty(node, "version"),
                        Json.textOrEmpty(node, "running") + "/" + Json.textOrEmpty(node, "workers"),
                        Json.time(node, "last_beat_at")
                                .map(beat -> Texts.distance(beat, now()))
                                .orElse(""),
                        types.toString());
            }
            table.print(terminal());
        });
        return ExitCode.OK;
    }
}
