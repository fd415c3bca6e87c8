package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRequest;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A database of its own, a node on it that is driven by hand, and runs that do what their payload says; all fits together at the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScriptedRunsContract {

    static final Actor ANNA = new Actor("token:anna");

    private final TestDatabase kind;
    TestSchema schema;
    private HikariDataSource pool;
    Database database;
    SettableClock clock;
    ManualScheduler scheduler;

    ScriptedRunsContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeAll
    void prepare() throws Exception {
        schema = kind.fresh();
        pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
    }

    @AfterAll
    void drop() throws Exception {
        if (schema != null) {
            pool.close();
            schema.close();
        }
    }

    @BeforeEach
    void join() throws SQLException {
        for (String table : List.of(
                "QRTZ_TRIGGERS",
                "RQ_NODES",
                "RQ_RUNS",
                "RQ_RUN_TAGS",
                "RQ_RUN_KEYS",
                "RQ_ATTEMPTS",
                "RQ_RUN_EVENTS",
                "RQ_DEAD_LETTERS",
                "RQ_AUDIT",
                "RQ_SCOPE_DIMENSIONS",
                "RQ_SCOPES",
                "RQ_BULK_ACTIONS")) {
            execute("DELETE FROM " + table);
        }
        clock = SettableClock.atSomeTime();
        scheduler = joined();
    }

    TestSchema schemaBeside() throws SQLException {
        return kind.fresh();
    }

    ManualScheduler joined() {
        return ManualScheduler.join(
                database, Plugins.builder().add(ScriptedJob.class).build(), clock);
    }

    @AfterEach
    void everythingFitsTogether() {
        scheduler.beatThrough(ManualScheduler.BEAT);
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .isEmpty();
        scheduler.close();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    static Submission.Builder wish(String... script) {
        return Submission.of("scripted")
                .payload("{\"script\": [\"" + String.join("\", \"", script) + "\"]}")
                .by(ANNA);
    }

    List<Run> submit(int count, String... script) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(scheduler.runs().submit(wish(script).build()).run());
        }
        return runs;
    }

    /** Dead letters, which succeed when they are retried. */
    List<Run> dead(int count) {
        List<Run> runs = submit(count, "refuse", "ok");
        scheduler.runDue();
        return runs;
    }

    Run read(Run run) {
        return scheduler.runs().get(run.id());
    }

    List<RunState> states(List<Run> runs) {
        return runs.stream().map(run -> read(run).state()).toList();
    }

    BulkAction letters(BulkKind kind, Integer rate, String note) {
        return scheduler
                .bulkActions()
                .begin(BulkRequest.of(kind, BulkCriteria.letters(DeadLetterFilter.OPEN), true, rate, note), ANNA);
    }

    BulkAction runs(BulkKind kind, RunFilter filter, List<String> ids) {
        return scheduler
                .bulkActions()
                .begin(BulkRequest.of(kind, new BulkCriteria(filter, null, ids), false, null, "because"), ANNA);
    }

    BulkAction read(BulkAction action) {
        return scheduler.bulkActions().get(action.id());
    }
}
