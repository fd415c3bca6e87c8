package io.requartz.bench;

import io.requartz.api.JobFailedException;
import io.requartz.failure.Failure;
import io.requartz.failure.FailureClassifier;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What becomes of an exception. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ClassifierBenchmark {

    private static final int WRAPPERS = 20;

    /** How it fails. */
    @Param({"an HTTP status", "a timeout", "a database within 20 wrappers"})
    public String how = "a timeout";

    private final FailureClassifier classifier =
            new FailureClassifier(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));
    private Throwable thrown = new IllegalStateException();

    @Setup
    public void fail() {
        thrown = switch (how) {
            case "an HTTP status" -> JobFailedException.http(503, "HTTP 503");
            case "a timeout" -> new UncheckedIOException(new SocketTimeoutException("Read timed out"));
            default -> wrapped(new SQLTransientConnectionException("the pool is empty", "08001"));
        };
    }

    private static Throwable wrapped(Throwable cause) {
        Throwable outer = cause;
        for (int i = 0; i < WRAPPERS; i++) {
            outer = new IllegalStateException("wrapper " + i, outer);
        }
        return outer;
    }

    /** Category, signature and the texts that are kept. */
    @Benchmark
    public Failure classify() {
        return classifier.classify(thrown);
    }
}
