package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

@Command(name = "job-types", description = "List the job types that the cluster knows.")
final class JobTypesCommand extends ClientCommand {

    @Override
    public Integer call() {
        JsonNode answer = api().get("/job-types");
        print(answer, () -> {
            Table table = new Table("TYPE", "PLUGIN", "ATTEMPTS", "TITLE");
            for (JsonNode type : answer.path("items")) {
                String description = Json.textOrEmpty(type, "description");
                table.row(
                        Json.textOrEmpty(type, "name"),
                        Json.textOrEmpty(type, "plugin"),
                        Json.textOrEmpty(type.path("retry"), "max-attempts"),
                        Json.textOrEmpty(type, "title") + (description.isEmpty() ? "" : ": " + description));
            }
            table.print(terminal());
        });
        return ExitCode.OK;
    }
}
