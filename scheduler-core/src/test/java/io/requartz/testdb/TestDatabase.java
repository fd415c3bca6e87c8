package io.requartz.testdb;

import static org.junit.jupiter.api.Assumptions.abort;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The databases that the platform supports, each a real one. {@link #fresh()} gives a test an empty schema of its own:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void keepsEveryRun(TestDatabase database) throws Exception {
 *     try (TestSchema schema = database.fresh(); Connection connection = schema.connect()) { ... }
 * }
 * }</pre>
 *
 * A server is started by the first test that asks for it and shared by the rest of the JVM; concurrent callers wait for the one that
 * starts it. A database that this machine cannot have (MySQL without {@code REQUARTZ_TEST_MYSQL_URL}, the others' binaries away from
 * Linux) aborts the test with the reason, which JUnit reports as skipped; one that should start and does not fails it.
 */
public enum TestDatabase {
    H2,
    MARIADB,
    POSTGRESQL,
    MYSQL;

    /** Names the MySQL server to test with, as {@code .ci/mysql-server start} prints it; its user must be allowed to create databases. */
    public static final String MYSQL_URL_VARIABLE = "REQUARTZ_TEST_MYSQL_URL";

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** A new, empty schema, of this caller alone; closing it drops it. */
    public TestSchema fresh() throws SQLException {
        String name = "rq_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        return server().createSchema(name);
    }

    /** The server that all tests of this JVM share. A test that kills its server starts one of its own with {@link #startServer()}. */
    public DatabaseServer server() {
        abortUnlessAvailable();
        return SharedServers.get(this);
    }

    /** Starts a server that nobody else uses, so that a test may stop or kill it; closing it stops it and removes its data. */
    public DatabaseServer startServer() {
        abortUnlessAvailable();
        return switch (this) {
            case H2 -> new H2Server();
            case MARIADB -> MariaDbServer.start();
            case POSTGRESQL -> PostgresServer.start();
            case MYSQL -> new MySqlServer(mysqlUrl().orElseThrow());
        };
    }

    private void abortUnlessAvailable() {
        switch (this) {
            case H2 -> {}
            case MARIADB, POSTGRESQL -> {
                if (!System.getProperty("os.name").equals("Linux")) {
                    abort(this + " is skipped: its binaries for tests are for Linux only");
                }
            }
            case MYSQL -> {
                if (mysqlUrl().isEmpty()) {
                    abort("MYSQL is skipped: " + MYSQL_URL_VARIABLE + " is not set (try: export " + MYSQL_URL_VARIABLE
                            + "=\"$(.ci/mysql-server start)\")");
                }
            }
        }
    }

    private static Optional<String> mysqlUrl() {
        return Optional.ofNullable(System.getenv(MYSQL_URL_VARIABLE)).filter(url -> !url.isBlank());
    }
}
