package io.requartz.admin.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Chooses how this process logs. What a person set by a system property stays. */
public final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";

    private Logging() {}

    /** Warnings to the standard error: for commands, and for a node until its configuration is read. */
    public static void quiet() {
        set(CONFIGURATION, packaged("logback-quiet.xml"));
    }

    /** What of a node's log goes to the terminal. */
    enum Shown {
        ALL("INFO", "OFF"),
        RUNS_ONLY("OFF", "INFO");

        private final String console;
        private final String runs;

        Shown(String console, String runs) {
            this.console = console;
            this.runs = runs;
        }
    }

    /** As {@code conf/logback.xml} says: for a node. */
    static void ofNode(Path home, Path data, Shown shown) {
        Path own = home.resolve("conf").resolve("logback.xml");
        if (packaged("logback-quiet.xml").equals(System.getProperty(CONFIGURATION))) {
            System.clearProperty(CONFIGURATION);
        }
        set(CONFIGURATION, Files.isRegularFile(own) ? own.toAbsolutePath().toString() : packaged("logback.xml"));
        set("requartz.log.file", data.resolve("requartz.log").toString());
        set("requartz.log.runs", data.resolve("runs.log").toString());
        set("requartz.log.console", shown.console);
        set("requartz.log.runs.console", shown.runs);
        begin();
    }

    /** The first logger may have been made already, while the configuration was read. */
    private static void begin() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        try {
            new ContextInitializer(context).autoConfig();
        } catch (JoranException unreadable) {
            throw CliFailure.of(
                    ExitCode.USAGE,
                    "The log's configuration " + System.getProperty(CONFIGURATION) + " cannot be read: "
                            + unreadable.getMessage(),
                    "Correct it, or take the one of the distribution.",
                    unreadable);
        }
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static String packaged(String name) {
        URL found = Logging.class.getResource("/io/requartz/admin/logging/" + name);
        return Objects.requireNonNull(found, name).toString();
    }
}
