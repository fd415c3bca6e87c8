package io.requartz.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.Retry;
import io.requartz.api.RunContext;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/**
 * Bears witness of each attempt, and does what its payload says: {@code {"millis": 1500, "fail": 2, "stubborn": true}} works for a
 * second and a half, fails while fewer than two attempts of the cycle have failed, and cares about no interrupt.
 */
@JobType(
        value = WitnessJob.TYPE,
        title = "Witness",
        retry = @Retry(maxAttempts = WitnessJob.MAX_ATTEMPTS, base = "100ms", maxDelay = "2s", jitter = "none"))
public final class WitnessJob implements Job {

    static final String TYPE = "witness";
    static final int MAX_ATTEMPTS = 6;

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        attempt(RunContext.of(context));
    }

    static void attempt(RunContext run) throws JobExecutionException {
        Witness witness = Witness.here();
        witness.saw(Sighting.Kind.BEGIN, run);
        try {
            JsonNode asked = JSON.readTree(run.payload());
            work(asked.path("millis").asLong(), asked.path("stubborn").asBoolean());
            if (run.failures() < asked.path("fail").asInt()) {
                throw failure(run);
            }
            witness.saw(Sighting.Kind.EFFECT, run);
            run.result("{\"attempt\": " + run.attempt() + "}");
        } catch (InterruptedException | JsonProcessingException failed) {
            throw new JobExecutionException(failed);
        } finally {
            witness.saw(Sighting.Kind.END, run);
        }
    }

    private static void work(long millis, boolean stubborn) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted() && !stubborn) {
                throw new InterruptedException("asked to stop");
            }
        }
    }

    private static RuntimeException failure(RunContext run) {
        return run.attempt() % 2 == 1
                ? JobFailedException.http(503, "Service Unavailable")
                : new IllegalStateException("the shop did not answer", new SocketTimeoutException("Read timed out"));
    }
}
