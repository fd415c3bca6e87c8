package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description =
                "Try a run again now. A waiting one becomes due, a dead one gets new attempts, an ended one is copied to a new run.")
final class RetryCommand extends ClientCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "Id, or the beginning of it.")
    private String id;

    @Mixin
    private AllOfThem allOfThem;

    @Mixin
    private RunChoice choice;

    @Option(names = "--rate", paramLabel = "N", description = "With --all: how many become due a second (default: 20).")
    private Integer rate;

    @Option(names = "--payload", paramLabel = "JSON|@FILE|-", description = "Another payload from now on.")
    private String payload;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept with the run.")
    private String note;

    @Override
    public Integer call() {
        boolean all = allOfThem.meant(id != null, choice.given());
        if (all ? payload != null : rate != null) {
            throw CliFailure.usage(
                    "--payload is for single runs, --rate for --all.", "Leave the one that does not fit out.");
        }
        ObjectNode body = noted(note);
        if (all) {
            if (rate != null) {
                body.put("rate_per_second", rate);
            }
            Api.Query query = allOfThem.in(choice.in(new Api.Query(), this), choice.given());
            return allOfThem.send(this, "/runs/retry", query, body);
        }
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
