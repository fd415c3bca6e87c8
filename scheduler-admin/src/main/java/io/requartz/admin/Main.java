package io.requartz.admin;

import io.requartz.admin.cli.Logging;
import io.requartz.admin.cli.Requartz;
import io.requartz.admin.cli.Terminal;

/** What {@code bin/requartz} starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Logging.quiet();
        Terminal terminal = Terminal.system();
        int exitCode = Requartz.run(terminal, arguments);
        terminal.flush();
        // Exit at once: threads of an HTTP client must not hold up a command line.
        System.exit(exitCode);
    }
}
