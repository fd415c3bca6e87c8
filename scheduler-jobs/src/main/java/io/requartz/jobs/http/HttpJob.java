package io.requartz.jobs.http;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import io.requartz.api.JobType;
import io.requartz.api.RunContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one HTTP request and judges the answer by its status. The answer becomes the run's result; what is not a success is a
 * failure with status, Retry-After and the answer's beginning. Headers are never logged, nor is the query of the address.
 */
@JobType(
        value = "http",
        title = "HTTP request",
        description = "Sends one request; a status outside of success is a failure, and Retry-After is honoured.",
        payloadSchema = "io/requartz/jobs/http/payload.schema.json",
        settingsSchema = "io/requartz/jobs/http/settings.schema.json")
public final class HttpJob implements Job {

    /** Of an answer, more is not read. */
    static final int BODY_BYTES = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(HttpJob.class);

    /** How often a waiting attempt looks whether it should stop, besides being interrupted. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** One client for all runs, for its connection pool; made when the first run needs it. */
    private static final class Clients {
        static final HttpClient STAYING = client(HttpClient.Redirect.NEVER);
        static final HttpClient FOLLOWING = client(HttpClient.Redirect.NORMAL);

        private static HttpClient client(HttpClient.Redirect redirect) {
            return HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .followRedirects(redirect)
                    .build();
        }
    }

    @Override
    public void execute(JobExecutionContext context) {
        RunContext run = RunContext.of(context);
        HttpPayload payload = run.settings() == null
                ? HttpPayload.parse(run.payload())
                : HttpPayload.parse(run.settings(), run.payload());
        HttpRequest request = new RequestBuilding(payload).build(run.idempotencyKey());
        String shown = request.method() + " " + withoutQuery(request.uri());
        HttpResponse<BoundedBody.Bytes> response = send(request, shown, payload.rules(), run);
        log.info("{} answered {}", shown, response.statusCode());
        run.result(new Answer(shown, response).result(payload.rules()));
    }

    private static HttpResponse<BoundedBody.Bytes> send(
            HttpRequest request, String shown, HttpPayload.Rules rules, RunContext run) {
        HttpClient client = rules.followRedirects() ? Clients.FOLLOWING : Clients.STAYING;
        CompletableFuture<HttpResponse<BoundedBody.Bytes>> answer =
                client.sendAsync(request, BoundedBody.handler(BODY_BYTES));
        try {
            return await(answer, shown, rules.timeout(), run);
        } catch (ExecutionException e) {
            throw broken(shown, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailedException(shown + " was interrupted before the answer was complete", e);
        } finally {
            answer.cancel(true); // closes the connection if the answer was not awaited to its end
        }
    }

    /** The whole answer must be there in time; the JDK's own timeout ends with the headers. */
    private static HttpResponse<BoundedBody.Bytes> await(
            CompletableFuture<HttpResponse<BoundedBody.Bytes>> answer, String shown, Duration timeout, RunContext run)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new JobFailedException(
                                shown + " timed out: no complete answer within " + timeout.toMillis() + " ms")
                        .category(ErrorCategory.TIMEOUT);
            }
            if (run.cancelRequested()) {
                throw new JobFailedException(shown + " was given up: the run was asked to stop");
            }
            try {
                return answer.get(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                // look at the deadline and at the run again
            }
        }
    }

    private static JobFailedException broken(String shown, Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return new JobFailedException(shown + " timed out while connecting", cause).category(ErrorCategory.TIMEOUT);
        }
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        JobFailedException failure = new JobFailedException(shown + " got no answer: " + what, cause);
        return cause instanceof IOException ? failure.category(ErrorCategory.NETWORK) : failure;
    }

    /** The query may hold keys. */
    private static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
