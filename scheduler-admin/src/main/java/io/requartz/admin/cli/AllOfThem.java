package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** That something is to be done to all that match, as options. */
final class AllOfThem {

    @Option(names = "--all", description = "To all that match the filters; without a filter, to all there are.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only tell how many that would be.")
    private boolean dryRun;

    @Mixin
    private BulkWait waiting;

    /** Whether one or several ids or all that match are meant; exactly one of it must be. */
    boolean meant(boolean idsGiven, boolean filterGiven) {
        waiting.atMost();
        if (waiting.wanted() && (!all || dryRun)) {
            throw CliFailure.usage(
                    "--wait is for --all, without --dry-run.",
                    "Leave it out: what is done to single runs is done at once.");
        }
        if (idsGiven && (all || filterGiven || dryRun)) {
            throw CliFailure.usage(
                    "Ids and filters exclude each other.", "Name the runs, or describe them with filters and --all.");
        }
        if (!idsGiven && !all) {
            throw CliFailure.usage(
                    "Nothing says which are meant.",
                    "Name the runs, or say --all, with filters for all that match them; --dry-run tells how many.");
        }
        return all;
    }

    /** @param filterGiven else every single one is meant */
    Api.Query in(Api.Query query, boolean filterGiven) {
        return query.with("all", filterGiven ? null : true).with("dry-run", dryRun ? true : null);
    }

    int send(ClientCommand command, String path, Api.Query query, ObjectNode body) {
        JsonNode answer = command.api().post(path + query, body);
        if (waiting.wanted()) {
            return waiting.await(command, answer);
        }
        command.print(answer, () -> {
            if (dryRun) {
                command.say(answer.path("matched").asLong() + " match; nothing was done.");
                return;
            }
            command.say(BulkActionsCommand.summary(answer));
            command.say("See how far it is with 'requartz bulk-actions " + Json.textOrEmpty(answer, "id") + "'.");
        });
        return ExitCode.OK;
    }
}
