package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.bulk.BulkKind;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.CallersTransaction;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs submitted within an application's own transaction, the same on every database. */
abstract class CallersTransactionContractTest extends ScriptedRunsContract {

    /** Locks are waited for up to 10 s: whoever met one of the caller's would take longer than this. */
    private static final Duration NOBODY_WAITS = Duration.ofSeconds(9);

    private Connection connection;

    CallersTransactionContractTest(TestDatabase kind) {
        super(kind);
    }

    @Override
    ManualScheduler joined() {
        return ManualScheduler.join(
                "manual", database, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
    }

    static Submission.Builder scoped(int restaurant, String... script) {
        return Submission.of("scripted").payload(ScopedTypes.payload(restaurant, script));
    }

    @BeforeEach
    void begin() throws SQLException {
        connection = open();
    }

    private Connection open() throws SQLException {
        Connection fresh = schema.connect();
        try (Statement statement = fresh.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS APP_ORDERS (ID INTEGER PRIMARY KEY, STATE VARCHAR(20))");
            statement.execute("DELETE FROM APP_ORDERS");
            statement.execute("INSERT INTO APP_ORDERS (ID, STATE) VALUES (1, 'new')");
            statement.execute("INSERT INTO APP_ORDERS (ID, STATE) VALUES (2, 'new')");
        }
        fresh.setAutoCommit(false);
        return fresh;
    }

    @AfterEach
    void hangUp() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.close();
        }
    }

    private static void change(Connection on, int order) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.executeUpdate("UPDATE APP_ORDERS SET STATE = 'paid' WHERE ID = " + order);
        }
    }

    private boolean exists(Submitted submitted) {
        return scheduler.runs().find(submitted.run().id()).isPresent();
    }

    @Test
    void theRunExistsFromTheCallersCommitOn() throws SQLException {
        CallersTransaction transaction = scheduler.within(connection);
        Submitted submitted = transaction.submit(scoped(1, "ok").build());
        change(connection, 1);

        assertThat(exists(submitted)).isFalse();
        assertThat(scheduler.runDue()).isZero();
        connection.commit();
        transaction.committed();

        assertThat(submitted.created()).isTrue();
        assertThat(scheduler.runDue()).isEqualTo(1);
        assertThat(read(submitted.run()).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void nothingIsLeftOfWhatTheCallerRollsBack() throws SQLException {
        Submitted submitted = scheduler.within(connection).submit(wish7().build());

        connection.rollback();

        assertThat(exists(submitted)).isFalse();
        assertThat(scheduler.runDue()).isZero();
    }

    private static Submission.Builder wish7() {
        return scoped(7, "ok").tags(List.of("within"));
    }

    @Test
    void nothingIsLeftOfACallerThatDies() throws SQLException {
        Submitted submitted = scheduler.within(connection).submit(wish7().build());

        connection.abort(Runnable::run);

        assertThat(exists(submitted)).isFalse();
        assertThat(scheduler.runDue()).isZero();
    }

    @Test
    void manyAreSubmittedWithinOneTransaction() throws SQLException {
        List<Submission> wishes =
                IntStream.range(0, 600).mapToObj(i -> wish7().build()).toList();

        List<Submitted> all = scheduler.within(connection).submitAll(wishes);
        connection.commit();

        assertThat(all).hasSize(600);
        assertThat(scheduler.runDue()).isEqualTo(600);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void nobodyWaitsForACallerThatTakesItsTime(int isolation) throws Exception {
        String recurring = "recurring-" + isolation;
        scheduler.runs().submit(scoped(1, "ok").uniqueWhileOpen(recurring).build());
        scheduler.runDue();
        connection.setTransactionIsolation(isolation);
        change(connection, 1);
        CallersTransaction transaction = scheduler.within(connection);
        // to a scope that is known, and to one that nobody has seen before; with new keys and one that a run has had
        Submitted first = transaction.submit(
                scoped(1, "ok").idempotencyKey("slow-1-" + isolation).build());
        Submitted second = transaction.submit(
                scoped(2, "ok").uniqueWhileOpen("slow-2-" + isolation).build());
        Submitted third =
                transaction.submit(scoped(1, "ok").uniqueWhileOpen(recurring).build());

        long begun = System.nanoTime();
        everythingElseGoesOn();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        connection.commit();
        transaction.committed();

        assertThat(took).isLessThan(NOBODY_WAITS);
        assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(scheduler.runDue()).isEqualTo(3);
        assertThat(states(List.of(first.run(), second.run(), third.run()))).containsOnly(RunState.SUCCEEDED);
    }

    /** What nodes and people do, by another node and in the same scopes. */
    private void everythingElseGoesOn() {
        ManualScheduler other = ManualScheduler.join(
                "other", database, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
        try {
            List<Run> runs = List.of(
                    other.runs().submit(scoped(1, "ok").build()).run(),
                    other.runs()
                            .submit(scoped(2, "500", "ok").idempotencyKey("b").build())
                            .run(),
                    other.runs().submit(scoped(2, "refuse", "ok").build()).run(),
                    other.runs()
                            .submit(scoped(3, "ok").uniqueWhileOpen("c").build())
                            .run(),
                    other.runs()
                            .submit(scoped(3, "ok").delay(Duration.ofMinutes(5)).build())
                            .run());
            other.runs()
                    .submitAll(List.of(
                            scoped(2, "ok").build(),
                            scoped(4, "ok").idempotencyKey("d").build()));
            assertThat(other.runDue()).isEqualTo(6);
            clock.advance(Duration.ofSeconds(30));
            assertThat(other.runDue()).isEqualTo(1);
            other.runs().cancel(runs.get(4).id(), ANNA, null);
            other.runs().retryNow(runs.get(0).id(), ANNA, null, null, null);
            other.control().pause("scripted", ANNA, null);
            other.control().resume("scripted", ANNA, null);
            runs(BulkKind.RETRY_RUNS, RunFilter.ALL.withStates(Set.of(RunState.DEAD)), List.of());
            other.doDuties();
            clock.advance(Duration.ofSeconds(10));
            assertThat(other.runDue()).isEqualTo(2);
            assertThat(states(runs))
                    .containsExactly(
                            RunState.SUCCEEDED,
                            RunState.SUCCEEDED,
                            RunState.SUCCEEDED,
                            RunState.SUCCEEDED,
                            RunState.CANCELLED);
        } finally {
            other.close();
        }
    }

    @Test
    void aKeyStandsForTheSameRunWithinTheTransactionAndAfterIt() throws SQLException {
        Submission wish = scoped(1, "ok").idempotencyKey("order-1").build();
        Submitted first = scheduler.within(connection).submit(wish);
        change(connection, 1);

        Submitted again = scheduler.within(connection).submit(wish);
        connection.commit();
        Submitted later = scheduler.within(connection).submit(wish);
        connection.commit();

        assertThat(List.of(first, again, later)).extracting(Submitted::created).containsExactly(true, false, false);
        assertThat(List.of(first, again, later))
                .extracting(submitted -> submitted.run().id())
                .containsOnly(first.run().id());
        assertThat(scheduler.runDue()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedLeavesTheTransactionAsItWas() throws SQLException {
        scheduler.runs().submit(scoped(1, "ok").idempotencyKey("order-1").build());
        CallersTransaction transaction = scheduler.within(connection);
        change(connection, 1);
        Submitted kept =
                transaction.submit(scoped(2, "ok").uniqueWhileOpen("shop-2").build());

        assertThatThrownBy(() -> transaction.submit(
                        scoped(1, "500").idempotencyKey("order-1").build()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("with another payload");
        assertThatThrownBy(() -> transaction.submitAll(List.of(
                        scoped(1, "ok").build(),
                        scoped(2, "ok").uniqueWhileOpen("shop-2").build())))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is still open");
        connection.commit();

        assertThat(exists(kept)).isTrue();
        assertThat(scheduler.runDue()).isEqualTo(2);
    }

    @Test
    void connectionsWithoutATransactionOfTheirOwnAreRefused() throws SQLException {
        connection.setAutoCommit(true);
        assertThatThrownBy(() -> scheduler.within(connection))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused -> assertThat(refused.hint())
                                .contains("setAutoCommit(false)")
                                .contains("DataSourceUtils"))
                .hasMessageContaining("autocommit");

        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        if (connection.isReadOnly()) {
            assertThatThrownBy(() -> scheduler.within(connection))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("read-only");
        }

        connection.close();
        assertThatThrownBy(() -> scheduler.within(connection))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("closed");
    }

    @Test
    void whatAPersonWantsNowIsRefused() {
        CallersTransaction transaction = scheduler.within(connection);

        assertThatThrownBy(() -> transaction.submit(scoped(1, "ok").manual(true).build()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("manual");
    }

    @Test
    void schemasWithoutOurTablesOrOfAnotherClusterAreRefused() throws Exception {
        try (TestSchema elsewhere = schemaBeside()) {
            try (Connection wrong = elsewhere.connect()) {
                wrong.setAutoCommit(false);
                assertThatThrownBy(() -> scheduler.within(wrong))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("without Requartz's tables");
                wrong.rollback();
            }
            anotherClusterMovesIn(elsewhere);
            try (Connection wrong = elsewhere.connect()) {
                wrong.setAutoCommit(false);
                assertThatThrownBy(() -> scheduler.within(wrong))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("of the cluster 'another'");
                wrong.rollback();
            }
        }
    }

    private static void anotherClusterMovesIn(TestSchema elsewhere) throws SQLException {
        try (HikariDataSource pool =
                Pools.create("another", elsewhere.jdbcUrl(), elsewhere.user(), elsewhere.password(), 4)) {
            Database another = Database.of(pool, "another");
            Migration.migrate(pool, another.dialect());
            try (Connection owner = elsewhere.connect();
                    Statement statement = owner.createStatement()) {
                statement.executeUpdate("UPDATE RQ_CONTROL SET CLUSTER_NAME = 'another'");
            }
        }
    }

    @Test
    void aCallerThatDeadlocksHasTheRunIfAndOnlyIfItCommitted() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection rival = schema.connect()) {
            rival.setAutoCommit(false);
            change(rival, 2);
            Submitted submitted = scheduler.within(connection).submit(wish7().build());
            change(connection, 1);

            Future<Boolean> rivals = threads.submit(() -> changedAndCommitted(rival, 1));
            boolean callers = changedAndCommitted(connection, 2);

            boolean rivalsDone = rivals.get(30, TimeUnit.SECONDS);
            assertThat(callers && rivalsDone).as("both cannot have got through").isFalse();
            assertThat(exists(submitted)).isEqualTo(callers);
            assertThat(scheduler.runDue()).isEqualTo(callers ? 1 : 0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean changedAndCommitted(Connection on, int order) throws SQLException {
        try {
            change(on, order);
            on.commit();
            return true;
        } catch (SQLException deadlock) {
            on.rollback();
            return false;
        }
    }

    @Test
    void theNodeNeedNotHaveTheTypeToSubmitIt() throws SQLException {
        ManualScheduler submitter = ManualScheduler.join(
                "submitter", database, Plugins.builder().build(), clock, Gate.OPEN, ScopedTypes.definitions());
        Submitted submitted = submitter.within(connection).submit(wish7().build());
        connection.commit();

        assertThat(submitter.runDue()).isZero();
        assertThat(scheduler.runDue()).isEqualTo(1);
        assertThatCode(submitter::close).doesNotThrowAnyException();
        assertThat(read(submitted.run()).state()).isEqualTo(RunState.SUCCEEDED);
    }
}
