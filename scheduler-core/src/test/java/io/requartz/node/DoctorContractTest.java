package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTx;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.problem.Problem;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import io.requartz.tx.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the doctor finds in a database that somebody has spoilt, the same on every database. One sound database is made for all
 * tests; each spoils it in a transaction, lets the doctor look within it, and rolls it back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DoctorContractTest {

    private final TestDatabase kind;
    private final SettableClock clock = SettableClock.atSomeTime();
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private ClinicRuns runs;
    private Connection connection;

    DoctorContractTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeAll
    void makeASoundDatabase() throws SQLException {
        schema = kind.fresh();
        pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        runs = new ClinicRuns(database, clock);
        runs.make();
    }

    @AfterAll
    void drop() throws SQLException {
        if (schema != null) {
            runs.close();
            pool.close();
            schema.close();
        }
    }

    @BeforeEach
    void begin() throws SQLException {
        connection = pool.getConnection();
    }

    @AfterEach
    void takeBack() throws SQLException {
        if (connection != null) {
            connection.rollback();
            connection.close();
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(runs.named(sql));
            }
        }
    }

    /** All in the test's own transaction, which nobody ends. */
    private final class Within implements Transactions {
        @Override
        public <T> T call(String name, Work<T> work) {
            return work.in(new JdbcTx(connection));
        }
    }

    private Doctor doctor() {
        return doctor(new Within(), clock);
    }

    private Doctor doctor(Transactions transactions, InstantSource now) {
        return new Doctor(
                new Database(pool, transactions, database.dialect(), database.cluster()), ManualScheduler.LEASE, now);
    }

    @Test
    void theSoundDatabaseHasARunInEveryState() {
        assertThat(runs.states())
                .containsEntry("failed", "FAILED")
                .containsEntry("disabling", "DEAD")
                .containsEntry("held", "PARKED")
                .containsEntry("succeeded", "SUCCEEDED")
                .containsEntry("refused", "DEAD")
                .containsEntry("resolved", "RESOLVED")
                .containsEntry("rejected", "REJECTED")
                .containsEntry("again", "RETRYING")
                .containsEntry("exhausted", "DEAD")
                .containsEntry("later-ok", "SUCCEEDED")
                .containsEntry("parked", "PARKED")
                .containsEntry("cancelled", "CANCELLED")
                .containsEntry("retrying", "RETRYING")
                .containsEntry("lost", "RETRYING")
                .containsEntry("scheduled", "SCHEDULED")
                .containsEntry("unique", "SCHEDULED")
                .containsEntry("running", "RUNNING");
    }

    @Test
    void findsNothingInASoundDatabase() {
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.requartz.node.Corruption#all")
    void finds(Corruption corruption) throws SQLException {
        execute(corruption.statements().toArray(String[]::new));

        List<Finding> findings = doctor().examine();

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.invariant()).isEqualTo(corruption.invariant());
            assertThat(finding.severity()).isEqualTo(corruption.severity());
            assertThat(finding.what()).contains(corruption.what());
            assertThat(finding.hint()).isNotBlank();
            assertThat(finding.examples())
                    .hasSizeBetween(1, Doctor.EXAMPLES)
                    .anySatisfy(example -> assertThat(example).startsWith(runs.named(corruption.example())));
        });
    }

    @Test
    void tellsHowManyItFoundAndShowsAFew() throws SQLException {
        execute("UPDATE RQ_RUNS SET FINISHED_AT = NULL");

        assertThat(doctor().examine()).anySatisfy(finding -> {
            assertThat(finding.what()).contains("ended without a time").contains("(12 found)");
            assertThat(finding.examples()).hasSize(Doctor.EXAMPLES);
        });
    }

    @Test
    void aPolicyThatWasExceededIsAnErrorIfNoneWasEverChanged() throws SQLException {
        execute("UPDATE RQ_JOB_TYPES SET POLICY = '{\"max-attempts\": 3}'");

        assertThat(doctor().strict().examine()).singleElement().satisfies(finding -> {
            assertThat(finding.invariant()).isEqualTo("I5");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.examples()).singleElement().asString().startsWith(runs.id("exhausted"));
        });
    }

    @Test
    void limitsOfSingleCategoriesComeOnTop() throws SQLException {
        execute(
                "UPDATE RQ_JOB_TYPES SET POLICY = '{\"max-attempts\": 3, \"by-category\": {\"rate_limit\": {\"max-attempts\": 9}}}'");

        assertThat(doctor().examine()).isEmpty();
    }

    @Test
    void whatIsUnderWayForLessThanTwoLeasesIsNotReported() throws SQLException {
        execute("DELETE FROM RQ_NODES WHERE NODE_ID = 'other'");

        assertThat(doctor().examine()).isEmpty();
    }

    @Test
    void whatIsGoneAtTheSecondLookIsNotReported() throws SQLException {
        AtomicInteger questions = new AtomicInteger();
        doctor(counting(questions, Integer.MAX_VALUE), clock).examine();
        int all = questions.get();
        execute("DELETE FROM QRTZ_TRIGGERS", "UPDATE RQ_RUNS SET FINISHED_AT = NULL");

        assertThat(doctor(counting(new AtomicInteger(), all), clock).examine()).isEmpty();
    }

    /** Rolls back what the test has spoilt when so many questions were asked. */
    private Transactions counting(AtomicInteger questions, int healedAfter) {
        Transactions within = new Within();
        return new Transactions() {
            @Override
            public <T> T call(String name, Work<T> work) {
                if (questions.incrementAndGet() == healedAfter + 1) {
                    try {
                        connection.rollback();
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                }
                return within.call(name, work);
            }
        };
    }

    @Test
    void aQuestionThatFailsIsAFindingAndStopsNoOther() throws SQLException {
        execute("UPDATE RQ_RUNS SET FINISHED_AT = NULL WHERE ID = '{succeeded}'");
        AtomicInteger questions = new AtomicInteger();
        Transactions failing = new Transactions() {
            @Override
            public <T> T call(String name, Work<T> work) {
                if (name.endsWith("I9")) {
                    throw new IllegalStateException("no such table");
                }
                questions.incrementAndGet();
                return new Within().call(name, work);
            }
        };

        List<Finding> findings = doctor(failing, clock).examine();

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.invariant()).isEqualTo("I9");
            assertThat(finding.what()).contains("could not be asked").contains("no such table");
        });
        assertThat(findings).anySatisfy(finding -> assertThat(finding.what()).contains("ended without a time"));
        assertThat(questions).hasValueGreaterThan(20);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNotAskedForEver() {
        AtomicInteger questions = new AtomicInteger();
        Transactions away = new Transactions() {
            @Override
            public <T> T call(String name, Work<T> work) {
                questions.incrementAndGet();
                throw Problem.unavailable("The database did not answer.", "Wait.", null);
            }
        };

        List<Finding> findings =
                doctor(away, clock).withPause(Duration.ofMillis(1)).examine();

        assertThat(findings).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.what()).contains("could not be asked").contains("did not answer");
            assertThat(finding.hint()).contains("whether the database runs");
        });
        assertThat(questions).hasValue(4);
    }
}
