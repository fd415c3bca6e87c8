package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.quartz.LogCapture;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A node whose workers are virtual threads does all that one with platform threads does. */
class VirtualWorkersTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static CountDownLatch meeting = new CountDownLatch(1);

    @JobType("meeting")
    public static final class MeetingJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            meeting.countDown();
            try {
                if (!meeting.await(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("not all of them run side by side");
                }
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    @JobType(value = "talking", retry = @Retry(maxAttempts = 1))
    public static final class TalkingJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            LogCapture.append(Instant.EPOCH, "INFO", "job", "on " + Thread.currentThread());
            context.setResult(Thread.currentThread().getContextClassLoader() == TalkingJob.class.getClassLoader());
        }
    }

    @JobType(value = "endless", timeLimit = "1s", retry = @Retry(maxAttempts = 1))
    public static final class EndlessJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("interrupted", interrupted);
            }
        }
    }

    private TestSchema schema;

    @TempDir
    private Path directory;

    @BeforeEach
    void prepare() throws Exception {
        schema = TestDatabase.H2.fresh();
    }

    @AfterEach
    void drop() throws Exception {
        schema.close();
    }

    private RequartzNode open(int threads) {
        RequartzConfig config = RequartzConfig.of("one", directory)
                .withDatabase(new DatabaseConfig(
                        schema.jdbcUrl(), schema.user(), Secret.of(schema.password()), 10, Duration.ofSeconds(5)))
                .withWorkers(new WorkersConfig(threads, 1_000, true));
        return RequartzNode.open(
                config,
                Plugins.builder()
                        .add(MeetingJob.class)
                        .add(TalkingJob.class)
                        .add(EndlessJob.class)
                        .build());
    }

    private static Run ended(RequartzNode node, String type) {
        Run run = node.runs().submit(Submission.of(type).build()).run();
        return node.runs().await(run.id(), LONG_ENOUGH).orElseThrow();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void anOlderJavaIsRefused() {
        assertThatThrownBy(() -> open(10))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("virtual threads need Java 21 or newer");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theyLogAndHaveTheirPluginsClassLoader() {
        try (RequartzNode node = open(10)) {
            node.start();

            Run run = ended(node, "talking");

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.result()).isEqualTo("true");
            assertThat(node.runs().logs(run.id()).get(0).lines())
                    .singleElement()
                    .extracting("message")
                    .asString()
                    .startsWith("on VirtualThread[");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aThousandOfThemRunSideBySide() {
        meeting = new CountDownLatch(1_000);
        try (RequartzNode node = open(1_000)) {
            node.start();

            List<Submitted> all = node.runs()
                    .submitAll(IntStream.range(0, 1_000)
                            .mapToObj(i -> Submission.of("meeting").build())
                            .toList());

            await().atMost(LONG_ENOUGH)
                    .until(() -> node.control().status().runs().get(RunState.SUCCEEDED) == all.size());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theyAreInterruptedAtTheirTimeLimitAndByACancel() {
        try (RequartzNode node = open(10)) {
            node.start();

            Run limited = ended(node, "endless");
            Run cancelled = node.runs().submit(Submission.of("endless").build()).run();
            await().atMost(LONG_ENOUGH)
                    .until(() -> node.runs().get(cancelled.id()).state() == RunState.RUNNING);
            node.runs().cancel(cancelled.id(), Actor.SYSTEM, null);

            assertThat(limited.state()).isEqualTo(RunState.DEAD);
            assertThat(limited.lastCategory()).isEqualTo(ErrorCategory.TIMEOUT);
            assertThat(node.runs()
                            .await(cancelled.id(), LONG_ENOUGH)
                            .orElseThrow()
                            .state())
                    .isEqualTo(RunState.CANCELLED);
        }
    }
}
