package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several want the unique key of a run that has died: some submit another, somebody retries it. One of them gets it. */
class UniqueKeyRaceTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int ROUNDS = 40;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @ParameterizedTest
    @EnumSource
    void oneOfThemGetsIt(TestDatabase kind) throws Exception {
        try (TestSchema schema = kind.fresh();
                HikariDataSource pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 8)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            SettableClock clock = SettableClock.atSomeTime();
            try (ManualScheduler scheduler = ManualScheduler.join(
                    database, Plugins.builder().add(ScriptedJob.class).build(), clock)) {
                Set<String> winners = new TreeSet<>();
                for (int round = 0; round < ROUNDS; round++) {
                    winners.add(race(scheduler, "shop " + round));
                }

                assertThat(winners).as("that both can win").containsExactly("retry", "submission");
                assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                                .strict()
                                .examine())
                        .isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** @return who got the key */
    private String race(ManualScheduler scheduler, String key) throws Exception {
        Submission wish = Submission.of("scripted")
                .payload("{\"script\": [\"refuse\"]}")
                .uniqueWhileOpen(key)
                .by(ANNA)
                .build();
        Run dead = scheduler.runs().submit(wish).run();
        scheduler.runDue();
        assertThat(scheduler.runs().get(dead.id()).state()).isEqualTo(RunState.DEAD);

        List<Future<Boolean>> tries = new ArrayList<>();
        tries.add(threads.submit(succeeds(() -> scheduler.deadLetters().retry(dead.id(), ANNA, null, null))));
        tries.add(threads.submit(succeeds(() -> scheduler.runs().submit(wish))));
        tries.add(threads.submit(succeeds(() -> scheduler.runs().submitAll(List.of(wish)))));
        int succeeded = 0;
        for (Future<Boolean> one : tries) {
            succeeded += one.get() ? 1 : 0;
        }

        assertThat(succeeded).isEqualTo(1);
        boolean retried = scheduler.runs().get(dead.id()).state() == RunState.SCHEDULED;
        scheduler.runDue();
        return retried ? "retry" : "submission";
    }

    private static Callable<Boolean> succeeds(Callable<?> work) {
        return () -> {
            try {
                work.call();
                return true;
            } catch (Problem refused) {
                assertThat(refused.kind()).isEqualTo(Problem.Kind.CONFLICT);
                return false;
            }
        };
    }
}
