package io.requartz.node;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.config.DatabaseConfig;
import io.requartz.jdbc.ControlRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Dialect;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.jdbc.SteadyConnection;
import io.requartz.problem.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's database: connected, with its schema up to date, in a pool for all work, and a connection for the heart alone. */
final class OpenDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenDatabase.class);
    private static final int H2_FILE_LOCKED = 90020;

    private final DatabaseConfig config;
    private final HikariDataSource mainPool;
    private final SteadyConnection beatConnection;
    private final Database main;
    private final Database beats;
    private final boolean embedded;

    private OpenDatabase(
            DatabaseConfig config,
            HikariDataSource mainPool,
            SteadyConnection beatConnection,
            Database main,
            Database beats,
            boolean embedded) {
        this.config = config;
        this.mainPool = mainPool;
        this.beatConnection = beatConnection;
        this.main = main;
        this.beats = beats;
        this.embedded = embedded;
    }

    /** Waits for a database that does not answer yet, and says so. */
    static OpenDatabase connect(DatabaseConfig config, String cluster) {
        String password = config.password().reveal();
        HikariDataSource mainPool = Pools.create("requartz", config.url(), config.user(), password, config.poolSize());
        SteadyConnection beatConnection = Pools.single(config.url(), config.user(), password);
        try {
            Database beats = reach(beatConnection, config, cluster);
            Database main = Database.of(mainPool, cluster);
            migrate(config, main.dialect());
            own(main, cluster);
            return new OpenDatabase(
                    config,
                    mainPool,
                    beatConnection,
                    main,
                    beats,
                    main.dialect().embedded(config.url()));
        } catch (SQLException | RuntimeException failed) {
            mainPool.close();
            beatConnection.close();
            throw failed instanceof RuntimeException known ? known : unreachable(config, (SQLException) failed);
        }
    }

    private static void migrate(DatabaseConfig config, Dialect dialect) {
        String password = config.password().reveal();
        try (HikariDataSource patient = Pools.patient("requartz-migration", config.url(), config.user(), password)) {
            Migration.migrate(patient, dialect);
        }
    }

    /** By the single connection: a pool would try again for a while before it said what is wrong. */
    private static Database reach(DataSource single, DatabaseConfig config, String cluster) {
        Duration waited = Duration.ZERO;
        Duration step = Duration.ofSeconds(1);
        while (true) {
            try {
                return Database.of(single, cluster);
            } catch (SQLException failed) {
                if (hopeless(failed) || waited.compareTo(config.waitFor()) >= 0) {
                    throw unreachable(config, failed);
                }
                if (waited.isZero()) {
                    log.warn(
                            "The database at {} does not answer yet ({}); waiting for it, at most {}",
                            config.shownUrl(),
                            rootMessage(failed),
                            config.waitFor());
                }
                LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(step));
                waited = waited.plus(step);
            }
        }
    }

    /** A wrong password or a file that another process owns does not mend itself by waiting. */
    private static boolean hopeless(SQLException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                if (state.startsWith("28")
                        || state.startsWith("3D")
                        || state.equals("42000")
                        || sql.getErrorCode() == H2_FILE_LOCKED) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Problem unreachable(DatabaseConfig config, SQLException failed) {
        String why = rootMessage(failed);
        boolean locked = locked(failed);
        return Problem.unavailable(
                locked
                        ? "The database file is in use by another process: " + config.shownUrl() + "."
                        : "The database at " + config.shownUrl() + " cannot be used: " + why + ".",
                locked
                        ? "Another node runs on this data directory; stop it, or give this one another (--data)."
                        : "Check database.url, database.user and database.password, and that the server is up.",
                failed);
    }

    private static boolean locked(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_FILE_LOCKED) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }

    /** A schema belongs to one cluster: two in one would recover each other's runs. */
    private static void own(Database database, String cluster) {
        ControlRows control = new ControlRows(database.dialect());
        database.transactions().run("take the schema for this cluster", tx -> {
            Optional<String> owner = control.owner(tx);
            if (owner.isEmpty()) {
                control.own(tx, cluster);
            } else if (!owner.get().equals(cluster)) {
                throw Problem.conflict(
                        "This schema belongs to the cluster '" + owner.get() + "', and this node is of '" + cluster
                                + "'.",
                        "Give each cluster a schema of its own, or set cluster.name to '" + owner.get() + "'.");
            }
        });
    }

    /** One more connection, for one thread alone; whoever asks closes it. Does not connect yet. */
    SteadyConnection another() {
        return Pools.single(config.url(), config.user(), config.password().reveal());
    }

    Database main() {
        return main;
    }

    Database beats() {
        return beats;
    }

    boolean embedded() {
        return embedded;
    }

    @Override
    public void close() {
        mainPool.close();
        beatConnection.close();
    }
}
