package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.Fault;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A story that is told again and again on one schema, with a fault at another call to the database each time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CallByCall {

    /** A system property; {@link #ALL}: every call on every database. */
    static final String CALLS = "requartz.test.calls";

    static final String ALL = "all";

    private static final int NO_MORE_CALLS = 500;
    private static final List<String> OF_ALL_STORIES = List.of(
            "QRTZ_TRIGGERS",
            "QRTZ_FIRED_TRIGGERS",
            "RQ_NODES",
            "RQ_RUNS",
            "RQ_RUN_TAGS",
            "RQ_RUN_KEYS",
            "RQ_ATTEMPTS",
            "RQ_RUN_EVENTS",
            "RQ_DEAD_LETTERS",
            "RQ_QUARANTINE");

    private final TestDatabase kind;
    private final int step;
    private TestSchema schema;
    HikariDataSource pool;
    Database database;
    SettableClock clock;

    /** @param step 1 for every call; n for every n-th, beginning elsewhere for each fault */
    CallByCall(TestDatabase kind, int step) {
        this.kind = kind;
        this.step = ALL.equals(System.getProperty(CALLS)) ? 1 : step;
    }

    @BeforeAll
    void prepare() throws Exception {
        schema = kind.fresh();
        pool = Pools.create("crashes", schema.hastyUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
    }

    @AfterAll
    void cleanUp() throws Exception {
        if (schema != null) {
            pool.close();
            schema.close();
        }
    }

    /** One telling. */
    @FunctionalInterface
    interface Telling {
        /** False if the story was over before its k-th call. */
        boolean survives(int k) throws Exception;
    }

    /**
     * At every n-th call.
     *
     * @param more the story has more calls than that, else nothing was tested
     */
    void atCalls(Fault fault, int more, Telling story) throws Exception {
        tell(1 + List.of(Fault.values()).indexOf(fault) % step, step, more, story);
    }

    /**
     * At every call, on any database.
     *
     * @param more the story has more calls than that, else nothing was tested
     */
    void atEveryCall(int more, Telling story) throws Exception {
        tell(1, 1, more, story);
    }

    private static void tell(int first, int step, int more, Telling story) throws Exception {
        int k = first;
        while (k < NO_MORE_CALLS && story.survives(k)) {
            k += step;
        }
        assertThat(k)
                .as("the story never reached the database: nothing was tested")
                .isGreaterThan(more);
    }

    /** @param own tables that this story fills beside those of all */
    void empty(String... own) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table :
                    Stream.concat(OF_ALL_STORIES.stream(), Stream.of(own)).toList()) {
                statement.executeUpdate("DELETE FROM " + table);
            }
            connection.commit();
        }
    }
}
