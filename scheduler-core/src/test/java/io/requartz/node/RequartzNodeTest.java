package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import io.requartz.config.ClusterConfig;
import io.requartz.config.DataSize;
import io.requartz.config.DatabaseConfig;
import io.requartz.config.LimitsConfig;
import io.requartz.config.NodeConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A whole node with its threads, on H2. It looks for due runs once a minute only: each test shows that it is told of them. */
class RequartzNodeTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private static CountDownLatch begun = new CountDownLatch(1);
    private static CountDownLatch mayEnd = new CountDownLatch(1);
    private static final AtomicInteger together = new AtomicInteger();
    private static final AtomicInteger mostTogether = new AtomicInteger();

    @JobType(value = "waiting", timeLimit = "1h", retry = @Retry(base = "10ms", jitter = "none"))
    public static final class WaitingJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            RunContext.of(context).progress(40, "under way");
            RunContext.of(context).log("it has begun");
            begun.countDown();
            awaitEnd();
        }

        private static void awaitEnd() {
            try {
                mayEnd.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("interrupted", interrupted);
            }
        }
    }

    @JobType(value = "limited", timeLimit = "50ms", retry = @Retry(maxAttempts = 1))
    public static final class LimitedJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            WaitingJob.awaitEnd();
        }
    }

    /** Does not care for interrupts. */
    @JobType(value = "deaf", timeLimit = "20ms", retry = @Retry(maxAttempts = 1))
    public static final class DeafJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            boolean ended = false;
            while (!ended) {
                try {
                    mayEnd.await();
                    ended = true;
                } catch (InterruptedException ignored) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @JobType("greeting")
    public static final class GreetingJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            context.setResult("hello " + context.getMergedJobDataMap().getString("name"));
            assertThat(context.getJobDetail().getJobClass()).isEqualTo(GreetingJob.class);
        }
    }

    @JobType("alone")
    @DisallowConcurrentExecution
    public static final class AloneJob implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            mostTogether.accumulateAndGet(together.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000);
            together.decrementAndGet();
        }
    }

    @TempDir
    private Path directory;

    private TestSchema schema;
    private RequartzNode node;

    @BeforeEach
    void start() throws Exception {
        begun = new CountDownLatch(1);
        mayEnd = new CountDownLatch(1);
        schema = TestDatabase.H2.fresh();
        node = open("one");
        node.start();
    }

    private DatabaseConfig database() {
        return new DatabaseConfig(
                schema.jdbcUrl(), schema.user(), Secret.of(schema.password()), 10, Duration.ofSeconds(5));
    }

    private RequartzNode open(String id) {
        RequartzConfig config = RequartzConfig.of(id, directory)
                .withNode(new NodeConfig(id, directory, Duration.ofMillis(300)))
                .withDatabase(database())
                .withCluster(new ClusterConfig(
                        "requartz", Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMinutes(1)))
                .withWorkers(new WorkersConfig(4, 20))
                .withLimits(new LimitsConfig(DataSize.mebibytes(1), DataSize.kibibytes(64), Duration.ofMillis(50)));
        return RequartzNode.open(
                config,
                Plugins.builder()
                        .add(WaitingJob.class)
                        .add(LimitedJob.class)
                        .add(DeafJob.class)
                        .add(GreetingJob.class)
                        .add(AloneJob.class)
                        .build());
    }

    @AfterEach
    void stop() throws Exception {
        mayEnd.countDown();
        node.close();
        schema.close();
    }

    private Run submit(String type, String payload) {
        return node.runs()
                .submit(Submission.of(type).payload(payload).by(ANNA).build())
                .run();
    }

    private Run awaitEnd(Run run) {
        return node.runs().await(run.id(), LONG_ENOUGH).orElseThrow();
    }

    @Test
    void aPlainQuartzJobFindsItsPayloadAndLeavesItsResult() {
        Run run = awaitEnd(submit("greeting", "{\"name\": \"Anna\"}"));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.result()).isEqualTo("\"hello Anna\"");
        assertThat(node.readiness().ready()).isTrue();
    }

    @Test
    void aRunningRunShowsItsProgressAndIsCancelledByRequest() throws Exception {
        Run run = submit("waiting", "{}");
        begun.await();
        await().atMost(LONG_ENOUGH).untilAsserted(() -> {
            Run seen = node.runs().get(run.id());
            assertThat(seen.progressPercent()).isEqualTo(40);
            assertThat(seen.progressMessage()).isEqualTo("under way");
            assertThat(node.runs().logs(run.id()).get(0).lines())
                    .extracting("message")
                    .contains("it has begun");
        });

        assertThat(node.runs().cancel(run.id(), ANNA, "a mistake").requested()).isTrue();
        Run cancelled = awaitEnd(run);

        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(node.runs().attempts(run.id()).get(0).outcome()).isEqualTo(AttemptOutcome.CANCELLED);
    }

    @Test
    void anOutcomeThatCommitsBeforeACancelTakesHoldStands() throws Exception {
        Run run = submit("deaf", "{}");
        await().atMost(LONG_ENOUGH).until(() -> node.runs().get(run.id()).state() == RunState.RUNNING);
        node.runs().cancel(run.id(), ANNA, null);
        mayEnd.countDown();

        assertThat(awaitEnd(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anAttemptBeyondItsTimeLimitIsInterruptedAndFailsAsTimeout() {
        Run run = awaitEnd(submit("limited", "{}"));

        assertThat(run.state()).isEqualTo(RunState.DEAD);
        assertThat(run.lastCategory()).isEqualTo(ErrorCategory.TIMEOUT);
    }

    @Test
    void anAttemptThatIgnoresItsInterruptIsStuckUntilItEnds() {
        Run run = submit("deaf", "{}");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(node.runs().attempts(run.id()))
                        .singleElement()
                        .satisfies(attempt -> assertThat(attempt.stuckSince()).isNotNull()));
        assertThat(node.runs().get(run.id()).state()).isEqualTo(RunState.RUNNING);

        mayEnd.countDown();
        assertThat(awaitEnd(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void stoppingHandsOverWhatIsNotDoneWithoutUsingAnAttempt() throws Exception {
        Run run = submit("waiting", "{}");
        begun.await();

        node.stop();
        node.stop();

        Run handedOver = node.runs().get(run.id());
        assertThat(handedOver.state()).isEqualTo(RunState.SCHEDULED);
        assertThat(handedOver.failures()).isZero();
        Attempt attempt = node.runs().attempts(run.id()).get(0);
        assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.HANDED_OVER);
        assertThat(node.readiness().ready()).isFalse();

        mayEnd.countDown();
        RequartzNode other = open("two");
        try (other) {
            other.start();
            Run done = other.runs().await(run.id(), LONG_ENOUGH).orElseThrow();
            assertThat(done.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(done.attempts()).isEqualTo(2);
            assertThat(other.doctor().examine()).noneMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }

    @Test
    void aPauseHoldsItsTypeAndNothingElse() {
        node.control().pause("greeting", ANNA, "maintenance");
        Run held = submit("greeting", "{\"name\": \"x\"}");
        Run other = awaitEnd(submit("alone", "{}"));

        assertThat(other.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(node.runs().get(held.id()).state()).isEqualTo(RunState.SCHEDULED);
        assertThat(node.control().status().pausedTypes())
                .singleElement()
                .satisfies(pause -> assertThat(pause.type()).isEqualTo("greeting"));

        node.control().resume("greeting", ANNA, null);
        assertThat(awaitEnd(held).state()).isEqualTo(RunState.SUCCEEDED);
        assertThatThrownBy(() -> node.control().pause("nobody", ANNA, null)).isInstanceOf(Problem.class);
    }

    @Test
    void anExclusiveTypeRunsOneAtATime() {
        mostTogether.set(0);
        List<Run> runs =
                IntStream.range(0, 30).mapToObj(i -> submit("alone", "{}")).toList();

        runs.forEach(run -> assertThat(awaitEnd(run).state()).isEqualTo(RunState.SUCCEEDED));
        assertThat(mostTogether.get()).isEqualTo(1);
    }

    @Test
    void aSecondNodeWithTheSameIdIsRefused() {
        try (RequartzNode second = open("one")) {
            assertThatThrownBy(second::start)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.getMessage()).contains("'one'"));
        }
    }

    @Test
    void aRunOfATypeThatNoNodeHasWaits() throws Exception {
        try (RequartzNode without = RequartzNode.open(
                RequartzConfig.of("poor", directory).withDatabase(database()),
                Plugins.builder().build())) {
            node.stop();
            Run run = without.runs().submit(Submission.of("greeting").build()).run();
            without.start();
            assertThat(without.runs()
                            .await(run.id(), Duration.ofMillis(300))
                            .orElseThrow()
                            .state())
                    .isEqualTo(RunState.SCHEDULED);
            assertThat(without.control().status().types())
                    .filteredOn(type -> type.definition().name().equals("greeting"))
                    .singleElement()
                    .satisfies(type -> {
                        assertThat(type.nodes()).isEmpty();
                        assertThat(type.due()).isEqualTo(1);
                    });
        }
    }
}
