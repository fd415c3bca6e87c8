package io.requartz.jdbc;

import io.requartz.problem.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a schema to what this code needs, and refuses one that does not fit. Any number of nodes may do it at once: one applies
 * the scripts, the others wait. The schema may hold other tables than ours, which are never touched.
 */
public final class Migration {

    /** The schema level that this code was written for: the number of its newest script. */
    public static final int CODE_LEVEL = 8;

    private static final Logger log = LoggerFactory.getLogger(Migration.class);
    private static final int TRIES = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Flyway flyway;

    private Migration(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.flyway = scripts(dataSource, dialect).load();
    }

    static FluentConfiguration scripts(DataSource dataSource, Dialect dialect) {
        return Flyway.configure(Migration.class.getClassLoader())
                .loggers(QuietFlywayLogs.class.getName())
                .dataSource(dataSource)
                .locations("classpath:io/requartz/sql/" + dialect.folder())
                .table(SchemaCheck.HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .ignoreMigrationPatterns("*:future")
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .placeholderReplacement(false)
                .createSchemas(false)
                // other nodes wait, however long a large table takes
                .lockRetryCount(-1)
                .cleanDisabled(true);
    }

    /**
     * Applies the scripts that are missing, then checks the whole.
     *
     * @throws Problem CONFLICT if newer code has changed the schema so that this code may not run on it, or the schema cannot be
     *     migrated; INVALID, with all differences as details, if tables or columns are not what the scripts make; UNAVAILABLE if
     *     the database does not answer
     */
    public static MigrationResult migrate(DataSource dataSource, Dialect dialect) {
        try {
            return new Migration(dataSource, dialect).migrate();
        } catch (SQLException failed) {
            if (SqlErrors.kind(failed) == SqlErrors.Kind.CONNECTION) {
                throw failed(failed);
            }
            throw new IllegalStateException("the schema could not be read: " + failed.getMessage(), failed);
        }
    }

    private MigrationResult migrate() throws SQLException {
        // asked first: an older code's word on a schema that newer code has made would only confuse
        levels().ifPresent(Migration::requireAdmitted);
        requireNobodyElsesTables();
        int applied = apply();
        Levels levels = levels().orElseThrow(() -> Problem.conflict(
                "RQ_CONTROL has no row.",
                "Somebody deleted it. Restore the schema from a backup, or begin with an empty one."));
        requireAdmitted(levels);
        List<String> extra = check(levels);
        if (applied > 0) {
            log.info("The schema is at level {} now ({} scripts applied)", levels.schema(), applied);
        }
        return new MigrationResult(levels.schema(), applied, extra);
    }

    // ---- levels

    private record Levels(int schema, int oldestCode) {}

    /** Empty as long as there is no schema of ours. */
    private Optional<Levels> levels() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Optional<Levels> levels =
                    SchemaCheck.live(connection).containsKey("RQ_CONTROL") ? levels(connection) : Optional.empty();
            end(connection);
            return levels;
        }
    }

    private static Optional<Levels> levels(Connection connection) throws SQLException {
        String sql = "SELECT SCHEMA_LEVEL, OLDEST_CODE FROM RQ_CONTROL WHERE ID = 1";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new Levels(row.getInt(1), row.getInt(2))) : Optional.empty();
        }
    }

    private static void requireAdmitted(Levels levels) {
        if (levels.oldestCode() > CODE_LEVEL) {
            throw Problem.conflict(
                    "The database's schema is at level " + levels.schema() + " and admits code of level "
                            + levels.oldestCode() + " or newer; this code is of level " + CODE_LEVEL + ".",
                    "Run this node with the version of Requartz that the other nodes have, or a newer one.");
        }
    }

    // ---- scripts

    /** Before the first script: half of ours between another Quartz's tables would help nobody. */
    private void requireNobodyElsesTables() throws SQLException {
        List<String> there = tablesThere();
        // the history is there before the first table is: asked again, as another node may be at it just now
        if (!there.isEmpty() && !live().contains(SchemaCheck.HISTORY)) {
            throw Problem.invalid(
                    "The schema has tables with the names of ours that Requartz has not made: "
                            + String.join(", ", there) + ".",
                    "They look like another Quartz's; give Requartz a schema (or database) of its own.",
                    there);
        }
    }

    private List<String> tablesThere() throws SQLException {
        Set<String> live = live();
        return ShippedSchema.of(dialect, scripts()).tables().keySet().stream()
                .filter(live::contains)
                .toList();
    }

    private Set<String> live() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Set<String> tables = SchemaCheck.live(connection).keySet();
            end(connection);
            return tables;
        }
    }

    /** H2 commits with each DDL statement, which frees Flyway's lock on the history; who shares a file shares this process. */
    private int apply() throws SQLException {
        if (dialect != Dialect.H2) {
            return applied();
        }
        synchronized (Migration.class) {
            return applied();
        }
    }

    private int applied() throws SQLException {
        List<FlywayException> failures = new ArrayList<>();
        while (true) {
            try {
                return flyway.migrate().migrationsExecuted;
            } catch (FlywayException failed) {
                failures.forEach(failed::addSuppressed);
                if (SqlErrors.kind(failed) == SqlErrors.Kind.CONNECTION) {
                    throw failed(failed);
                }
                if (failures.size() + 1 == TRIES) {
                    throw refused(failed);
                }
                // another node may have made the history table in this moment
                failures.add(failed);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private Problem refused(FlywayException failed) throws SQLException {
        List<String> there = tablesThere();
        boolean begun = Arrays.stream(flyway.info().applied())
                .anyMatch(
                        info -> !info.getState().isFailed() && info.getScript().endsWith(".sql"));
        Problem problem = !begun && !there.isEmpty()
                ? Problem.invalid(
                        "The first migration of this schema did not come to its end: " + failed.getMessage(),
                        "Nothing can be lost yet: drop the tables that are named, and " + SchemaCheck.HISTORY
                                + ", and start again.",
                        there)
                : Problem.conflict(
                        "The schema could not be migrated: " + failed.getMessage(),
                        "If the user lacks the right to create tables, grant it. If a script was changed or has failed half "
                                + "way, restore the schema from a backup.");
        problem.addSuppressed(failed);
        return problem;
    }

    private static Problem failed(Exception failed) {
        return Problem.unavailable(
                "The database did not answer while its schema was looked after: " + failed.getMessage(),
                "See whether it runs, and whether url, user and password are right; then start the node again.",
                failed);
    }

    // ---- the result

    private List<String> check(Levels levels) throws SQLException {
        SchemaCheck.Differences differences;
        try (Connection connection = dataSource.getConnection()) {
            differences = SchemaCheck.compare(connection, ShippedSchema.of(dialect, scripts()));
            end(connection);
        }
        if (!differences.wrong().isEmpty()) {
            throw Problem.invalid(
                    "The schema is not what this code needs: " + String.join("; ", differences.wrong()) + ".",
                    "Somebody changed it. Put back what is named, or restore the schema from a backup.",
                    differences.wrong());
        }
        if (levels.schema() > CODE_LEVEL) {
            log.info(
                    "The schema is at level {}, newer than this code ({}), and admits it", levels.schema(), CODE_LEVEL);
            return List.of();
        }
        differences.extra().forEach(extra -> log.warn("In the schema, {}; it is left alone", extra));
        return differences.extra();
    }

    private List<String> scripts() {
        return Arrays.stream(flyway.info().all())
                .map(MigrationInfo::getScript)
                .filter(script -> script.endsWith(".sql") && ShippedSchema.ships(dialect, script))
                .toList();
    }

    /** Reading the catalog opens a transaction too. */
    private static void end(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }
}
