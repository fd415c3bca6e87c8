package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.DueRows;
import io.requartz.jdbc.DueRows.Due;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who looks for triggers that no run belongs to while runs are submitted. On MySQL and MariaDB a locking statement sees what was committed
 * after it began, and its subquery does not.
 */
class JustCommittedTest {

    private static final int WAITING = 300;
    private static final int SUBMITTERS = 3;
    private static final int EACH = 200;

    @ParameterizedTest
    @EnumSource
    void aRunThatIsCommittedAtThatMomentIsNotTakenForMissing(TestDatabase kind) throws Exception {
        try (TestSchema schema = kind.fresh();
                HikariDataSource pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 8)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            SettableClock clock = SettableClock.atSomeTime();
            try (ManualScheduler scheduler = ManualScheduler.join(
                    database, Plugins.builder().add(ScriptedJob.class).build(), clock)) {
                Submission wish = Submission.of("scripted").build();
                scheduler.runs().submitAll(Collections.nCopies(WAITING, wish));

                assertThat(missing(database, clock, () -> scheduler.runs().submit(wish)))
                        .isEmpty();
            }
        }
    }

    private static List<Due> missing(Database database, SettableClock clock, Runnable submission) throws Exception {
        DueRows rows = new DueRows(database.cluster(), database.dialect());
        ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
        try {
            List<Future<?>> submitting = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                submitting.add(submitters.submit(() -> {
                    for (int run = 0; run < EACH; run++) {
                        submission.run();
                    }
                }));
            }
            List<Due> missing = new ArrayList<>();
            while (missing.isEmpty() && !submitting.stream().allMatch(Future::isDone)) {
                missing.addAll(database.transactions()
                        .call("look", tx -> rows.lockOrphans(tx, "scripted", 5, clock.millis(), 100)));
            }
            for (Future<?> one : submitting) {
                one.get();
            }
            return missing;
        } finally {
            submitters.shutdownNow();
        }
    }
}
