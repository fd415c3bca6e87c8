package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Start runs again.")
final class ResumeCommand extends ClientCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TYPE",
            description = "Only this job type; without it, everything.")
    private String type;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
    private String note;

    @Override
    public Integer call() {
        ObjectNode body = noted(note);
        if (type != null) {
            body.put("type", type);
        }
        JsonNode status = api().post("/scheduler/resume", body);
        print(status, () -> say((type == null ? "Everything" : type) + " goes on."));
        return ExitCode.OK;
    }
}
