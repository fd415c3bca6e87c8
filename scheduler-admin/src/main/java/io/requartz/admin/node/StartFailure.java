package io.requartz.admin.node;

import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.problem.Problem;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A node cannot start: one sentence that says why, and what to do. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int H2_FILE_IN_USE = 90020;

    private final String hint;
    private final boolean setting;

    private StartFailure(String what, String hint, boolean setting, Throwable cause) {
        super(what, cause);
        this.hint = hint;
        this.setting = setting;
    }

    public String hint() {
        return hint;
    }

    /** Whether a setting is wrong, rather than something away or in use. */
    public boolean isSetting() {
        return setting;
    }

    static StartFailure data(Path data, IOException refused) {
        return new StartFailure(
                "The data directory " + data + " cannot be written ("
                        + refused.getClass().getSimpleName() + ").",
                "Let this user write there, or name another one with --data or node.data.",
                true,
                refused);
    }

    static StartFailure of(RuntimeException failed, RequartzConfig config) {
        if (failed instanceof StartFailure told) {
            return told;
        }
        Set<Throwable> causes = causes(failed);
        return first(causes, BindException.class, any -> true)
                .map(bind -> port(config, bind))
                .or(() -> first(causes, SQLException.class, StartFailure::isFileInUse)
                        .map(used -> fileInUse(config, used)))
                .or(() -> first(causes, SQLException.class, StartFailure::isRefusedUser)
                        .map(user -> user(config, user)))
                .or(() -> first(causes, SQLException.class, StartFailure::isNoDriver)
                        .map(url -> url(config, url)))
                .or(() -> first(causes, Problem.class, any -> true)
                        .map(problem -> new StartFailure(
                                problem.getMessage(),
                                problem.hint(),
                                problem.kind() != Problem.Kind.UNAVAILABLE,
                                failed)))
                .or(() -> first(causes, SQLException.class, any -> true).map(sql -> database(config, sql)))
                .orElseGet(() -> new StartFailure(
                        "The node cannot start: " + said(failed),
                        "--debug prints where this comes from.",
                        false,
                        failed));
    }

    private static StartFailure port(RequartzConfig config, BindException bind) {
        String host = config.http().host();
        int port = config.http().port();
        return new StartFailure(
                "Cannot listen at " + host + ":" + port + ": " + said(bind) + ".",
                "Stop what listens there, or choose another port, as --port " + (port < 65_535 ? port + 1 : 8080) + ".",
                false,
                bind);
    }

    private static boolean isFileInUse(SQLException thrown) {
        return thrown.getErrorCode() == H2_FILE_IN_USE;
    }

    private static StartFailure fileInUse(RequartzConfig config, SQLException used) {
        return new StartFailure(
                "The embedded database of " + config.node().data() + " is in use by another process.",
                "Stop the node that owns it, or use another directory with --data. Several nodes need MySQL, MariaDB or"
                        + " PostgreSQL: set database.url.",
                false,
                used);
    }

    /** SQLSTATE class 28 is invalid authorization, in all four databases. */
    private static boolean isRefusedUser(SQLException thrown) {
        return thrown.getSQLState() != null && thrown.getSQLState().startsWith("28");
    }

    private static StartFailure user(RequartzConfig config, SQLException refused) {
        DatabaseConfig database = config.database();
        return new StartFailure(
                "The database " + database.shownUrl() + " refuses the user '" + database.user() + "' or the password.",
                "Set database.user and database.password.",
                true,
                refused);
    }

    private static boolean isNoDriver(SQLException thrown) {
        return "08001".equals(thrown.getSQLState()) && said(thrown).startsWith("No suitable driver");
    }

    private static StartFailure url(RequartzConfig config, SQLException noDriver) {
        return new StartFailure(
                "database.url is '" + config.database().shownUrl() + "', which no database driver here understands.",
                "Write it as in jdbc:postgresql://db.example.com/requartz.",
                true,
                noDriver);
    }

    private static StartFailure database(RequartzConfig config, SQLException thrown) {
        return new StartFailure(
                "The database " + config.database().shownUrl() + " cannot be used: " + said(thrown) + ".",
                "Check that it runs and can be reached, and database.url.",
                false,
                thrown);
    }

    private static String said(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            return thrown.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse(message).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static <T extends Throwable> Optional<T> first(Set<Throwable> causes, Class<T> type, Predicate<T> which) {
        return causes.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .findFirst();
    }

    private static Set<Throwable> causes(Throwable thrown) {
        Set<Throwable> causes = new LinkedHashSet<>();
        for (Throwable each = thrown; each != null && causes.add(each); ) {
            each = each.getCause();
        }
        return causes;
    }
}
