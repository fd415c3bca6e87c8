package io.requartz.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.run.PendingTriggers.Pending;
import io.requartz.run.Priority;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The earliest triggers are found by a few looks into the index, however many wait; by the server's own count of the rows that it read. */
class HeadsTest {

    private static final int WAITING = 3_000;

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB"})
    void fewRowsAreReadHoweverManyWait(TestDatabase kind) throws Exception {
        try (TestSchema schema = kind.fresh();
                HikariDataSource pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 1)) {
            Database database = Database.of(pool, "test");
            try (HikariDataSource patient =
                    Pools.patient("migration", schema.jdbcUrl(), schema.user(), schema.password())) {
                Migration.migrate(patient, database.dialect());
            }
            Transactions transactions = new JdbcTransactions(pool);
            TriggerRows triggers = new TriggerRows(database);
            transactions.run("fill", tx -> {
                addType(tx, "busy");
                addType(tx, "idle");
                triggers.insert(tx, waiting());
            });

            long before = transactions.call("count", HeadsTest::rowsRead);
            List<TriggerRows.Head> heads =
                    transactions.call("look", tx -> triggers.heads(tx, List.of("busy", "idle", "gone")));
            long after = transactions.call("count", HeadsTest::rowsRead);

            assertThat(heads)
                    .containsExactlyInAnyOrder(
                            new TriggerRows.Head("busy", Priority.LOW.level(), 0, false),
                            new TriggerRows.Head("busy", Priority.HIGH.level(), 1, false));
            assertThat(after - before).isLessThan(200);
        }
    }

    private static void addType(Tx tx, String name) {
        Sql.update(tx, """
                INSERT INTO RQ_JOB_TYPES (NAME, PLUGIN, TITLE, DESCRIPTION, JOB_CLASS, POLICY, EXCLUSIVE, UPDATED_AT, UPDATED_BY)
                VALUES (?, 'p', 't', 'd', 'c', '{}', FALSE, 0, 'anna')""", name);
    }

    private static List<Pending> waiting() {
        List<Pending> all = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            Priority priority = i % 2 == 0 ? Priority.LOW : Priority.HIGH;
            all.add(new Pending("run " + i, 1, "busy", priority, Instant.ofEpochMilli(i)));
        }
        return all;
    }

    private static long rowsRead(Tx tx) {
        return Sql.query(tx, "SHOW SESSION STATUS LIKE 'Handler_read%'", row -> row.getLong(2)).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
