package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.node.Doctor;
import io.requartz.run.RunFilter;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import io.requartz.store.ScopedTypes;
import io.requartz.testdb.TestDatabase;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Submissions of many runs, and within callers' transactions, die or fail at every single call: all of them are there, or none. */
abstract class SubmissionCrashEnumerationTest extends CallByCall {

    private static final int RUNS = 5;

    /** @param step 1 for every call; n for every n-th, beginning elsewhere for each fault */
    SubmissionCrashEnumerationTest(TestDatabase kind, int step) {
        super(kind, step);
    }

    @BeforeAll
    void createOrders() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE APP_ORDERS (ID INTEGER PRIMARY KEY)");
            connection.commit();
        }
    }

    private static List<Submission> wishes() {
        return IntStream.range(0, RUNS)
                .mapToObj(i -> Submission.of("scripted")
                        .payload(ScopedTypes.payload(i, "ok"))
                        .idempotencyKey("order-" + i)
                        .uniqueWhileOpen("shop-" + i)
                        .tags(List.of("bulk"))
                        .build())
                .toList();
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(name, on, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
    }

    private void begin() throws SQLException {
        empty("RQ_SCOPES", "RQ_SCOPE_DIMENSIONS", "RQ_PARKED", "APP_ORDERS");
        clock = SettableClock.atSomeTime();
    }

    @Test
    void manyRunsAreAllThereOrNoneAndCanBeSubmittedAgain() throws Exception {
        for (Fault fault : Fault.values()) {
            atCalls(fault, 4, k -> bulk(fault, k));
        }
    }

    private boolean bulk(Fault fault, int k) throws SQLException {
        begin();
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim =
                join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        faulty.arm(k, fault);
        boolean acknowledged = false;
        try {
            victim.runs().submitAll(wishes());
            acknowledged = true;
        } catch (RuntimeException failed) {
            // what came of it is looked at below
        }
        boolean met = faulty.fired();
        faulty.disarm();
        victim.die();
        String where = fault + " at call " + k + ": " + faulty.firedAt();
        if (acknowledged) {
            assertThat(runs()).as(where).isEqualTo(RUNS);
        } else {
            assertThat(runs()).as(where).isIn(0, RUNS);
        }
        finish(where);
        return met;
    }

    @Test
    void theRunsOfACallerAreThereIfAndOnlyIfItsOwnChangeIs() throws Exception {
        for (Fault fault : Fault.values()) {
            atCalls(fault, 6, k -> within(fault, k));
        }
    }

    private boolean within(Fault fault, int k) throws SQLException {
        begin();
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim =
                join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        faulty.arm(k, fault);
        try (Connection connection = faulty.getConnection()) {
            try {
                order(connection);
                victim.within(connection).submitAll(wishes());
                connection.commit();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
            }
        } catch (SQLException dead) {
            // what came of it is looked at below
        }
        boolean met = faulty.fired();
        faulty.disarm();
        victim.die();
        String where = fault + " at call " + k + ": " + faulty.firedAt();
        assertThat(runs()).as(where).isEqualTo(RUNS * count("APP_ORDERS"));
        finish(where);
        return met;
    }

    private static void order(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO APP_ORDERS (ID) VALUES (1)")) {
            statement.executeUpdate();
        }
    }

    /** Who is not sure submits again; then all of them run, each once. */
    private void finish(String where) throws SQLException {
        ManualScheduler survivor = join("survivor", database);
        List<Submitted> all = survivor.runs().submitAll(wishes());
        survivor.outliveDeadPeers();
        survivor.runDue();
        assertThat(all).as(where).hasSize(RUNS);
        assertThat(survivor.runs().list(RunFilter.ALL, 50, null).items())
                .as(where)
                .hasSize(RUNS)
                .allMatch(run -> run.state().settled() && run.attempts() == 1);
        survivor.close();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .withPause(Duration.ZERO)
                        .strict()
                        .examine())
                .as(where)
                .isEmpty();
    }

    private int runs() throws SQLException {
        return count("RQ_RUNS");
    }

    private int count(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
