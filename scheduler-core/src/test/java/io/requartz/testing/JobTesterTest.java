package io.requartz.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import io.requartz.api.RunContext;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

class JobTesterTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    /** Says what it sees. */
    public static class Describing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            RunContext run = RunContext.of(context);
            run.log(context.getMergedJobDataMap().getString("name") + " "
                    + context.getJobDetail().getKey().getName() + " " + run.attempt() + " " + run.idempotencyKey());
            run.log(context.getJobDetail().getJobClass().getSimpleName());
            run.progress(250, "more than all");
            run.result("\"" + context.getFireTime().toInstant() + "\"");
        }
    }

    /** Fails as a downstream would. */
    public static class Failing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            throw JobFailedException.http(429, "Too Many Requests");
        }
    }

    @Test
    void aJobSeesWhatANodeWouldShowIt() {
        JobTester.Tested tested = JobTester.of(Describing::new)
                .clock(InstantSource.fixed(NOW))
                .type("describe")
                .runId("r1")
                .payload("{\"name\": \"Ada\"}")
                .afterFailures(2)
                .run();

        assertThat(tested.succeeded()).isTrue();
        assertThat(tested.run().lines()).containsExactly("Ada describe 3 r1-1", "Describing");
        assertThat(tested.run().progress()).containsExactly(new TestRunContext.Progress(100, "more than all"));
        assertThat(tested.result()).contains("\"2026-05-01T12:00:00Z\"");
    }

    @Test
    void whatAJobThrowsIsClassified() {
        JobTester.Tested tested = JobTester.of(Failing::new).run();

        assertThat(tested.succeeded()).isFalse();
        assertThat(tested.thrown().orElseThrow()).isInstanceOf(JobFailedException.class);
        assertThat(tested.failure().orElseThrow().category()).isEqualTo(ErrorCategory.RATE_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nope", "{} {}"})
    void aResultMustBeJson(String result) {
        TestRunContext run = new TestRunContext("r1", "t", "{}", null, 0);

        assertThatThrownBy(() -> run.result(result)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aResultIsAtMost64KiB() {
        TestRunContext run = new TestRunContext("r1", "t", "{}", null, 0);

        assertThatThrownBy(() -> run.result("\"" + "x".repeat(64 << 10) + "\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 KiB");
    }
}
