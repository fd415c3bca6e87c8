package io.requartz.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.run.PendingTriggers.Pending;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL reads by statements that it prepared while their table was empty. */
class FreshPlansPoolTest {

    private static final int MANY = 20_000;

    private final AtomicLong nanos = new AtomicLong();
    private TestSchema schema;

    @BeforeEach
    void create() throws Exception {
        schema = TestDatabase.POSTGRESQL.fresh();
    }

    @AfterEach
    void drop() throws Exception {
        schema.close();
    }

    /** One session, so that all of its statements are of it. */
    private long rowsReadToDeleteTen(Function<HikariConfig, HikariDataSource> make) throws Exception {
        try (HikariDataSource pool = Pools.create("migration", schema.jdbcUrl(), schema.user(), schema.password(), 5)) {
            Migration.migrate(pool, Dialect.POSTGRESQL);
        }
        HikariConfig config = Pools.config("plans", schema.jdbcUrl(), schema.user(), schema.password(), 1);
        try (HikariDataSource pool = make.apply(config)) {
            Database database = Database.of(pool, "plans");
            TriggerRows triggers = new TriggerRows(database);
            vacuum(pool);
            for (int i = 0; i < 10; i++) {
                database.transactions().run("delete", tx -> triggers.delete(tx, names(10)));
            }
            database.transactions().run("insert", tx -> triggers.insert(tx, many()));
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            long before = rowsRead(database);
            database.transactions().run("delete", tx -> triggers.delete(tx, names(10)));
            return rowsRead(database) - before;
        }
    }

    private static List<Pending> many() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> new Pending("run-" + i, 1, "type", Priority.NORMAL, Instant.EPOCH))
                .toList();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "run-" + i + "#1").toList();
    }

    private static void vacuum(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE QRTZ_TRIGGERS");
            }
        }
    }

    /** By a scan of the table, or through an index. */
    private static long rowsRead(Database database) {
        database.transactions().run("tell", tx -> Sql.one(tx, "SELECT 1 FROM pg_stat_force_next_flush()", row -> 0));
        return database.transactions()
                .call(
                        "count",
                        tx -> Sql.one(
                                        tx,
                                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables"
                                                + " WHERE schemaname = current_schema() AND relname = 'qrtz_triggers'",
                                        row -> row.getLong(1))
                                .orElseThrow());
    }

    @Test
    void aPlanOfAnEmptyTableReadsAllOfItOnceItIsFull() throws Exception {
        assertThat(rowsReadToDeleteTen(HikariDataSource::new)).isGreaterThanOrEqualTo(MANY);
    }

    @Test
    void aFreshOneReadsNoMoreThanItNeeds() throws Exception {
        assertThat(rowsReadToDeleteTen(config -> new FreshPlansPool(config, nanos::get)))
                .isLessThan(100);
    }
}
