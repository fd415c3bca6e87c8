package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.run.Actor;
import io.requartz.run.RunFilter;
import io.requartz.run.Submission;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes count, hold and release the runs of two scopes at the same time, while a person disables, enables and resets. */
class ScopeRaceTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int RUNS = 150;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void countsAreThoseOfTheCommitsAndNothingIsHeldForEver(TestDatabase kind) throws Exception {
        long seed = new Random().nextLong();
        try (TestSchema schema = kind.fresh();
                HikariDataSource pool = Pools.create("race", schema.jdbcUrl(), schema.user(), schema.password(), 10)) {
            Database database = Database.of(pool, "race");
            Migration.migrate(pool, database.dialect());
            SettableClock clock = SettableClock.atSomeTime();
            List<ManualScheduler> nodes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                nodes.add(ManualScheduler.join(
                        "node-" + i,
                        database,
                        ScopedTypes.plugins(),
                        clock,
                        Gate.OPEN,
                        ScopedTypes.definitions(", 'release': '10000/s'")));
            }
            ManualScheduler person = nodes.get(0);
            race(nodes, clock, new Random(seed));
            for (int i = 0; i < 100 && open(person) > 0; i++) {
                scopes(person)
                        .forEach(status -> person.scopes().enable(status.scope().id(), ANNA, null));
                person.releaseParked();
                clock.advance(Duration.ofMillis(50));
                person.turn(3);
            }

            assertThat(open(person)).as("seed %d: open runs", seed).isZero();
            assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                            .strict()
                            .examine())
                    .as("seed %d", seed)
                    .isEmpty();
            nodes.forEach(ManualScheduler::close);
        }
    }

    private static void race(List<ManualScheduler> nodes, SettableClock clock, Random random) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        AtomicBoolean over = new AtomicBoolean();
        try {
            List<Future<?>> working = new ArrayList<>();
            for (ManualScheduler node : nodes) {
                working.add(threads.submit(() -> {
                    while (!over.get()) {
                        node.turn(4);
                        node.releaseParked();
                    }
                }));
            }
            ManualScheduler person = nodes.get(0);
            for (int i = 0; i < RUNS; i++) {
                submit(person, random);
                clock.advance(Duration.ofMillis(5));
                if (i % 5 == 4) {
                    act(person, random);
                }
            }
            over.set(true);
            for (Future<?> each : working) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static void submit(ManualScheduler node, Random random) {
        node.runs()
                .submit(Submission.of(random.nextInt(6) == 0 ? "daily" : "hourly")
                        .payload(ScopedTypes.payload(1 + random.nextInt(2), random.nextInt(5) < 3 ? "refuse" : "ok"))
                        .manual(random.nextInt(10) == 0)
                        .by(ANNA)
                        .build());
    }

    private static void act(ManualScheduler person, Random random) {
        List<ScopeStatus> all = scopes(person);
        long id = all.get(random.nextInt(all.size())).scope().id();
        switch (random.nextInt(4)) {
            case 0 -> person.scopes().disable(id, ANNA, null);
            case 1 -> person.scopes().enable(id, ANNA, null);
            case 2 -> person.scopes().reset(id, ANNA, null);
            default -> person.scopes().reset(Map.of("platform", "uber_eats"), ANNA, null);
        }
    }

    private static List<ScopeStatus> scopes(ManualScheduler node) {
        return node.scopes().list(ScopeFilter.ALL, 10, null).items();
    }

    private static long open(ManualScheduler node) {
        return node.runs().list(RunFilter.ALL, 200, null).items().stream()
                .filter(run -> run.state().open())
                .count();
    }
}
