package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.api.JobType;
import io.requartz.config.ClusterConfig;
import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Runs that one node submits start on another, which would look by itself only once a minute. */
abstract class WakeUpContractTest {

    static final Duration LONG_BEFORE_IT_LOOKS = Duration.ofSeconds(15);

    private static CountDownLatch mayEnd = new CountDownLatch(1);

    @JobType("brief")
    public static final class BriefJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            // that it ran is all that is asked
        }
    }

    @JobType("long")
    public static final class LongJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            try {
                mayEnd.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final TestDatabase kind;
    TestSchema schema;
    RequartzNode submitter;
    RequartzNode worker;

    @TempDir
    private Path directory;

    WakeUpContractTest(TestDatabase kind) {
        this.kind = kind;
    }

    TestSchema schema() throws Exception {
        return kind.fresh();
    }

    @BeforeEach
    void open() throws Exception {
        mayEnd = new CountDownLatch(1);
        schema = schema();
        submitter = open("submitter");
        worker = open("worker");
        worker.start();
        // from here on it knows that runs flow, and PostgreSQL's announcements reach it
        assertThat(onWorker(worker)).isEqualTo(RunState.SUCCEEDED);
    }

    private RequartzNode open(String id) {
        return RequartzNode.open(
                RequartzConfig.of(id, directory)
                        .withDatabase(new DatabaseConfig(
                                schema.jdbcUrl(),
                                schema.user(),
                                Secret.of(schema.password()),
                                10,
                                Duration.ofSeconds(5)))
                        .withCluster(new ClusterConfig(
                                "requartz", Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMinutes(1)))
                        .withWorkers(new WorkersConfig(1, 10)),
                Plugins.builder().add(BriefJob.class).add(LongJob.class).build());
    }

    @AfterEach
    void close() throws Exception {
        mayEnd.countDown();
        if (submitter != null) {
            submitter.close();
        }
        if (worker != null) {
            worker.close();
        }
        if (schema != null) {
            schema.close();
        }
    }

    RunState onWorker(RequartzNode by) {
        return ended(by.runs().submit(Submission.of("brief").build()).run());
    }

    RunState ended(Run run) {
        return submitter
                .runs()
                .await(run.id(), LONG_BEFORE_IT_LOOKS)
                .orElseThrow()
                .state();
    }

    @Test
    void whatANodeSubmitsThatRunsNothingStartsOnAnother() {
        for (int i = 0; i < 10; i++) {
            assertThat(onWorker(submitter)).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    void whatABusyNodeSubmitsStartsOnAnother() {
        submitter.start();
        submitter.runs().submit(Submission.of("long").build());
        submitter.runs().submit(Submission.of("long").build());

        Run run = submitter.runs().submit(Submission.of("brief").build()).run();

        mayEnd.countDown();
        assertThat(ended(run)).isEqualTo(RunState.SUCCEEDED);
    }

    /** Many more than are taken at once, and none of them begins: nothing ends that would let the node look again. */
    @Test
    void aCrowdThatHasExpiredIsDealtWithWithoutAPause() {
        submitter.control().pause("brief", Actor.SYSTEM, null);
        Submission wish =
                Submission.of("brief").expireAfter(Duration.ofMillis(1)).build();
        List<Submitted> crowd = submitter.runs().submitAll(Collections.nCopies(300, wish));

        worker.control().resume("brief", Actor.SYSTEM, null);

        assertThat(ended(crowd.get(299).run())).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void whatACallerCommitsIsFoundWithoutAWord() throws Exception {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(false);
            Submitted submitted =
                    submitter.within(connection).submit(Submission.of("brief").build());
            connection.commit();

            assertThat(ended(submitted.run())).isEqualTo(RunState.SUCCEEDED);
        }
    }
}
