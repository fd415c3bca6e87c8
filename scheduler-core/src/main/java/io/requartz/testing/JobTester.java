package io.requartz.testing;

import io.requartz.api.ErrorClassifier;
import io.requartz.api.RunContext;
import io.requartz.failure.Failure;
import io.requartz.failure.FailureClassifier;
import io.requartz.quartz.PayloadDataMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.TriggerBuilder;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;

/**
 * Runs one attempt of a job in the calling thread, as a node would: the payload's top-level fields are the merged data map, and
 * {@link RunContext#of} gives a {@link TestRunContext}.
 *
 * <pre>{@code
 * JobTester.Tested tested = JobTester.of(SyncShops::new).payload("{\"shop\": 7}").run();
 * assertThat(tested.result()).contains("{\"synced\":3}");
 * }</pre>
 *
 * <p>{@code context.getScheduler()} is null. Not thread-safe.
 */
public final class JobTester {

    private final Supplier<? extends Job> job;
    private InstantSource clock = InstantSource.system();
    private String runId = "0190b2c4-0000-7000-8000-000000000001";
    private String type = "tested";
    private String payload = "{}";
    private String settings;
    private final List<ErrorClassifier> classifiers = new ArrayList<>();
    private int failures;
    private boolean cancelRequested;

    private JobTester(Supplier<? extends Job> job) {
        this.job = Objects.requireNonNull(job, "job");
    }

    /** @param job gives a new instance for each attempt, as a node does */
    public static JobTester of(Supplier<? extends Job> job) {
        return new JobTester(job);
    }

    public JobTester runId(String id) {
        this.runId = id;
        return this;
    }

    public JobTester type(String name) {
        this.type = name;
        return this;
    }

    /** JSON text of an object; default: an empty one. */
    public JobTester payload(String json) {
        this.payload = json;
        return this;
    }

    /** As {@code types.NAME.settings} of the configuration, JSON text of an object; default: none. */
    public JobTester settings(String json) {
        this.settings = json;
        return this;
    }

    /** Attempts that failed before this one; default 0. */
    public JobTester afterFailures(int count) {
        this.failures = count;
        return this;
    }

    /** Cancelling is requested before the job starts. */
    public JobTester cancelRequested() {
        this.cancelRequested = true;
        return this;
    }

    /** As the plugin's own; see {@link ErrorClassifier}. */
    public JobTester classifier(ErrorClassifier classifier) {
        classifiers.add(Objects.requireNonNull(classifier, "classifier"));
        return this;
    }

    /** What fire times and dates of Retry-After are told by; default: the system's clock. */
    public JobTester clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /** Whatever the job throws is in what is returned. */
    public Tested run() {
        TestRunContext run = new TestRunContext(runId, type, payload, settings, failures);
        if (cancelRequested) {
            run.requestCancel();
        }
        try {
            Job instance = job.get();
            instance.execute(context(instance, run));
            return new Tested(run, null, null);
        } catch (Throwable e) {
            return new Tested(run, e, new FailureClassifier(clock).classify(e, type, classifiers));
        }
    }

    private JobExecutionContext context(Job instance, TestRunContext run) {
        Instant now = clock.instant();
        JobDetail detail = JobBuilder.newJob(instance.getClass())
                .withIdentity(type, "testing")
                .storeDurably()
                .usingJobData(PayloadDataMap.of(payload))
                .build();
        OperableTrigger trigger = (OperableTrigger) TriggerBuilder.newTrigger()
                .withIdentity(runId + "-" + run.attempt())
                .forJob(detail)
                .startAt(Date.from(now))
                .build();
        trigger.computeFirstFireTime(null);
        Date fired = Date.from(now);
        TriggerFiredBundle bundle = new TriggerFiredBundle(detail, trigger, null, false, fired, fired, null, null);
        JobExecutionContextImpl context = new JobExecutionContextImpl(null, bundle, instance);
        context.put(RunContext.KEY, run);
        return context;
    }

    /** How the attempt went. */
    public static final class Tested {
        private final TestRunContext run;
        private final Throwable thrown;
        private final Failure failure;

        private Tested(TestRunContext run, Throwable thrown, Failure failure) {
            this.run = run;
            this.thrown = thrown;
            this.failure = failure;
        }

        public boolean succeeded() {
            return thrown == null;
        }

        /** What the job threw, itself. */
        public Optional<Throwable> thrown() {
            return Optional.ofNullable(thrown);
        }

        /** What the platform makes of what the job threw: category, Retry-After, excerpt. */
        public Optional<Failure> failure() {
            return Optional.ofNullable(failure);
        }

        public Optional<String> result() {
            return run.result();
        }

        public TestRunContext run() {
            return run;
        }
    }
}
