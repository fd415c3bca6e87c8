package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.testdb.RecordingDataSource;
import io.requartz.testdb.SentTransaction;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What schedules send, statement by statement; docs/performance.md says the same in words. */
class FireStatementsTest {

    private TestSchema schema;
    private HikariDataSource pool;
    private RecordingDataSource recording;
    private SettableClock clock;
    private ManualScheduler scheduler;

    @BeforeEach
    void join() throws Exception {
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("statements", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        recording = new RecordingDataSource(pool);
        Database database = Database.of(recording, "statements");
        Migration.migrate(pool, database.dialect());
        clock = SettableClock.atSomeTime();
        scheduler = ManualScheduler.join(
                database, Plugins.builder().add(ScriptedJob.class).build(), clock);
        scheduler.schedules().create("hourly", new JsonMapper().readTree("""
                                {"type": "scripted", "every": "1h", "payload": {"script": ["ok"]}, "matrix": {"shop": [1, 2, 3]}}"""), new Actor("token:anna"), null);
        scheduler.turn();
    }

    @AfterEach
    void leave() throws Exception {
        if (scheduler != null) {
            scheduler.close();
        }
        pool.close();
        schema.close();
    }

    private List<SentTransaction> turn() {
        recording.take();
        scheduler.turn();
        return recording.take().stream()
                .filter(transaction -> !transaction.only("RQ_NODES"))
                .toList();
    }

    @Test
    void aScheduleThatIsNotDueCostsNothing() {
        assertThat(turn())
                .flatExtracting(SentTransaction::shapes)
                .isNotEmpty()
                .noneMatch(shape -> shape.contains("RQ_SCHEDULE"));
    }

    @Test
    void aFireIsOneTransaction() {
        clock.advance(Duration.ofHours(1));

        List<SentTransaction> sent = turn();

        assertThat(sent.get(0).shapes()).containsExactly("SELECT RQ_SCHEDULES");
        assertThat(sent.get(1).committed()).isTrue();
        assertThat(sent.get(1).shapes())
                .containsExactly(
                        "SELECT RQ_CONTROL FOR UPDATE",
                        "SELECT RQ_SCHEDULES SKIP LOCKED",
                        "SELECT RQ_DEFINITIONS",
                        "SELECT RQ_SCHEDULE_FIRES",
                        "INSERT RQ_RUNS",
                        "INSERT QRTZ_TRIGGERS",
                        "INSERT RQ_RUNS",
                        "INSERT QRTZ_TRIGGERS",
                        "INSERT RQ_RUNS",
                        "INSERT QRTZ_TRIGGERS",
                        "INSERT RQ_SCHEDULE_FIRES x3",
                        "UPDATE RQ_SCHEDULES");
        assertThat(sent.get(2).shapes()).containsExactly("SELECT RQ_SCHEDULES");
    }
}
