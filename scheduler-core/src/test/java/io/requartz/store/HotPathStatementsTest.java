package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Submission;
import io.requartz.testdb.RecordingDataSource;
import io.requartz.testdb.SentTransaction;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the hot path sends, statement by statement. docs/performance.md says the same in words: whoever changes one changes both,
 * and whoever adds a statement knows what it costs.
 */
@ParameterizedClass
@EnumSource
class HotPathStatementsTest {

    @Parameter
    private TestDatabase on;

    private TestSchema schema;
    private HikariDataSource pool;
    private RecordingDataSource recording;
    private ManualScheduler scheduler;

    @BeforeEach
    void join() throws Exception {
        schema = on.fresh();
        pool = Pools.create("statements", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        recording = new RecordingDataSource(pool);
        Database database = Database.of(recording, "statements");
        Migration.migrate(pool, database.dialect());
        scheduler = ManualScheduler.join(
                database, Plugins.builder().add(ScriptedJob.class).build(), SettableClock.atSomeTime());
        // looks for foreign triggers, and then not again while there are runs to take and the clock stands still
        scheduler.turn();
    }

    /** Of H2, which is in this process, each row is asked for singly. */
    private String rows(String statement, int rows) {
        return on == TestDatabase.H2 ? statement + " x" + rows : statement;
    }

    /** Where rows are numbered, inserts are a batch, which drivers send as one statement; PostgreSQL is sent one. */
    private String numberedRows(String statement, int rows) {
        return on == TestDatabase.POSTGRESQL ? statement : statement + " x" + rows;
    }

    @AfterEach
    void leave() throws Exception {
        if (scheduler != null) {
            scheduler.close();
        }
        if (schema != null) {
            pool.close();
            schema.close();
        }
    }

    private List<SentTransaction> submit(String step, int runs) {
        recording.take();
        for (int i = 0; i < runs; i++) {
            scheduler
                    .runs()
                    .submit(Submission.of("scripted")
                            .payload("{\"script\": [\"" + step + "\"]}")
                            .build());
        }
        return recording.take();
    }

    /** What one turn sends apart from the heartbeat: the transaction that takes, and the one that writes what came of it. */
    private List<SentTransaction> turn() {
        recording.take();
        scheduler.turn();
        return recording.take().stream()
                .filter(transaction -> !transaction.only("RQ_NODES"))
                .toList();
    }

    @Test
    void aSubmissionIsOneTransactionOfTwoStatementsOrOneThatCommitsItself() {
        List<SentTransaction> submission = submit("ok", 1);
        turn();

        assertThat(submission)
                .singleElement()
                .extracting(SentTransaction::shapes)
                .isEqualTo(
                        on == TestDatabase.POSTGRESQL
                                ? List.of("INSERT RQ_RUNS, QRTZ_TRIGGERS")
                                : List.of("INSERT RQ_RUNS", "INSERT QRTZ_TRIGGERS"));
    }

    @Test
    void aBatchOfTwentyRunsIsTwoTransactions() {
        submit("ok", 20);

        List<SentTransaction> sent = turn();

        assertThat(sent).hasSize(2).allMatch(SentTransaction::committed);
        assertThat(sent.get(0).shapes())
                .containsExactly(
                        "SELECT QRTZ_TRIGGERS",
                        "SELECT RQ_CONTROL FOR " + (on == TestDatabase.H2 ? "UPDATE" : "SHARE"),
                        "SELECT QRTZ_TRIGGERS SKIP LOCKED",
                        rows("DELETE QRTZ_TRIGGERS", 20),
                        rows("UPDATE RQ_RUNS", 20),
                        rows("INSERT QRTZ_FIRED_TRIGGERS", 20),
                        numberedRows("INSERT RQ_ATTEMPTS", 20));
        assertThat(sent.get(1).shapes())
                .containsExactly(
                        rows("DELETE QRTZ_FIRED_TRIGGERS", 20),
                        rows("UPDATE RQ_RUNS", 20),
                        rows("UPDATE RQ_ATTEMPTS", 20));
    }

    @Test
    void aBatchCostsAsManyRoundTripsAsOneRun() {
        submit("ok", 1);
        List<SentTransaction> one = turn();
        submit("ok", 100);

        List<SentTransaction> hundred = turn();

        assertThat(hundred).extracting(SentTransaction::roundTrips).containsExactly(7, 3);
        assertThat(one).extracting(SentTransaction::roundTrips).containsExactly(7, 3);
        switch (on) {
            case H2 ->
                assertThat(hundred).extracting(SentTransaction::statements).containsExactly(3 + 4 * 100, 3 * 100);
            case MARIADB, MYSQL ->
                assertThat(hundred).extracting(SentTransaction::statements).containsExactly(6 + 100, 3);
            case POSTGRESQL ->
                assertThat(hundred).extracting(SentTransaction::statements).containsExactly(7, 3);
        }
    }

    @Test
    void aFailureAddsTheNextTriggerAndADeathTheDeadLetter() {
        submit("500", 1);
        List<SentTransaction> failed = turn();
        submit("refuse", 1);

        List<SentTransaction> died = turn();

        assertThat(failed.get(1).shapes()).hasSize(4).endsWith("INSERT QRTZ_TRIGGERS");
        assertThat(died.get(1).shapes()).hasSize(4).endsWith("INSERT RQ_DEAD_LETTERS");
    }

    @Test
    void lookingWhenNothingIsDueIsOneStatementThatLocksNothing() {
        turn();

        assertThat(turn()).extracting(SentTransaction::shapes).first().isEqualTo(List.of("SELECT QRTZ_TRIGGERS"));
    }
}
