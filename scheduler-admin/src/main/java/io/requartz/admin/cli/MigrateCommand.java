package io.requartz.admin.cli;

import io.requartz.admin.node.NodeProcess;
import io.requartz.admin.node.StartFailure;
import io.requartz.config.RequartzConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description =
                "Bring the database's tables to this version. A node does it at its start; this does it beforehand.")
final class MigrateCommand extends ClientCommand {

    @Option(names = "--offline", description = "Open the database directly, whatever answers at the server's address.")
    private boolean offline;

    @Override
    public Integer call() {
        RequartzConfig config = root().settings().config();
        // The embedded database is the running node's alone, and that node has migrated it.
        if (!offline && config.database().isEmbedded() && api().answers()) {
            String done =
                    "The node at " + api().server() + " runs, and brought its database to its version when it started.";
            print(object().put("migrated", false).put("message", done), () -> say(done));
            return ExitCode.OK;
        }
        try {
            NodeProcess.open(config).close();
        } catch (StartFailure failure) {
            throw NodeCommand.asCliFailure(failure);
        }
        String done = "The tables in " + config.database().shownUrl() + " are those of this version.";
        print(object().put("migrated", true).put("message", done), () -> say(done));
        return ExitCode.OK;
    }
}
