package io.requartz.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.problem.Problem;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a schema comes to be, and which are refused; the same on every database. */
abstract class MigrationContractTest {

    private final TestDatabase kind;
    private TestSchema schema;
    private HikariDataSource pool;
    private Dialect dialect;

    MigrationContractTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws SQLException {
        schema = kind.fresh();
        pool = pool();
        try (Connection connection = pool.getConnection()) {
            dialect = Dialect.of(connection);
        }
    }

    private HikariDataSource pool() {
        return Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 3);
    }

    @AfterEach
    void close() throws SQLException {
        if (pool != null) {
            pool.close();
            schema.close();
        }
    }

    private MigrationResult migrate() {
        return Migration.migrate(pool, dialect);
    }

    private Problem refused() {
        return catchThrowableOfType(Problem.class, this::migrate);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private int number(String sql) throws SQLException {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private String quoted(String name) {
        return dialect.folder().equals("mysql") ? "`" + name + "`" : '"' + name + '"';
    }

    @Test
    void anEmptySchemaIsFilled() throws SQLException {
        MigrationResult result = migrate();

        assertThat(result).isEqualTo(new MigrationResult(Migration.CODE_LEVEL, Migration.CODE_LEVEL, List.of()));
        assertThat(number("SELECT COUNT(*) FROM RQ_CONTROL")).isEqualTo(1);
        assertThat(number("SELECT OLDEST_CODE FROM RQ_CONTROL")).isBetween(1, Migration.CODE_LEVEL);
    }

    @Test
    void theSecondTimeNothingIsApplied() {
        migrate();

        assertThat(migrate()).isEqualTo(new MigrationResult(Migration.CODE_LEVEL, 0, List.of()));
    }

    @Test
    void nodesThatStartAtOnceAllSucceed() throws Exception {
        execute("CREATE TABLE CUSTOMERS (ID INTEGER PRIMARY KEY)");
        int nodes = 3;
        CyclicBarrier start = new CyclicBarrier(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<Integer>> applied = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                applied.add(threads.submit(() -> {
                    try (HikariDataSource own = pool()) {
                        start.await();
                        return Migration.migrate(own, dialect).applied();
                    }
                }));
            }
            int sum = 0;
            for (Future<Integer> node : applied) {
                sum += node.get();
            }

            assertThat(sum).isEqualTo(Migration.CODE_LEVEL);
            assertThat(number("SELECT COUNT(*) FROM RQ_CONTROL")).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void runsKeepTheirKeys() throws SQLException {
        Migration.scripts(pool, dialect).target("7").load().migrate();
        execute(
                keyedRun("r-open", "SCHEDULED", "'order-1'", "'shop 1'", "'sync/shop 1'"),
                keyedRun("r-done", "SUCCEEDED", "'order-2'", "'shop 2'", "NULL"),
                keyedRun("r-none", "SCHEDULED", "NULL", "NULL", "NULL"));

        assertThat(migrate().warnings()).isEmpty();

        assertThat(number("SELECT COUNT(*) FROM RQ_RUN_KEYS")).isEqualTo(3);
        assertThat(keysHeldBy("r-open", "IDEMPOTENCY", "order-1")).isEqualTo(1);
        assertThat(keysHeldBy("r-open", "UNIQUE", "shop 1")).isEqualTo(1);
        assertThat(keysHeldBy("r-done", "IDEMPOTENCY", "order-2")).isEqualTo(1);
    }

    private static String keyedRun(String id, String state, String idempotency, String unique, String open) {
        return """
                INSERT INTO RQ_RUNS (ID, TYPE, PLUGIN, STATE, PRIORITY, PAYLOAD, PAYLOAD_VERSION, PAYLOAD_HASH, IDEMPOTENCY_KEY, UNIQUE_KEY,
                    OPEN_KEY, CYCLE, ATTEMPTS, FAILURES, NODES_LOST, CREATED_AT, CREATED_BY, PARKED_MS, VERSION)
                VALUES ('%s', 'sync', 'shops', '%s', 5, '{}', 1, '', %s, %s, %s, 1, 0, 0, 0, 0, 'anna', 0, 1)""".formatted(id, state, idempotency, unique, open);
    }

    private int keysHeldBy(String run, String kind, String value) throws SQLException {
        return number("SELECT COUNT(*) FROM RQ_RUN_KEYS WHERE TYPE = 'sync' AND RUN_ID = '" + run + "' AND KIND = '"
                + kind + "' AND KEY_VALUE = '" + value + "'");
    }

    @Test
    void whatElseIsInTheSchemaStays() throws SQLException {
        execute("CREATE TABLE CUSTOMERS (ID INTEGER PRIMARY KEY)", "INSERT INTO CUSTOMERS VALUES (7)");

        MigrationResult result = migrate();

        assertThat(result.warnings()).isEmpty();
        assertThat(number("SELECT ID FROM CUSTOMERS")).isEqualTo(7);
    }

    @Test
    void tablesOfAnotherQuartzAreNotMixedWithOurs() throws SQLException {
        execute("CREATE TABLE QRTZ_LOCKS (LOCK_NAME VARCHAR(40) PRIMARY KEY)");

        Problem problem = refused();

        assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem.details()).containsExactly("QRTZ_LOCKS");
        assertThat(problem).hasMessageContaining("QRTZ_LOCKS");
        assertThat(problem.hint()).contains("of its own");
    }

    @Test
    void aFirstMigrationThatWasCutShortIsTold() throws SQLException {
        migrate();
        execute("DELETE FROM " + quoted(SchemaCheck.HISTORY));

        Problem problem = refused();

        assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem).hasMessageContaining("did not come to its end");
        assertThat(problem.details()).contains("RQ_RUNS", "QRTZ_TRIGGERS");
        assertThat(problem.hint()).contains(SchemaCheck.HISTORY);
    }

    @Test
    void aNewerSchemaThatAdmitsThisCodeIsUsed() throws SQLException {
        migrate();
        execute(
                "UPDATE RQ_CONTROL SET SCHEMA_LEVEL = 99, OLDEST_CODE = " + Migration.CODE_LEVEL,
                "ALTER TABLE RQ_RUNS ADD COLUMN NEWS INTEGER",
                "INSERT INTO " + quoted(SchemaCheck.HISTORY) + " (" + historyColumns()
                        + ") VALUES (99, '99', 'news', 'SQL', 'V99__news.sql', 1, 'newer code', 1, TRUE)");

        assertThat(migrate()).isEqualTo(new MigrationResult(99, 0, List.of()));
    }

    private String historyColumns() {
        return Stream.of(
                        "installed_rank",
                        "version",
                        "description",
                        "type",
                        "script",
                        "checksum",
                        "installed_by",
                        "execution_time",
                        "success")
                .map(this::quoted)
                .collect(Collectors.joining(", "));
    }

    @Test
    void aNewerSchemaThatDoesNotIsRefused() throws SQLException {
        migrate();
        execute("UPDATE RQ_CONTROL SET SCHEMA_LEVEL = 99, OLDEST_CODE = 98");

        Problem problem = refused();

        assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThat(problem)
                .hasMessageContaining("at level 99")
                .hasMessageContaining("of level 98 or newer")
                .hasMessageContaining("this code is of level " + Migration.CODE_LEVEL);
        assertThat(problem.hint()).contains("version of Requartz");
    }

    @Test
    void missingTablesAndColumnsAreRefusedByName() throws SQLException {
        migrate();
        execute("ALTER TABLE RQ_RUNS DROP COLUMN PROGRESS_MESSAGE", "DROP TABLE RQ_RUN_TAGS");

        Problem problem = refused();

        assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem.details())
                .containsExactlyInAnyOrder(
                        "column RQ_RUNS.PROGRESS_MESSAGE is missing", "table RQ_RUN_TAGS is missing");
        assertThat(problem).hasMessageContaining("RQ_RUNS.PROGRESS_MESSAGE");
    }

    @Test
    void aColumnThatIsTooSmallIsRefused() throws SQLException {
        migrate();
        execute(
                switch (dialect) {
                    case MYSQL, MARIADB -> "ALTER TABLE RQ_RUNS MODIFY REASON VARCHAR(20)";
                    case H2 -> "ALTER TABLE RQ_RUNS ALTER COLUMN REASON SET DATA TYPE VARCHAR(20)";
                    case POSTGRESQL -> "ALTER TABLE RQ_RUNS ALTER COLUMN REASON TYPE VARCHAR(20)";
                });

        assertThat(refused().details()).containsExactly("column RQ_RUNS.REASON holds 20 characters, 200 are needed");
    }

    @Test
    void whatIsThereBesidesIsOnlyToldOf() throws SQLException {
        migrate();
        execute("ALTER TABLE RQ_RUNS ADD COLUMN MINE INTEGER", "CREATE TABLE RQ_MINE (ID INTEGER PRIMARY KEY)");

        assertThat(migrate().warnings())
                .containsExactlyInAnyOrder("column RQ_RUNS.MINE is not known", "table RQ_MINE is not known");
    }

    @Test
    void aControlRowThatIsGoneIsTold() throws SQLException {
        migrate();
        execute("DELETE FROM RQ_CONTROL");

        assertThat(refused()).hasMessageContaining("RQ_CONTROL has no row");
    }
}
