package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Cancel a run. A running one is asked to stop; it may end otherwise before it does.")
final class CancelCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "RUN", description = "Id, or the beginning of it.")
    private String id;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the run.")
    private String note;

    @Override
    public Integer call() {
        Api api = api();
        JsonNode answer = api.post("/runs/" + Api.segment(runId(api, id)) + "/cancel", noted(note));
        print(answer, () -> {
            Json.text(answer, "message").ifPresent(this::say);
            say(new RunPrinter(terminal()).summary(answer.path("run")));
        });
        return ExitCode.OK;
    }
}
