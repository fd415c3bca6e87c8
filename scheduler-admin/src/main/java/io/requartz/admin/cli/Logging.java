package io.requartz.admin.cli;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Chooses how this process logs. Must be asked before the first logger is made; what a person set already stays. */
final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";

    private Logging() {}

    /** Warnings to the standard error: for commands. */
    static void quiet() {
        set(CONFIGURATION, packaged("logback-quiet.xml"));
    }

    /**
     * As {@code conf/logback.xml} says: for a node.
     *
     * @param console whether it logs to the terminal too
     */
    static void ofNode(Path home, Path data, boolean console) {
        Path own = home.resolve("conf").resolve("logback.xml");
        set(CONFIGURATION, Files.isRegularFile(own) ? own.toAbsolutePath().toString() : packaged("logback.xml"));
        set("requartz.log.file", data.resolve("requartz.log").toString());
        set("requartz.log.console", console ? "INFO" : "OFF");
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
