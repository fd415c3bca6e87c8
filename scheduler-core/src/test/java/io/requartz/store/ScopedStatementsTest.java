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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a scope adds to the hot path of its runs; {@link HotPathStatementsTest} says what all others send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopedStatementsTest {

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
        submit(1, "ok");
        scheduler.runDue();
    }

    @AfterAll
    void leave() throws Exception {
        if (scheduler != null) {
            scheduler.close();
        }
        pool.close();
        schema.close();
    }

    private List<SentTransaction> submit(int runs, String step) {
        recording.take();
        for (int i = 0; i < runs; i++) {
            scheduler
                    .runs()
                    .submit(Submission.of("hourly")
                            .payload(ScopedTypes.payload(1, step))
                            .build());
        }
        return recording.take();
    }

    private List<SentTransaction> turn() {
        recording.take();
        scheduler.turn();
        return recording.take().stream()
                .filter(transaction -> !transaction.only("RQ_NODES"))
                .toList();
    }

    @Test
    void aSubmissionToAKnownScopeAsksNothingMore() {
        assertThat(submit(1, "ok"))
                .singleElement()
                .extracting(SentTransaction::shapes)
                .isEqualTo(List.of("INSERT RQ_RUNS", "INSERT QRTZ_TRIGGERS"));
        turn();
    }

    @Test
    void successesOfACleanScopeReadItOnceToTakeAndLockItOnceToWrite() {
        submit(20, "ok");

        List<SentTransaction> sent = turn();

        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).shapes()).containsOnlyOnce("SELECT RQ_SCOPES");
        assertThat(sent.get(1).shapes())
                .containsExactly(
                        "DELETE QRTZ_FIRED_TRIGGERS x20",
                        "SELECT RQ_RUNS FOR UPDATE",
                        "SELECT RQ_SCOPES FOR UPDATE",
                        "UPDATE RQ_RUNS x20",
                        "UPDATE RQ_ATTEMPTS x20");
    }

    @Test
    void aCountedFailureWritesTheScopeAndItsEpoch() {
        submit(2, "500");

        assertThat(turn().get(1).shapes())
                .containsExactly(
                        "DELETE QRTZ_FIRED_TRIGGERS x2",
                        "SELECT RQ_RUNS FOR UPDATE",
                        "SELECT RQ_SCOPES FOR UPDATE",
                        "UPDATE RQ_SCOPES",
                        "UPDATE RQ_ATTEMPTS x2",
                        "UPDATE RQ_RUNS x2",
                        "UPDATE RQ_ATTEMPTS x2");
        submit(1, "ok");
        turn();
    }
}
