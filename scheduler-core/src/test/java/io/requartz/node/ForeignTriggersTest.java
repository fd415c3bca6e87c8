package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.definition.DefinitionSet;
import io.requartz.failure.Classification;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.calendar.DailyCalendar;
import org.quartz.listeners.JobListenerSupport;

/** Triggers that somebody stores through Quartz's own API live in the same tables, by Quartz's rules. */
class ForeignTriggersTest {

    private static final AtomicInteger FIRED = new AtomicInteger();

    /** Nothing of Requartz. */
    public static final class ForeignJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            FIRED.incrementAndGet();
        }
    }

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

    private TestSchema schema;
    private HikariDataSource pool;
    private Engine engine;

    private Scheduler join(TestDatabase kind) throws Exception {
        FIRED.set(0);
        schema = kind.fresh();
        pool = Pools.create("foreign", schema.jdbcUrl(), schema.user(), schema.password(), 4);
        Database database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        engine = new Engine(
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
        engine.member().join();
        return engine.scheduler().scheduler();
    }

    @AfterEach
    void leave() throws Exception {
        if (engine != null) {
            engine.close();
            pool.close();
            schema.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void foreignTriggersFireByQuartzsOwnRules(TestDatabase kind) throws Exception {
        Scheduler quartz = join(kind);
        quartz.scheduleJob(
                JobBuilder.newJob(ForeignJob.class).withIdentity("theirs").build(),
                TriggerBuilder.newTrigger()
                        .withIdentity("three times", "theirs")
                        .withSchedule(SimpleScheduleBuilder.repeatSecondlyForTotalCount(3, 1))
                        .build());
        Run ours = engine.runs().submit(Submission.of("scripted").build()).run();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            engine.member().beat();
            engine.turn(20);
            return FIRED.get() == 3;
        });

        assertThat(engine.runs().get(ours.id()).state()).isEqualTo(RunState.SUCCEEDED);
        engine.turn(20);
        assertThat(quartz.checkExists(new TriggerKey("three times", "theirs"))).isFalse();
    }

    @Test
    void quartzReadsTheTriggerOfARunAsOneFire() throws Exception {
        Scheduler quartz = join(TestDatabase.H2);
        Run ours = engine.runs().submit(Submission.of("scripted").build()).run();

        Trigger trigger = quartz.getTrigger(new TriggerKey(ours.id() + "#1", "requartz"));

        assertThat(trigger.getNextFireTime()).isEqualTo(Date.from(ours.dueAt()));
        assertThat(trigger.getFireTimeAfter(trigger.getNextFireTime())).isNull();
        assertThat(trigger.getMisfireInstruction()).isEqualTo(Trigger.MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY);
        assertThat(quartz.getTriggersOfJob(trigger.getJobKey()).get(0)).isEqualTo(trigger);
    }

    @Test
    void pausingEverythingInQuartzLeavesRunsAlone() throws Exception {
        Scheduler quartz = join(TestDatabase.H2);
        quartz.scheduleJob(
                JobBuilder.newJob(ForeignJob.class).withIdentity("theirs").build(),
                TriggerBuilder.newTrigger().withIdentity("once", "theirs").build());
        Run ours = engine.runs().submit(Submission.of("scripted").build()).run();

        quartz.pauseAll();
        engine.member().beat();
        engine.turn(20);

        assertThat(engine.runs().get(ours.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(FIRED.get()).isZero();
        quartz.resumeAll();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            engine.member().beat();
            engine.turn(20);
            return FIRED.get() == 1;
        });
    }

    @Test
    void quartzsApiCannotTakeARunsTriggerAway() throws Exception {
        Scheduler quartz = join(TestDatabase.H2);
        Run ours = engine.runs()
                .submit(Submission.of("scripted").delay(Duration.ofHours(1)).build())
                .run();

        quartz.unscheduleJob(new TriggerKey(ours.id() + "#1", "requartz"));
        quartz.pauseTrigger(new TriggerKey(ours.id() + "#1", "requartz"));

        engine.runs().retryNow(ours.id(), io.requartz.run.Actor.SYSTEM, null, null, null);
        engine.member().beat();
        engine.turn(20);
        assertThat(engine.runs().get(ours.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThatThrownBy(quartz::clear).isInstanceOf(SchedulerException.class);
    }

    /** Quartz leaves out everything that would follow, the end of the execution included. */
    @Test
    void aListenerThatThrowsTakesNothingFromARun() throws Exception {
        Scheduler quartz = join(TestDatabase.H2);
        quartz.getListenerManager().addJobListener(new Throwing());
        Run ours = engine.runs().submit(Submission.of("scripted").build()).run();

        engine.member().beat();
        engine.turn(20);

        assertThat(engine.runs().get(ours.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.runs().attempts(ours.id())).hasSize(1);
    }

    @Test
    void nothingIsStoredJavaSerialized() throws Exception {
        Scheduler quartz = join(TestDatabase.H2);
        assertThatThrownBy(() -> quartz.addCalendar("nights", new DailyCalendar("22:00", "23:00"), true, true))
                .isInstanceOf(SchedulerException.class)
                .hasMessageContaining("calendar");
    }
}
