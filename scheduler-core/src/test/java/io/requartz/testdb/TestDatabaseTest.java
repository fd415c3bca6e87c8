package io.requartz.testdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestDatabaseTest {

    @ParameterizedTest
    @EnumSource
    void answersAQuery(TestDatabase database) throws SQLException {
        try (TestSchema schema = database.fresh();
                Connection connection = schema.connect()) {
            assertThat(numbers(connection, "SELECT 1")).containsExactly(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void skipsRowsThatAnotherTransactionLocks(TestDatabase database) throws SQLException {
        try (TestSchema schema = database.fresh();
                Connection first = schema.connect();
                Connection second = schema.connect()) {
            execute(first, "CREATE TABLE item (id INT PRIMARY KEY)");
            execute(first, "INSERT INTO item VALUES (1), (2)");
            first.setAutoCommit(false);
            second.setAutoCommit(false);

            List<Integer> lockedByFirst = numbers(first, "SELECT id FROM item WHERE id = 1 FOR UPDATE SKIP LOCKED");
            List<Integer> seenBySecond = numbers(second, "SELECT id FROM item ORDER BY id FOR UPDATE SKIP LOCKED");

            assertThat(lockedByFirst).containsExactly(1);
            assertThat(seenBySecond).containsExactly(2);
            first.rollback();
            second.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesEveryCallerAnEmptySchemaOfItsOwn(TestDatabase database) throws Exception {
        Callable<TestSchema> createAndUse = () -> {
            TestSchema schema = database.fresh();
            try (Connection connection = schema.connect()) {
                execute(connection, "CREATE TABLE item (id INT PRIMARY KEY)");
            }
            return schema;
        };
        database.server();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<TestSchema>> schemas = threads.invokeAll(
                    IntStream.range(0, 4).mapToObj(i -> createAndUse).toList());

            for (Future<TestSchema> schema : schemas) {
                schema.get().close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void dropsASchemaThatIsStillInUse(TestDatabase database) throws SQLException {
        TestSchema schema = database.fresh();
        try (Connection connection = schema.connect()) {
            execute(connection, "CREATE TABLE item (id INT PRIMARY KEY)");

            schema.close();

            assertThatThrownBy(() -> numbers(connection, "SELECT id FROM item")).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void knowsTheServersProcess(TestDatabase database) {
        DatabaseServer server = database.server();

        assertThat(server.process())
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());
        assertThat(server.port().getAsInt()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void startsAServerThatATestMayKill(TestDatabase database) throws Exception {
        try (DatabaseServer server = database.startServer()) {
            TestSchema schema = server.createSchema("mine");
            ProcessHandle process = server.process().orElseThrow();

            process.destroyForcibly();
            process.onExit().get(30, TimeUnit.SECONDS);

            assertThatThrownBy(schema::connect).isInstanceOf(SQLException.class);
            assertThat(database.server().process()).isPresent();
        }
    }

    @Test
    void postgresCommitsAreDurable() throws SQLException {
        try (TestSchema schema = TestDatabase.POSTGRESQL.fresh();
                Connection connection = schema.connect()) {
            assertThat(text(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(text(connection, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void mariaDbCommitsAreDurable() throws SQLException {
        try (TestSchema schema = TestDatabase.MARIADB.fresh();
                Connection connection = schema.connect()) {
            assertThat(text(connection, "SELECT @@innodb_flush_log_at_trx_commit"))
                    .isEqualTo("1");
            assertThat(text(connection, "SELECT @@transaction_isolation")).isEqualTo("REPEATABLE-READ");
        }
    }

    @Test
    void buildsSchemaUrlsOfAnyMySqlUrl() {
        MySqlServer server = new MySqlServer("jdbc:mysql://db.example:13306/?user=root");

        assertThat(server.port()).hasValue(13306);
        assertThat(server.urlOf("runs")).isEqualTo("jdbc:mysql://db.example:13306/runs?user=root");
        assertThat(new MySqlServer("jdbc:mysql://db.example").urlOf("runs")).isEqualTo("jdbc:mysql://db.example/runs");
        assertThat(new MySqlServer("jdbc:mysql://db.example").port()).hasValue(3306);
        assertThatThrownBy(() -> new MySqlServer("mysql://db.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(TestDatabase.MYSQL_URL_VARIABLE);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Integer> numbers(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Integer> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
