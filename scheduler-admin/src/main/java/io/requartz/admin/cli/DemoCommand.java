package io.requartz.admin.cli;

import io.requartz.admin.demo.Demo;
import io.requartz.admin.demo.Platforms;
import io.requartz.admin.node.NodeProcess;
import io.requartz.admin.node.StartFailure;
import io.requartz.admin.node.StopSignals;
import io.requartz.config.RequartzConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description =
                "Show what Requartz does: a node with its own database runs the recipe restaurant-sync against platforms that fail.")
final class DemoCommand implements Callable<Integer> {

    private static final String RECIPE = "restaurant-sync";
    private static final String JOB = "http";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Requartz root = (Requartz) spec.root().userObject();
        Terminal terminal = root.terminal();
        Settings settings = root.settings();
        try (Platforms platforms = Platforms.open(terminal.clock())) {
            RequartzConfig config = settings.demoConfig(
                    files(terminal),
                    Map.of("RESTAURANT_API", platforms.address().toString()));
            NodeCommand.begin(terminal, config, Logging.Shown.RUNS_ONLY);
            StopSignals signals = StopSignals.install();
            try (NodeProcess process = NodeProcess.start(config)) {
                requireHttp(process);
                try (Demo demo = Demo.open(process, voice(terminal, settings, process))) {
                    demo.play();
                    signals.await();
                    terminal.line("Stopping.");
                }
            } catch (StartFailure failure) {
                throw NodeCommand.asCliFailure(failure);
            }
            terminal.line(
                    "Stopped. Everything is kept in " + config.node().data() + "; the next demo goes on with it.");
        }
        return ExitCode.OK;
    }

    private static List<Path> files(Terminal terminal) {
        Path recipes = terminal.home().resolve("conf").resolve("recipes");
        List<Path> files = List.of(recipes.resolve(RECIPE + ".yaml"), recipes.resolve(RECIPE + ".demo.yaml"));
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw CliFailure.of(
                        ExitCode.USAGE,
                        "The demo needs " + file + ", which is not there.",
                        "Let REQUARTZ_HOME name the directory of the distribution.");
            }
        }
        return files;
    }

    private static void requireHttp(NodeProcess process) {
        if (process.node().plugins().find(JOB).isPresent()) {
            return;
        }
        Path directory = process.config().plugins().directory();
        throw CliFailure.of(
                ExitCode.USAGE,
                "The demo needs the job type http, but no plugin in " + directory + " has it.",
                "Put the jar scheduler-jobs there; 'mvn package' leaves it in scheduler-admin/target/requartz/plugins.");
    }

    private static Demo.Voice voice(Terminal terminal, Settings settings, NodeProcess process) {
        String command = terminal.environment().getOrDefault("REQUARTZ_COMMAND", "requartz");
        int port = process.address().getPort();
        String options = (port == settings.usualPort() ? "" : " --port " + port)
                + (settings.dataGiven() ? " --data " + process.config().node().data() : "");
        return new Demo.Voice(terminal::line, command, options);
    }
}
