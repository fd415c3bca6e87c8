package io.requartz.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.JobExecutionException;
import org.xml.sax.InputSource;

class FailureClassifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final FailureClassifier classifier = new FailureClassifier(InstantSource.fixed(NOW));

    @ParameterizedTest
    @CsvSource({
        "429, rate_limit",
        "500, server_error",
        "502, server_error",
        "503, server_error",
        "504, server_error",
        "599, server_error",
        "408, timeout",
        "409, temporary",
        "423, temporary",
        "425, temporary",
        "404, not_found",
        "410, not_found",
        "401, authentication",
        "403, permission",
        "400, validation",
        "422, validation",
        "405, validation",
        "418, validation",
        "499, validation",
        "302, unknown",
        "200, unknown",
        "-7, unknown",
        "700, unknown"
    })
    void anHttpStatusTellsTheCategory(int status, String category) {
        Failure failure = classifier.classify(JobFailedException.http(status, "no"));

        assertThat(failure.category().name()).isEqualTo(category);
        assertThat(failure.httpStatus()).isEqualTo(status);
    }

    static Stream<Arguments> exceptions() throws Exception {
        return Stream.of(
                as("timeout", new SocketTimeoutException("Read timed out")),
                as("timeout", new HttpTimeoutException("request timed out")),
                as("timeout", new HttpConnectTimeoutException("HTTP connect timed out")),
                as("timeout", new InterruptedIOException()),
                as("timeout", new TimeoutException()),
                as("timeout", new ConnectException("Connection timed out")),
                as("timeout", new SQLTimeoutException("slow")),
                as("timeout", new SQLException("canceling statement due to statement timeout", "57014")),
                as("network", new ConnectException("Connection refused")),
                as("network", new UnknownHostException("api.example.com")),
                as("network", new NoRouteToHostException("no")),
                as("network", new SocketException("Connection reset")),
                as("network", new ClosedChannelException()),
                as("network", new EOFException("on connect")),
                as("network", new IOException("Broken pipe")),
                as("network", new IOException("HTTP/1.1 header parser received no bytes")),
                as("network", new SQLException("gone", "08006")),
                as("network", new SQLException("gone", "08S01")),
                as("network", new SQLException("the database system is shutting down", "57P01")),
                as("network", new SQLTransientConnectionException("pool: request timed out after 30000ms")),
                as("temporary", new SQLException("serialization failure", "40001")),
                as("temporary", new SQLException("deadlock detected", "40P01")),
                as("temporary", new SQLException("could not obtain lock", "55P03")),
                as("temporary", new SQLException("Timeout trying to lock table", "HYT00", 50_200)),
                as("temporary", new SQLException("Lock wait timeout exceeded", "HY000", 1_205)),
                as("temporary", new SQLException("Deadlock found", "HY000", 1_213)),
                as("temporary", new BatchUpdateException(new SQLException("deadlock detected", "40P01"))),
                as("authentication", new SQLException("password authentication failed", "28P01")),
                as("permission", new SQLException("permission denied for table runs", "42501")),
                as("unknown", new SQLException("duplicate key", "23505")),
                as("unknown", new SQLException("no state")),
                as("malformed_response", thrownBy(() -> new ObjectMapper().readTree("<html>"))),
                as("malformed_response", thrownBy(FailureClassifierTest::parseBrokenXml)),
                as("malformed_response", new MalformedInputException(3)),
                as("validation", new MalformedURLException("no protocol")),
                as("not_found", new FileNotFoundException("https://api.example.com/orders/7")),
                as("unknown", new FileNotFoundException("/data/in.csv (No such file or directory)")),
                as("out_of_memory", new OutOfMemoryError("Java heap space")),
                as("unknown", new NullPointerException()),
                as("unknown", new IllegalStateException("the moon is full")),
                as("unknown", new StackOverflowError()),
                as("unknown", new NoClassDefFoundError("com/example/Missing")),
                as("timeout", new SSLException("handshake", new SocketTimeoutException("Read timed out"))),
                as("network", new SSLException("Remote host terminated the handshake")));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void anExceptionTellsTheCategory(String category, Throwable thrown) {
        assertThat(classifier.classify(thrown).category().name()).isEqualTo(category);
        assertThat(classifier.classify(wrapped(thrown)).category().name())
                .as("wrapped")
                .isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the request timed out | timeout",
                "upstream timeout | timeout",
                "context deadline exceeded | timeout",
                "Rate limit exceeded, slow down | rate_limit",
                "rate_limit_error | rate_limit",
                "Too Many Requests | rate_limit",
                "quota exceeded for project | rate_limit",
                "Invalid API key provided | authentication",
                "invalid_api_key | authentication",
                "token has expired | authentication",
                "Unauthorized | authentication",
                "Forbidden | permission",
                "access denied for user | permission",
                "Connection refused: localhost/127.0.0.1:9 | network",
                "connection reset by peer | network",
                "Temporary failure in name resolution | network",
                "Internal Server Error | server_error",
                "upstream said: Service Unavailable | server_error",
                "504 Gateway Timeout | server_error",
                "Server returned HTTP response code: 503 for URL: https://x | server_error",
                "HTTP/1.1 429 | rate_limit",
                "HTTP 404 | not_found",
                "status code: 401 | authentication",
                "unexpected status 422 | validation",
                "404 Not Found: [no body] | not_found",
                "422 Unprocessable Entity | validation",
                "Deadlock found when trying to get lock | temporary",
                "Lock wait timeout exceeded; try restarting transaction | temporary",
                "please try again later | temporary",
                "Unexpected character ('<' (code 60)) | malformed_response",
                "invalid JSON | malformed_response",
                "validation failed for field email | validation",
                "process exited with code 124 | timeout",
                "exit code 1240 | unknown",
                "process exited with exit code 124 | timeout",
                "exit status: 75 | temporary",
                "exit code 1 | unknown",
                "500 messages were sent | unknown",
                "order 404 is odd | unknown",
                "the 4290 of them | unknown",
                "nothing in particular | unknown"
            })
    void aMessageTellsTheCategoryWhereNothingElseDoes(String message, String category) {
        assertThat(classifier.classify(new RuntimeException(message)).category().name())
                .isEqualTo(category);
    }

    @Test
    void whatTheJobSaysIsBelievedFirst() {
        JobFailedException said = new JobFailedException("HTTP 503", new SocketTimeoutException())
                .category(ErrorCategory.PERMISSION)
                .responseExcerpt("{\"error\":1}");

        Failure failure = classifier.classify(new ExecutionException(said));

        assertThat(failure.category()).isEqualTo(ErrorCategory.PERMISSION);
        assertThat(failure.responseExcerpt()).isEqualTo("{\"error\":1}");
        assertThat(failure.exceptionClass()).isEqualTo(JobFailedException.class.getName());
    }

    @Test
    void whatTheJobLeavesOpenIsClassifiedFromItsCauseOn() {
        Failure failure = classifier.classify(new JobFailedException("sync failed", new ConnectException("refused")));

        assertThat(failure.category()).isEqualTo(ErrorCategory.NETWORK);
        assertThat(failure.httpStatus()).isNull();
    }

    @Test
    void aJobCannotSayThatItsNodeWasLost() {
        Failure failure = classifier.classify(new JobFailedException("gone").category(ErrorCategory.NODE_LOST));

        assertThat(failure.category()).isEqualTo(ErrorCategory.UNKNOWN);
    }

    @Test
    void aRetryAfterIsPassedOnAsAWait() {
        assertThat(classifier
                        .classify(JobFailedException.http(429, "slow").retryAfter(Duration.ofSeconds(30)))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(classifier
                        .classify(JobFailedException.http(429, "slow").retryAfter(NOW.plusSeconds(90)))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(classifier
                        .classify(JobFailedException.http(429, "slow").retryAfter(NOW.minusSeconds(90)))
                        .retryAfter())
                .isZero();
        assertThat(classifier
                        .classify(JobFailedException.http(429, "slow").retryAfter(Instant.MAX))
                        .retryAfter())
                .isPositive();
        assertThat(classifier.classify(JobFailedException.http(429, "slow")).retryAfter())
                .isNull();
    }

    @Test
    void aRetryAfterThatMakesNoSenseHarmsNobody() {
        assertThat(classifier
                        .classify(new JobFailedException("a year").retryAfter(Duration.ofDays(365)))
                        .retryAfter())
                .as("the policy's ceiling cuts it")
                .isEqualTo(Duration.ofDays(365));
        assertThat(classifier
                        .classify(new JobFailedException("past").retryAfter(NOW.minusSeconds(5)))
                        .retryAfter())
                .isEqualTo(Duration.ZERO);
        for (Instant absurd : new Instant[] {Instant.MAX, Instant.MIN}) {
            assertThat(classifier
                            .classify(JobFailedException.http(429, "x").retryAfter(absurd))
                            .category())
                    .isEqualTo(ErrorCategory.RATE_LIMIT);
        }
        for (long seconds : new long[] {Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(classifier
                            .classify(JobFailedException.http(429, "x").retryAfter(Duration.ofSeconds(seconds)))
                            .category())
                    .isEqualTo(ErrorCategory.RATE_LIMIT);
        }
    }

    @Test
    void carriersThatSayNothingOfTheirOwnAreLookedThrough() {
        IOException cause = new IOException("Broken pipe");

        Failure carried = classifier.classify(
                new JobExecutionException(new CompletionException(new UncheckedIOException(cause))));
        Failure told = classifier.classify(new JobExecutionException("menu of shop 7", cause));

        assertThat(carried.exceptionClass()).isEqualTo("java.io.IOException");
        assertThat(carried.message()).isEqualTo("Broken pipe");
        assertThat(told.exceptionClass()).isEqualTo("org.quartz.JobExecutionException");
        assertThat(told.message()).isEqualTo("menu of shop 7");
        assertThat(told.category()).isEqualTo(ErrorCategory.NETWORK);
    }

    @Test
    void theStackTraceShowsTheChainAsTheJdkDoes() {
        String stack = classifier
                .classify(new IllegalStateException("outer", new IOException("inner")))
                .stackTrace();

        assertThat(stack)
                .startsWith("java.lang.IllegalStateException: outer\n\tat io.requartz.failure.FailureClassifierTest.")
                .contains("\nCaused by: java.io.IOException: inner\n")
                .containsPattern("\\.\\.\\. \\d+ more\n");
    }

    @Test
    void aStatusThatOnlyTheMessageNamesIsKept() {
        assertThat(classifier
                        .classify(new IOException("HTTP 503 from upstream"))
                        .httpStatus())
                .isEqualTo(503);
        assertThat(classifier.classify(new IOException("no status here")).httpStatus())
                .isNull();
    }

    @Test
    void everyShippedCategoryHasAMeaning() {
        assertThat(ErrorCategories.shipped()).hasSize(13).allSatisfy(category -> {
            assertThat(ErrorCategories.description(category)).isNotBlank();
            assertThat(ErrorCategories.isRetriedByDefault(category)).isEqualTo(ErrorCategories.isTemporary(category));
        });
        assertThat(ErrorCategories.shipped().stream().filter(category -> !ErrorCategories.isTemporary(category)))
                .extracting(ErrorCategory::name)
                .containsExactly("not_found", "authentication", "permission", "validation", "out_of_memory");
        assertThat(ErrorCategories.isTemporary(new ErrorCategory("one_of_a_job")))
                .isTrue();
    }

    private static Arguments as(String category, Throwable thrown) {
        return Arguments.of(category, thrown);
    }

    private static Throwable wrapped(Throwable thrown) {
        return new CompletionException(new IllegalStateException("sync of " + Map.of("shop", 7), thrown));
    }

    private interface Throwing {
        Object call() throws Exception;
    }

    private static Throwable thrownBy(Throwing code) {
        try {
            code.call();
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    private static Object parseBrokenXml() throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader("{}")));
    }

    @Test
    void jacksonIsKnownByItsName() {
        assertThat(JsonProcessingException.class.getName())
                .isEqualTo("com.fasterxml.jackson.core.JsonProcessingException");
    }
}
