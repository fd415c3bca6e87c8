package io.requartz.admin.cli;

import io.requartz.admin.node.DataDirectory;
import io.requartz.admin.node.NodeProcess;
import io.requartz.admin.node.StartFailure;
import io.requartz.admin.node.StopSignals;
import io.requartz.config.RequartzConfig;
import io.requartz.time.Durations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "node",
        description = "Run a node until it is told to stop (Ctrl-C or SIGTERM; a second one ends it at once).")
final class NodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Requartz root = (Requartz) spec.root().userObject();
        Terminal terminal = root.terminal();
        RequartzConfig config = root.settings().config();
        begin(terminal, config, Logging.Shown.ALL);
        StopSignals signals = StopSignals.install();
        try (NodeProcess process = NodeProcess.start(config)) {
            terminal.line("Node " + config.node().id() + " listens at " + process.address() + ", with its data in "
                    + config.node().data() + ". Ctrl-C stops it.");
            process.newToken()
                    .ifPresent(token -> terminal.line("Admin token, shown once: " + token + " (also in "
                            + config.node().data().resolve(Settings.TOKEN_FILE) + ", where commands find it)"));
            signals.await();
            terminal.line("Stopping: running attempts have "
                    + Durations.format(config.node().stopDeadline()) + " to end. A second signal ends it at once.");
        } catch (StartFailure failure) {
            throw asCliFailure(failure);
        }
        terminal.line("Stopped.");
        return ExitCode.OK;
    }

    /** The directory first: the log is written there. */
    static void begin(Terminal terminal, RequartzConfig config, Logging.Shown shown) {
        try {
            DataDirectory.prepare(config.node().data());
        } catch (StartFailure failure) {
            throw asCliFailure(failure);
        }
        Logging.ofNode(terminal.home(), config.node().data(), shown);
    }

    static CliFailure asCliFailure(StartFailure failure) {
        int exitCode = failure.isSetting() ? ExitCode.USAGE : ExitCode.UNREACHABLE;
        return CliFailure.of(exitCode, failure.getMessage(), failure.hint(), failure);
    }
}
