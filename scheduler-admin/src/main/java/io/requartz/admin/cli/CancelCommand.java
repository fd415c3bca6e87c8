package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Cancel a run. A running one is asked to stop; it may end otherwise before it does.")
final class CancelCommand extends ClientCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "Id, or the beginning of it.")
    private String id;

    @Mixin
    private AllOfThem allOfThem;

    @Mixin
    private RunChoice choice;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the run.")
    private String note;

    @Override
    public Integer call() {
        if (allOfThem.meant(id != null, choice.given())) {
            Api.Query query = allOfThem.in(choice.in(new Api.Query(), this), choice.given());
            return allOfThem.send(this, "/runs/cancel", query, noted(note));
        }
        Api api = api();
        JsonNode answer = api.post("/runs/" + Api.segment(runId(api, id)) + "/cancel", noted(note));
        print(answer, () -> {
            Json.text(answer, "message").ifPresent(this::say);
            say(new RunPrinter(terminal()).summary(answer.path("run")));
        });
        return ExitCode.OK;
    }
}
