package io.requartz.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import io.requartz.failure.Failure;
import io.requartz.failure.FailureClassifier;
import io.requartz.retry.CycleState;
import io.requartz.retry.Decision;
import io.requartz.retry.RetryPlanner;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What deciding about one failure costs, the pure part of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlannerBenchmark {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Param({
        "{}",
        "{\"backoff\": \"fibonacci\", \"jitter\": {\"spread\": \"20%\"}, \"max-elapsed\": \"1d\"}",
        "{\"backoff\": {\"table\": [\"1h\", \"6h\", \"24h\", \"72h\"]}, \"measure-from\": \"creation\", \"min-delay\": \"15m\"}"
    })
    public String policy = "{}";

    private final SplittableRandom random = new SplittableRandom(1);
    private final FailureClassifier classifier = new FailureClassifier(InstantSource.fixed(NOW));
    private final Throwable thrown =
            new JobFailedException("the shop is slow", new SocketTimeoutException("Read timed out"));
    private final Failure failure =
            new Failure(ErrorCategory.TIMEOUT, "java.net.SocketTimeoutException", "x", null, null, null, null);
    private final CycleState cycle = new CycleState(
            3,
            Map.of(ErrorCategory.TIMEOUT, 2, ErrorCategory.NETWORK, 1),
            0,
            NOW.minusSeconds(300),
            NOW.minusSeconds(400),
            Duration.ofSeconds(20));
    private RetryPolicy read = RetryPolicy.DEFAULT;

    @Setup
    public void read() throws JsonProcessingException {
        read = RetryPolicyFormat.parse(new JsonMapper().readTree(policy), RetryPolicy.DEFAULT);
    }

    /** The decision. */
    @Benchmark
    public Decision plan() {
        return RetryPlanner.plan(read, cycle, failure, NOW, random);
    }

    /** An exception with a cause becomes a failure, and that a decision. */
    @Benchmark
    public Decision classifyAndPlan() {
        return RetryPlanner.plan(read, cycle, classifier.classify(thrown), NOW, random);
    }
}
