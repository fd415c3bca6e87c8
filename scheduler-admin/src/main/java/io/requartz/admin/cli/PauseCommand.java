package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pause", description = "Start no more runs. What runs goes on to its end.")
final class PauseCommand extends ClientCommand {

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
        JsonNode status = api().post("/scheduler/pause", body);
        print(status, () -> say((type == null ? "Everything" : type) + " is paused; what runs goes on to its end."));
        return ExitCode.OK;
    }
}
