package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.run.RunState;
import io.requartz.testdb.DatabaseServer;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a server of its own, whose sessions may be ended. */
final class PostgreSqlWakeUpTest extends WakeUpContractTest {

    private static DatabaseServer server;

    PostgreSqlWakeUpTest() {
        super(TestDatabase.POSTGRESQL);
    }

    @BeforeAll
    static void start() {
        server = TestDatabase.POSTGRESQL.startServer();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    TestSchema schema() throws Exception {
        return server.createSchema("wake");
    }

    @Test
    void announcementsAreHeardAgainAfterAllSessionsWereEnded() throws Exception {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()");
        }

        // the pools find out one by one that their connections are gone
        await().atMost(LONG_BEFORE_IT_LOOKS).ignoreExceptions().until(() -> onWorker(submitter) == RunState.SUCCEEDED);
        assertThat(onWorker(submitter)).isEqualTo(RunState.SUCCEEDED);
    }
}
