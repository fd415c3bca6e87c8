package io.requartz.run;

import io.requartz.api.ErrorCategory;
import io.requartz.api.ErrorClassifier;
import io.requartz.failure.Failure;
import io.requartz.failure.FailureClassifier;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.CycleState;
import io.requartz.retry.Decision;
import io.requartz.retry.GiveUpReason;
import io.requartz.retry.RetryPlanner;
import io.requartz.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.quartz.JobExecutionException;

/**
 * Builds outcomes: classifies what was thrown, counts it with the run's own counters, asks the retry planner what follows.
 * No I/O; safe to use from any thread if the random generator is.
 */
public final class OutcomePlanner {

    private final Function<String, Optional<JobTypeDefinition>> types;
    private final Function<FiredRun, RetryPolicy> policies;
    private final Function<String, List<ErrorClassifier>> plugins;
    private final FailureClassifier classifier;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * All that is asked for answers from memory.
     *
     * @param types the job type of a name; empty if it is not known here
     * @param policies what decides about a run now
     * @param plugins what a job type's plugin brings to tell its failures
     */
    public OutcomePlanner(
            Function<String, Optional<JobTypeDefinition>> types,
            Function<FiredRun, RetryPolicy> policies,
            Function<String, List<ErrorClassifier>> plugins,
            FailureClassifier classifier,
            InstantSource clock,
            RandomGenerator random) {
        this.types = types;
        this.policies = policies;
        this.plugins = plugins;
        this.classifier = classifier;
        this.clock = clock;
        this.random = random;
    }

    /** Now, but never before it began: its node's clock may be ahead of this one, or this one was set back since. */
    private Instant endOf(FiredRun run) {
        Instant now = clock.instant();
        return now.isBefore(run.startedAt()) ? run.startedAt() : now;
    }

    public Outcome succeeded(FiredRun run, String closedBy, String result, AttemptLog log) {
        return Outcome.succeeded(run, endOf(run), closedBy, result, log);
    }

    public Outcome cancelled(FiredRun run, String closedBy, String why, AttemptLog log) {
        return Outcome.cancelled(run, endOf(run), closedBy, why, log);
    }

    public Outcome handedOver(FiredRun run, String closedBy, String why, AttemptLog log) {
        return Outcome.handedOver(run, endOf(run), closedBy, why, log);
    }

    public Outcome failed(FiredRun run, String closedBy, Throwable thrown, AttemptLog log) {
        Failure failure = classifier.classify(thrown, run.type(), plugins.apply(run.type()));
        Instant now = clock.instant();
        Decision decision = instructed(thrown, plan(run, failure, 0, now), now);
        return Outcome.failed(run, endOf(run), closedBy, failure, decision, log);
    }

    /** Interrupted at its time limit; whatever it threw then is only how it ended. */
    public Outcome timedOut(FiredRun run, String closedBy, Throwable thrown, AttemptLog log) {
        Failure ended = classifier.classify(thrown);
        String limit = types.apply(run.type())
                .map(JobTypeDefinition::timeLimit)
                .map(time -> "its time limit of " + time.toMillis() + " ms")
                .orElse("its time limit");
        Failure failure = new Failure(
                ErrorCategory.TIMEOUT,
                ended.exceptionClass(),
                "It ran longer than " + limit + " and was interrupted.",
                ended.stackTrace(),
                null,
                null,
                null);
        Instant now = clock.instant();
        return Outcome.failed(run, endOf(run), closedBy, failure, plan(run, failure, 0, now), log);
    }

    /** It ended, and nothing tells how. */
    public Outcome lost(FiredRun run, String closedBy, AttemptLog log) {
        Failure failure = new Failure(
                ErrorCategory.UNKNOWN,
                null,
                "The attempt ended without an outcome: a listener or the scheduler itself failed. The node's log says more.",
                null,
                null,
                null,
                null);
        Instant now = clock.instant();
        return Outcome.failed(run, endOf(run), closedBy, failure, plan(run, failure, 0, now), log);
    }

    /** @param bootId the boot that died */
    public Outcome nodeLost(FiredRun run, String closedBy, String bootId) {
        Failure failure = new Failure(
                ErrorCategory.NODE_LOST,
                null,
                "Node " + bootId + " died or lost its lease while the attempt ran.",
                null,
                null,
                null,
                null);
        Instant now = clock.instant();
        return Outcome.nodeLost(run, endOf(run), closedBy, failure, plan(run, failure, 1, now));
    }

    /** Quartz's own instructions of a job come before the policy: refire at once, or take this trigger (or all) away. */
    private static Decision instructed(Throwable thrown, Decision planned, Instant now) {
        if (!(thrown instanceof JobExecutionException asked)) {
            return planned;
        }
        if (asked.unscheduleFiringTrigger() || asked.unscheduleAllTriggers()) {
            return new Decision.GiveUp(GiveUpReason.UNSCHEDULED, false, "the job asked to be unscheduled");
        }
        if (asked.refireImmediately() && planned instanceof Decision.Retry) {
            return new Decision.Retry(Duration.ZERO, now, "immediate", "the job asked to be fired again at once");
        }
        return planned;
    }

    private Decision plan(FiredRun run, Failure failure, int nodesLost, Instant now) {
        Map<ErrorCategory, Integer> byCategory = new HashMap<>(run.failuresByCategory());
        byCategory.merge(failure.category(), 1, Integer::sum);
        CycleState cycle = new CycleState(
                run.failures() + 1,
                byCategory,
                run.nodesLost() + nodesLost,
                run.cycleStartedAt() == null ? run.startedAt() : run.cycleStartedAt(),
                // a later cycle is as good as submitted when a person began it, and that is when it started
                run.cycle() == 1 || run.cycleStartedAt() == null ? run.createdAt() : run.cycleStartedAt(),
                run.parked() == null ? Duration.ZERO : run.parked());
        return RetryPlanner.plan(policies.apply(run), cycle, failure, now, random);
    }
}
