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
import io.requartz.run.Submitted;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/** Several want the unique key of a run that is not open any more, at the same moment. One of them gets it. */
class UniqueKeyRaceTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int ROUNDS = 40;

    private interface Work {
        void on(ManualScheduler scheduler, HikariDataSource pool) throws Exception;
    }

    /** Then the doctor looks. */
    private static void with(TestDatabase kind, Work work) throws Exception {
        try (TestSchema schema = kind.fresh();
                HikariDataSource pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 8)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            SettableClock clock = SettableClock.atSomeTime();
            try (ManualScheduler scheduler = ManualScheduler.join(
                    database, Plugins.builder().add(ScriptedJob.class).build(), clock)) {
                work.on(scheduler, pool);
                assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                                .strict()
                                .examine())
                        .isEmpty();
            }
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(work)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRetryOfADeadRunAndNewOnes(TestDatabase kind) throws Exception {
        with(kind, (scheduler, pool) -> {
            Set<String> winners = new TreeSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                Submission wish = wish("shop " + round, "refuse").build();
                Run dead = done(scheduler, wish, RunState.DEAD);

                race(
                        () -> scheduler.deadLetters().retry(dead.id(), ANNA, null, null),
                        () -> scheduler.runs().submit(wish),
                        () -> scheduler.runs().submitAll(List.of(wish)));

                winners.add(scheduler.runs().get(dead.id()).state() == RunState.SCHEDULED ? "retry" : "submission");
                scheduler.runDue();
            }

            assertThat(winners).as("that both can win").containsExactly("retry", "submission");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCopyOfARunThatSucceededAndNewOnes(TestDatabase kind) throws Exception {
        with(kind, (scheduler, pool) -> {
            for (int round = 0; round < ROUNDS; round++) {
                Submission wish = wish("shop " + round, "ok").build();
                Run done = done(scheduler, wish, RunState.SUCCEEDED);

                race(
                        () -> scheduler.runs().retryNow(done.id(), ANNA, null, null, null),
                        () -> scheduler.runs().submit(wish),
                        () -> scheduler.runs().submitAll(List.of(wish)));

                scheduler.runDue();
            }
        });
    }

    @SafeVarargs
    private static void race(Callable<Object>... tries) throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (Callable<Object> each : tries) {
            all.add(() -> {
                try {
                    each.call();
                    return true;
                } catch (Problem refused) {
                    assertThat(refused.kind()).isEqualTo(Problem.Kind.CONFLICT);
                    return false;
                }
            });
        }
        assertThat(atOnce(all)).containsOnlyOnce(true);
    }

    @ParameterizedTest
    @EnumSource
    void theSameSubmissionAgainAndAgain(TestDatabase kind) throws Exception {
        with(kind, (scheduler, pool) -> {
            for (int round = 0; round < ROUNDS; round++) {
                String key = "shop " + round;
                done(scheduler, wish(key, "ok").build(), RunState.SUCCEEDED);
                Submission wish =
                        wish(key, "ok").idempotencyKey("order " + round).build();

                Callable<Submitted> submit = () -> scheduler.runs().submit(wish);
                List<Submitted> all = atOnce(List.of(
                        submit,
                        submit,
                        () -> scheduler.runs().submitAll(List.of(wish)).get(0)));

                assertThat(all).extracting(Submitted::created).containsOnlyOnce(true);
                assertThat(all)
                        .extracting(each -> each.run().id())
                        .containsOnly(all.get(0).run().id());
                scheduler.runDue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatHasEndedKeepsNobodyOutWhoeverHasLockedIt(TestDatabase kind) throws Exception {
        with(kind, (scheduler, pool) -> {
            Run dead = done(scheduler, wish("shop", "refuse").build(), RunState.DEAD);
            try (Connection somebody = pool.getConnection();
                    PreparedStatement lock =
                            somebody.prepareStatement("SELECT ID FROM RQ_RUNS WHERE ID = ? FOR UPDATE")) {
                lock.setString(1, dead.id());
                lock.executeQuery();

                assertThat(scheduler.runs().submit(wish("shop", "ok").build()).created())
                        .isTrue();
                somebody.rollback();
            }
        });
    }

    private static Submission.Builder wish(String key, String script) {
        return Submission.of("scripted")
                .payload("{\"script\": [\"" + script + "\"]}")
                .uniqueWhileOpen(key)
                .by(ANNA);
    }

    private static Run done(ManualScheduler scheduler, Submission wish, RunState state) {
        Run run = scheduler.runs().submit(wish).run();
        scheduler.runDue();
        assertThat(scheduler.runs().get(run.id()).state()).isEqualTo(state);
        return run;
    }
}
