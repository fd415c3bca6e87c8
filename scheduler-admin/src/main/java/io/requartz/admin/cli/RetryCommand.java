package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description =
                "Try a run again now. A waiting one becomes due, a dead one gets new attempts, an ended one is copied to a new run.")
final class RetryCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "RUN", description = "Id, or the beginning of it.")
    private String id;

    @Option(names = "--payload", paramLabel = "JSON|@FILE|-", description = "Another payload from now on.")
    private String payload;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the run.")
    private String note;

    @Override
    public Integer call() {
        ObjectNode body = noted(note);
        if (payload != null) {
            body.set("payload", Payload.read(payload, terminal().in()));
        }
        Api api = api();
        JsonNode run = api.post("/runs/" + Api.segment(runId(api, id)) + "/retry", body);
        print(run, () -> {
            say(
                    Json.text(run, "copy_of").isPresent()
                            ? "It had ended, so here is a new run:"
                            : "It will be tried again:");
            say(new RunPrinter(terminal()).summary(run));
        });
        return ExitCode.OK;
    }
}
