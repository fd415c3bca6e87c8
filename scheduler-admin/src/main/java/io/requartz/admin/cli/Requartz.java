package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.config.ConfigException;
import io.requartz.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code requartz} itself: options that all commands have, and what becomes of errors. */
@Command(
        name = "requartz",
        description = "Runs jobs, tries failed ones again, and keeps what needs a person.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            SubmitCommand.class,
            RunsCommand.class,
            RetryCommand.class,
            CancelCommand.class,
            DeadLettersCommand.class,
            ScopesCommand.class,
            SchedulesCommand.class,
            BulkActionsCommand.class,
            StatusCommand.class,
            AuditCommand.class,
            NodesCommand.class,
            JobTypesCommand.class,
            PoliciesCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            DoctorCommand.class,
            MigrateCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  done, but something failed: a run that was waited for, a finding of the doctor",
            "  2  the command line, the configuration or the payload is wrong",
            "  3  not found",
            "  4  refused, because it clashes with the state of things",
            "  5  the server or the database cannot be reached",
            "  6  not authorized"
        })
public final class Requartz implements Runnable {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the API's JSON.")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration (default: conf/requartz.yaml); of several, later ones lie over earlier ones.")
    private List<Path> config = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "A setting over the configuration, as in workers.threads=20.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The node to talk to (default: http.host and http.port of the configuration).")
    private String server;

    @Option(names = "--port", paramLabel = "N", scope = ScopeType.INHERIT, description = "Short for --set http.port=N.")
    private Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Short for --set node.data=DIR.")
    private Path data;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print stack traces.")
    private boolean debug;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    private boolean version;

    private Requartz(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command line and answers its exit code. */
    public static int run(Terminal terminal, String... arguments) {
        Requartz root = new Requartz(terminal);
        CommandLine commands = new CommandLine(root)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(Math.max(80, Math.min(120, terminal.view().width())))
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((mistake, given) -> root.misused(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> root.failed(failure));
        int exitCode = commands.execute(arguments);
        terminal.flush();
        return exitCode;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    Terminal terminal() {
        return terminal;
    }

    boolean json() {
        return json;
    }

    /** What the command line says about configuration and server. */
    Settings settings() {
        List<String> options = new ArrayList<>(set);
        if (port != null) {
            options.add("http.port=" + port);
        }
        if (data != null) {
            // what is typed is meant from where it is typed
            options.add("node.data=" + data.toAbsolutePath().normalize());
        }
        return new Settings(terminal, new Settings.Given(config, options, server));
    }

    private int misused(ParameterException mistake) {
        terminal.err().println("error: " + mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, terminal.err());
        terminal.err()
                .println("help:  " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private int failed(Exception thrown) {
        if (debug) {
            thrown.printStackTrace(terminal.err());
        }
        CliFailure failure = asFailure(thrown);
        JsonNode problem = failure.problem();
        if (json && problem != null) {
            terminal.err().println(problem.toPrettyString());
            return failure.exitCode();
        }
        terminal.err().println("error: " + Texts.printable(failure.getMessage()));
        failure.details().forEach(detail -> terminal.err().println("  - " + Texts.printable(detail)));
        if (!failure.hint().isEmpty()) {
            terminal.err().println("hint:  " + Texts.printable(failure.hint()));
        }
        return failure.exitCode();
    }

    private static CliFailure asFailure(Exception thrown) {
        if (thrown instanceof CliFailure failure) {
            return failure;
        }
        if (thrown instanceof ConfigException refused) {
            return CliFailure.of(
                    ExitCode.USAGE,
                    "The configuration cannot be used.",
                    "Every setting is in conf/requartz.yaml, with what it means.",
                    refused.errors());
        }
        if (thrown instanceof Problem problem) {
            return CliFailure.of(exitCode(problem.kind()), problem.getMessage(), problem.hint(), problem.details());
        }
        return CliFailure.of(
                ExitCode.FAILED,
                "This should not have happened: " + thrown,
                "Run it again with --debug and report what it prints.");
    }

    private static int exitCode(Problem.Kind kind) {
        return switch (kind) {
            case INVALID, TOO_LARGE -> ExitCode.USAGE;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case CONFLICT, STALE -> ExitCode.CONFLICT;
            case UNAVAILABLE -> ExitCode.UNREACHABLE;
        };
    }
}
