package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/** Waiting for the end of a bulk action, as options: progress goes to the standard error, the end to the standard output. */
final class BulkWait {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int REFUSALS_SHOWN = 20;

    @Option(names = "--wait", description = "Wait until it has ended; the exit code is 1 if anything failed.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "Wait no longer than this, as 10m.")
    private String timeout;

    boolean wanted() {
        return wait || timeout != null;
    }

    /** Checked before anything is asked for. */
    Duration atMost() {
        try {
            return timeout == null ? Duration.ofDays(365) : Durations.parse(timeout);
        } catch (IllegalArgumentException refused) {
            throw CliFailure.usage("--timeout: " + refused.getMessage() + ".", "Write a number with its unit, as 10m.");
        }
    }

    /** @param begun as it was when it was accepted, or last seen */
    int await(ClientCommand command, JsonNode begun) {
        Api api = command.api();
        String path = "/bulk-actions/" + Api.segment(Json.textOrEmpty(begun, "id"));
        Instant end = command.now().plus(atMost());
        JsonNode action = begun;
        String told = "";
        Duration pause = FIRST_PAUSE;
        while (!ended(action) && command.now().isBefore(end)) {
            String progress = progress(command, action);
            if (!progress.equals(told)) {
                command.terminal().err().println(Texts.printable(progress));
                command.terminal().err().flush();
                told = progress;
            }
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            action = api.get(path);
        }
        return tell(command, api, path, action);
    }

    private static String progress(ClientCommand command, JsonNode action) {
        String state = Json.textOrEmpty(action, "state");
        return (state.equals("RUNNING") ? "" : state + ": ")
                + Json.textOrEmpty(action, "done") + " of " + Json.textOrEmpty(action, "matched") + " done, "
                + Json.textOrEmpty(action, "skipped") + " skipped, " + Json.textOrEmpty(action, "failed") + " failed, "
                + Json.textOrEmpty(action, "left") + " left"
                + Json.time(action, "predicted_end")
                        .map(end -> ", ends " + Texts.distance(end, command.now()))
                        .orElse("");
    }

    private int tell(ClientCommand command, Api api, String path, JsonNode action) {
        long failed = action.path("failed").asLong();
        command.print(action, () -> {
            BulkActionsCommand.tell(command, action);
            if (failed > 0) {
                refusals(command, api.get(path + "/refusals", new Api.Query().with("limit", REFUSALS_SHOWN)), failed);
            }
            if (!ended(action)) {
                command.say("It has not ended within " + timeout + "; it goes on.");
            }
        });
        return Json.textOrEmpty(action, "state").equals("DONE") && failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void refusals(ClientCommand command, JsonNode answer, long failed) {
        Table table = new Table("RUN", "REFUSED BECAUSE");
        for (JsonNode refusal : answer.path("items")) {
            table.row(Json.textOrEmpty(refusal, "run_id"), Texts.oneLine(Json.textOrEmpty(refusal, "reason")));
        }
        table.print(command.terminal());
        long more = failed - answer.path("items").size();
        if (more > 0) {
            command.say("And " + more + " more.");
        }
    }

    private static boolean ended(JsonNode action) {
        String state = Json.textOrEmpty(action, "state");
        return state.equals("DONE") || state.equals("CANCELLED");
    }
}
