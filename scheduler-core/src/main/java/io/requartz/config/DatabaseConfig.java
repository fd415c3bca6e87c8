package io.requartz.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * {@code database:} where the cluster keeps everything.
 *
 * @param url JDBC address of H2, MySQL, MariaDB or PostgreSQL
 * @param password never printed
 * @param poolSize connections for everything but the heartbeat and the news of other nodes, which have their own; bringing the
 *     schema up to date alone takes three at once
 * @param waitFor how long a starting node waits for a database that does not answer yet; zero: not at all
 */
public record DatabaseConfig(String url, String user, Secret password, int poolSize, Duration waitFor) {

    static final String URL_FORM = "jdbc:h2:..., jdbc:mysql://..., jdbc:mariadb://... or jdbc:postgresql://...";
    static final Between<Integer> POOL_SIZE = Between.of(4, 1000);
    static final Between<Duration> WAIT_FOR = Between.of(Duration.ZERO, Duration.ofDays(1));

    private static final Pattern URL = Pattern.compile("jdbc:(h2|mysql|mariadb|postgresql):.+");
    private static final Pattern SECRETS =
            Pattern.compile("(?i)(?<=//)[^/@?\\s]*@|(?<=(password|passwd|pwd|secret)=)[^&;]*");

    public DatabaseConfig {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        if (!isUrl(url)) {
            throw new IllegalArgumentException("database.url is '" + masked(url) + "'; expected " + URL_FORM);
        }
        POOL_SIZE.require("database.pool-size", poolSize);
        WAIT_FOR.require("database.wait-for", waitFor);
    }

    static boolean isUrl(String url) {
        return URL.matcher(url).matches();
    }

    /** An embedded H2 database in a file of this directory; this process owns it. */
    public static DatabaseConfig embedded(Path data) {
        return at(embeddedUrl(data));
    }

    /** With the default user, no password, and default sizes. */
    public static DatabaseConfig at(String url) {
        return new DatabaseConfig(url, "requartz", Secret.NONE, 10, Duration.ofSeconds(60));
    }

    /**
     * WRITE_DELAY=0: a commit survives the process being killed. DB_CLOSE_ON_EXIT: closing is the node's, after its last commit.
     * TRACE_LEVEL_FILE=0: what goes wrong is in the node's log.
     */
    static String embeddedUrl(Path data) {
        Path file = data.toAbsolutePath().normalize().resolve("requartz");
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    /** Whether this process alone may open the database. */
    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
    }

    /** The address without the passwords that some people put into it; for logs and errors. */
    public String shownUrl() {
        return masked(url);
    }

    static String masked(String url) {
        return SECRETS.matcher(url).replaceAll(found -> found.group().endsWith("@") ? "***@" : "***");
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=" + shownUrl() + ", user=" + user + ", password=" + password + ", poolSize="
                + poolSize + ", waitFor=" + waitFor + "]";
    }
}
