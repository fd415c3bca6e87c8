package io.requartz.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TcpProxyTest {

    private static final int COMMITS = 12;

    private static Connection through(TcpProxy proxy, TestSchema schema) throws SQLException {
        Connection connection =
                DriverManager.getConnection(schema.urlThrough(proxy.port()), schema.user(), schema.password());
        connection.setAutoCommit(false);
        return connection;
    }

    private static TcpProxy to(TestSchema schema) {
        return TcpProxy.to(schema.server().port().orElseThrow(), schema.jdbcUrl());
    }

    private static void insert(Connection connection, int value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO COUNTED (N) VALUES (" + value + ")");
        }
    }

    private static int counted(TestSchema schema) throws SQLException {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM COUNTED")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static TestSchema schema(TestDatabase database) throws SQLException {
        TestSchema schema = database.fresh();
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE COUNTED (N INTEGER)");
        }
        return schema;
    }

    /** Also where the driver has long prepared its COMMIT. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void aCommitThatIsCutOffIsCommittedAndTheClientDoesNotKnow(TestDatabase database) throws Exception {
        try (TestSchema schema = schema(database);
                TcpProxy proxy = to(schema);
                Connection connection = through(proxy, schema)) {
            for (int i = 1; i < COMMITS; i++) {
                insert(connection, i);
                connection.commit();
            }
            proxy.cutAfterCommit(1);
            insert(connection, COMMITS);
            assertThat(proxy.cutAfterCommits()).isZero();

            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);

            assertThat(proxy.cutAfterCommits()).isOne();
            assertThat(counted(schema)).isEqualTo(COMMITS);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void whatIsResetOrHalfClosedFailsAndALaterConnectionWorks(TestDatabase database) throws Exception {
        try (TestSchema schema = schema(database);
                TcpProxy proxy = to(schema)) {
            try (Connection connection = through(proxy, schema)) {
                proxy.reset();
                assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
            }
            try (Connection connection = through(proxy, schema)) {
                proxy.halfClose();
                assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
            }
            try (Connection connection = through(proxy, schema)) {
                insert(connection, 1);
                connection.commit();
            }
            assertThat(counted(schema)).isOne();
        }
    }

    /** The right one, and it is committed when all is well again. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void aCommitCanBeKeptBack(TestDatabase database) throws Exception {
        try (TestSchema schema = schema(database);
                TcpProxy proxy = to(schema);
                Connection connection = through(proxy, schema)) {
            List<Integer> seen = new CopyOnWriteArrayList<>();
            Executor later = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
            proxy.holdCommitOf(Pattern.compile("INTO COUNTED \\(N\\) VALUES \\(2\\)"), () -> {
                seen.add(uncheckedCounted(schema));
                later.execute(proxy::heal);
            });
            for (int i = 1; i <= 3; i++) {
                insert(connection, i);
                connection.commit();
            }

            assertThat(seen).containsExactly(1);
            assertThat(counted(schema)).isEqualTo(3);
        }
    }

    private static int uncheckedCounted(TestSchema schema) {
        try {
            return counted(schema);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void whatIsSilentOrLostAnswersNobodyAndWhatIsDelayedAnswersLate(TestDatabase database) throws Exception {
        try (TestSchema schema = schema(database);
                TcpProxy proxy = to(schema)) {
            try (Connection connection = through(proxy, schema)) {
                proxy.blackhole();
                connection.setNetworkTimeout(Runnable::run, 300);
                assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
                proxy.heal();
            }
            try (Connection connection = through(proxy, schema)) {
                proxy.lose();
                connection.setNetworkTimeout(Runnable::run, 300);
                assertThatThrownBy(() -> insert(connection, 1)).isInstanceOf(SQLException.class);
            }
            try (Connection connection = through(proxy, schema)) {
                proxy.delay(Duration.ofMillis(100));
                long before = System.nanoTime();
                insert(connection, 1);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(200));
            }
        }
    }
}
