package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.run.Submission;
import io.requartz.testdb.RecordingDataSource;
import io.requartz.testdb.SentTransaction;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What submissions send, statement by statement; docs/performance.md says the same in words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmissionStatementsTest {

    private TestSchema schema;
    private HikariDataSource pool;
    private RecordingDataSource recording;
    private ManualScheduler scheduler;

    @BeforeAll
    void join() throws Exception {
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("statements", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        recording = new RecordingDataSource(pool);
        Database database = Database.of(recording, "statements");
        Migration.migrate(pool, database.dialect());
        scheduler = ManualScheduler.join(
                "manual",
                database,
                ScopedTypes.plugins(),
                SettableClock.atSomeTime(),
                Gate.OPEN,
                ScopedTypes.definitions());
    }

    @AfterAll
    void leave() throws Exception {
        if (scheduler != null) {
            scheduler.close();
        }
        pool.close();
        schema.close();
    }

    private static List<Submission> wishes(int count, IntFunction<Submission.Builder> wish) {
        return IntStream.range(0, count).mapToObj(i -> wish.apply(i).build()).toList();
    }

    private static Submission.Builder inScope(int restaurant) {
        return Submission.of("scripted").payload(ScopedTypes.payload(restaurant, "ok"));
    }

    private List<SentTransaction> submitAll(List<Submission> wishes) {
        recording.take();
        scheduler.runs().submitAll(wishes);
        return recording.take();
    }

    @Test
    void aThousandRunsAreTwoStatementsForEach512() {
        submitAll(List.of(inScope(1).build()));

        List<SentTransaction> sent = submitAll(wishes(1_000, i -> inScope(1)));

        assertThat(sent)
                .singleElement()
                .extracting(SentTransaction::shapes)
                .isEqualTo(List.of(
                        "INSERT RQ_RUNS x512",
                        "INSERT QRTZ_TRIGGERS x512",
                        "INSERT RQ_RUNS x488",
                        "INSERT QRTZ_TRIGGERS x488"));
    }

    @Test
    void keysAndTagsAddAFewStatementsForAllOfThem() {
        submitAll(List.of(inScope(1).build()));

        List<SentTransaction> sent = submitAll(wishes(
                100,
                i -> inScope(1)
                        .idempotencyKey("key-" + i)
                        .uniqueWhileOpen("open-" + i)
                        .tags(List.of("a", "b"))));

        assertThat(sent)
                .singleElement()
                .extracting(SentTransaction::shapes)
                .isEqualTo(List.of(
                        "SELECT RQ_RUN_KEYS",
                        "SELECT RQ_RUN_KEYS",
                        "INSERT RQ_RUNS x100",
                        "INSERT RQ_RUN_TAGS x200",
                        "INSERT QRTZ_TRIGGERS x100",
                        "INSERT RQ_RUN_KEYS x200"));
    }

    @Test
    void newScopesAreMadeTogetherBefore() {
        List<SentTransaction> sent = submitAll(wishes(100, i -> inScope(1_000 + i)));

        assertThat(sent)
                .extracting(SentTransaction::shapes)
                .containsExactly(
                        List.of("SELECT RQ_SCOPES", "INSERT RQ_SCOPES x100", "INSERT RQ_SCOPE_DIMENSIONS x200"),
                        List.of("INSERT RQ_RUNS x100", "INSERT QRTZ_TRIGGERS x100"));
    }

    @Test
    void theCallersTransactionIsGivenInsertsAndNothingElse() throws SQLException {
        try (Connection connection = recording.getConnection()) {
            scheduler.within(connection).submit(inScope(1).build());
            connection.commit();
            recording.take();

            scheduler
                    .within(connection)
                    .submit(inScope(9_999).idempotencyKey("within").build());
            connection.commit();
        }

        assertThat(recording.take())
                .extracting(SentTransaction::shapes)
                .containsExactly(
                        List.of("SELECT RQ_SCOPES", "INSERT RQ_SCOPES", "INSERT RQ_SCOPE_DIMENSIONS x2"),
                        List.of("SELECT RQ_RUN_KEYS"),
                        List.of("INSERT RQ_RUNS", "INSERT QRTZ_TRIGGERS", "INSERT RQ_RUN_KEYS"));
    }
}
