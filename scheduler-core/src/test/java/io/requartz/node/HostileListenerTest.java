package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.definition.DefinitionSet;
import io.requartz.failure.Classification;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.listeners.JobListenerSupport;

/** Somebody's listener in Quartz's scheduler throws, upon which Quartz leaves out everything that would follow. */
class HostileListenerTest {

    /** Fails where nobody expects it. */
    private static final class Throwing extends JobListenerSupport {

        @Override
        public String getName() {
            return "throwing";
        }

        @Override
        public void jobWasExecuted(JobExecutionContext context, JobExecutionException failed) {
            throw new IllegalStateException("the mail server is down");
        }
    }

    @Test
    void theAttemptEndsAsItsJobDid() throws Exception {
        try (TestSchema schema = TestDatabase.H2.fresh();
                HikariDataSource pool =
                        Pools.create("hostile", schema.jdbcUrl(), schema.user(), schema.password(), 4)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            try (Engine engine = engine(database)) {
                engine.join();
                engine.scheduler().scheduler().getListenerManager().addJobListener(new Throwing());
                String run = engine.runs()
                        .submit(Submission.of("scripted").build())
                        .run()
                        .id();

                engine.beat();
                engine.turn(20);

                assertThat(engine.runs().get(run).state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(engine.runs().attempts(run))
                        .extracting(Attempt::outcome)
                        .containsExactly(AttemptOutcome.SUCCEEDED);
                assertThat(new Doctor(database, Duration.ofSeconds(5), InstantSource.system())
                                .strict()
                                .examine())
                        .isEmpty();
            }
        }
    }

    private static Engine engine(Database database) throws Exception {
        return new Engine(
                new NodeSettings(
                        "one",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        2,
                        false,
                        20,
                        1 << 20,
                        1 << 16,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)),
                new Engine.Surroundings(
                        database,
                        database,
                        Plugins.builder().add(ScriptedJob.class).build(),
                        Gate.OPEN,
                        DefinitionSet.EMPTY,
                        Classification.SHIPPED,
                        InstantSource.system(),
                        Ticker.system(),
                        new Random(7)));
    }
}
