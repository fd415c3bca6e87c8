package io.requartz.jobs.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.Failure;
import io.requartz.testing.JobTester;
import io.requartz.testing.JobTester.Tested;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpJobTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1").gzipDisabled(true))
            .build();

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void unlisten() {
        logger().detachAppender(logged);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.requartz.jobs");
    }

    private static void answer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    /** @param rest further fields of the payload, each with a comma before it */
    private static String payload(String rest) {
        return "{\"url\": \"" + SERVER.baseUrl() + "/orders?key=s3cret\"" + rest + "}";
    }

    private static Tested run(String payload) {
        return JobTester.of(HttpJob::new)
                .clock(InstantSource.fixed(NOW))
                .payload(payload)
                .run();
    }

    private static Failure failure(String payload) {
        return run(payload).failure().orElseThrow();
    }

    @Test
    void jsonComesBackAsTheResult() {
        answer(aResponse().withHeader("Content-Type", "application/json").withBody("{\"id\": 7}"));

        assertThat(run(payload("")).result()).contains("{\"status\":200,\"json\":{\"id\":7}}");
    }

    @Test
    void settingsSayTheRequestAndThePayloadFillsItIn() {
        answer(aResponse().withStatus(204));

        Tested tested = JobTester.of(HttpJob::new)
                .settings("{\"method\": \"PUT\", \"url\": \"" + SERVER.baseUrl()
                        + "/shops/{shop}/menu\", \"headers\": {\"Authorization\": \"Bearer t\"}, \"body\": \"{menu}\"}")
                .payload("{\"shop\": \"a b\", \"menu\": {\"Margherita\": 11}}")
                .run();

        assertThat(tested.succeeded()).isTrue();
        SERVER.verify(putRequestedFor(urlEqualTo("/shops/a%20b/menu"))
                .withHeader("Authorization", equalTo("Bearer t"))
                .withRequestBody(equalToJson("{\"Margherita\": 11}")));
    }

    @Test
    void aPayloadThatLacksWhatTheSettingsNameIsInvalid() {
        Failure failure = JobTester.of(HttpJob::new)
                .settings("{\"url\": \"" + SERVER.baseUrl() + "/shops/{shop}\"}")
                .payload("{\"store\": 7}")
                .run()
                .failure()
                .orElseThrow();

        assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
        assertThat(failure.message()).contains("{shop}", "store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\": {\"message\": \"Closed\"}} | Closed",
                "{\"error\": {\"message\": \" \"}} | answered 503",
                "{\"error\": 7} | answered 503",
                "<html> | answered 503",
            })
    void theDownstreamsOwnWordsAreTheMessageWhereTheyAreFound(String body, String message) {
        answer(aResponse().withStatus(503).withBody(body));

        Failure failure = failure(payload(", \"error-at\": \"/error/message\""));

        assertThat(failure.message()).contains(message);
        assertThat(failure.httpStatus()).isEqualTo(503);
    }

    @Test
    void anErrorPlaceThatIsNoPointerIsInvalid() {
        assertThat(failure(payload(", \"error-at\": \"error.message\"")).message())
                .contains("error-at is \"error.message\"")
                .contains("JSON pointer");
    }

    @Test
    void textComesBackAsAnExcerpt() {
        answer(aResponse()
                .withStatus(201)
                .withHeader("Content-Type", "text/plain")
                .withBody("made"));

        assertThat(run(payload("")).result()).contains("{\"status\":201,\"excerpt\":\"made\"}");
    }

    @Test
    void jsonThatIsTooLargeForAResultComesBackAsAnExcerpt() {
        answer(aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody("[\"" + "x".repeat(100_000) + "\"]"));

        String result = run(payload("")).result().orElseThrow();

        assertThat(result).contains("\"excerpt\"").hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "400, validation", "401, authentication", "403, permission", "404, not_found", "408, timeout", "409, temporary",
        "410, not_found", "418, validation", "422, validation", "425, temporary", "429, rate_limit",
                "500, server_error",
        "502, server_error", "503, server_error", "504, server_error", "302, validation", "304, validation"
    })
    void whatIsNoSuccessIsAFailureByItsStatus(int status, String category) {
        answer(aResponse().withStatus(status).withBody(status == 304 ? "" : "why not"));

        Failure failure = failure(payload(""));

        assertThat(failure.httpStatus()).isEqualTo(status);
        assertThat(failure.category()).isEqualTo(new ErrorCategory(category));
        assertThat(failure.message()).contains("GET " + SERVER.baseUrl() + "/orders answered " + status);
        assertThat(failure.responseExcerpt()).isEqualTo(status == 304 ? "" : "why not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"120 | 120", "0 | 0", "Fri, 01 May 2026 12:05:00 GMT | 300", "Fri, 01 May 2026 11:00:00 GMT | 0"})
    void retryAfterIsHonouredInBothForms(String header, long seconds) {
        answer(aResponse().withStatus(429).withHeader("Retry-After", header));

        assertThat(failure(payload("")).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1e9", "99999999999999999999", "01/05/2026", "2026-05-01T12:05:00Z"})
    void garbageInRetryAfterIsIgnoredWithALineInTheLog(String header) {
        answer(aResponse().withStatus(503).withHeader("Retry-After", header));

        assertThat(failure(payload("")).retryAfter()).isNull();
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(
                        it -> assertThat(it).contains("Retry-After is ignored").contains(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[404]", "[\"2xx\", \"404\"]", "[\"400-404\"]", "[\"4xx\"]"})
    void theSuccessRuleDecidesWhatIsASuccess(String rule) {
        answer(aResponse().withStatus(404));

        assertThat(run(payload(", \"success\": " + rule)).succeeded()).isTrue();
    }

    @Test
    void aSuccessThatTheRuleDoesNotNameIsAFailure() {
        answer(aResponse().withStatus(202));

        assertThat(failure(payload(", \"success\": [201]")).category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }

    @Test
    void anAnswerThatComesTooLateIsATimeout() {
        answer(aResponse().withFixedDelay(20_000));

        Failure failure = failure(payload(", \"timeout\": \"300ms\""));

        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure.message()).contains("300 ms");
    }

    @Test
    void anAnswerThatDripsPastTheTimeoutIsATimeoutThough() {
        answer(aResponse().withBody("x".repeat(1_000)).withChunkedDribbleDelay(50, 20_000));

        assertThat(failure(payload(", \"timeout\": \"500ms\"")).category()).isEqualTo(ErrorCategory.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTION_RESET_BY_PEER",
                "EMPTY_RESPONSE",
                "RANDOM_DATA_THEN_CLOSE",
                "MALFORMED_RESPONSE_CHUNK"
            })
    void aBrokenConnectionIsANetworkFailure(String fault) {
        answer(aResponse().withFault(Fault.valueOf(fault)));

        assertThat(failure(payload("")).category()).isEqualTo(ErrorCategory.NETWORK);
    }

    @Test
    void aServerThatIsNotThereIsANetworkFailure() {
        Failure failure = failure("{\"url\": \"http://127.0.0.1:1/\"}");

        assertThat(failure.category()).isEqualTo(ErrorCategory.NETWORK);
        assertThat(failure.message()).contains("GET http://127.0.0.1:1/ got no answer");
    }

    @Test
    void anEndlessAnswerIsReadOnlyUpToItsBound() {
        answer(aResponse().withHeader("Content-Type", "application/json").withBody(new byte[3 << 20]));

        assertThat(run(payload("")).result().orElseThrow()).hasSizeLessThan(30_000);
        assertThat(failure(payload(", \"expect\": \"json\"")).message()).contains("longer than 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"half\":"})
    void ifJsonIsExpectedAnythingElseIsMalformed(String body) {
        answer(aResponse().withBody(body));

        Failure failure = failure(payload(", \"expect\": \"json\""));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.responseExcerpt()).isEqualTo(body);
    }

    @Test
    void theExcerptIsReadInTheAnswersCharsetAndCutAt4KiB() {
        answer(aResponse()
                .withStatus(500)
                .withHeader("Content-Type", "text/plain; charset=ISO-8859-1")
                .withBody("\u00e9".repeat(9_000).getBytes(StandardCharsets.ISO_8859_1)));

        String excerpt = failure(payload("")).responseExcerpt();

        assertThat(excerpt).isEqualTo("\u00e9".repeat(2_048));
    }

    @Test
    void redirectsAreFollowedOnlyIfWanted() {
        SERVER.stubFor(any(urlEqualTo("/orders?key=s3cret"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", "/new?token=s3cret")));
        SERVER.stubFor(
                any(urlEqualTo("/new?token=s3cret")).willReturn(aResponse().withBody("here")));

        assertThat(failure(payload("")).message()).contains("moved to /new").doesNotContain("s3cret");
        assertThat(run(payload(", \"follow-redirects\": true")).result())
                .contains("{\"status\":200,\"excerpt\":\"here\"}");
    }

    @Test
    void theIdempotencyKeyGoesWithWhatChangesSomething() {
        answer(aResponse());

        run(payload(", \"method\": \"POST\""));
        SERVER.verify(postRequestedFor(anyUrl())
                .withHeader("Idempotency-Key", equalTo("0190b2c4-0000-7000-8000-000000000001-1")));

        run(payload(""));
        SERVER.verify(getRequestedFor(anyUrl()).withHeader("Idempotency-Key", absent()));
    }

    @Test
    void theIdempotencyHeaderMayBeRenamedGivenOrSwitchedOff() {
        answer(aResponse());

        run(payload(", \"method\": \"PUT\", \"idempotency-header\": \"X-Request-Key\""));
        run(payload(", \"method\": \"PUT\", \"idempotency-header\": false"));
        run(payload(", \"method\": \"PUT\", \"headers\": {\"idempotency-key\": \"mine\"}"));

        SERVER.verify(
                1,
                putRequestedFor(anyUrl())
                        .withHeader("X-Request-Key", equalTo("0190b2c4-0000-7000-8000-000000000001-1")));
        SERVER.verify(1, putRequestedFor(anyUrl()).withHeader("Idempotency-Key", equalTo("mine")));
        SERVER.verify(2, putRequestedFor(anyUrl()).withHeader("Idempotency-Key", absent()));
    }

    @Test
    void paramsFillAddressHeadersAndBody() {
        answer(aResponse());

        Tested tested = run("""
                {"url": "%s/shops/{shop}/menu?note=${payload.note}",
                 "headers": {"X-Shop": "shop-{shop}"},
                 "body": {"id": "{shop}", "text": "Hi {name}!", "items": "${payload.items}", "open": "{unknown}"},
                 "params": {"shop": 7, "note": "a b&c", "name": "Zo\\"e", "items": [1, 2]}}
                """.formatted(SERVER.baseUrl()));

        assertThat(tested.thrown()).isEmpty();
        SERVER.verify(postRequestedFor(urlEqualTo("/shops/7/menu?note=a%20b%26c"))
                .withHeader("X-Shop", equalTo("shop-7"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson(
                        "{\"id\": 7, \"text\": \"Hi Zo\\\"e!\", \"items\": [1, 2], \"open\": \"{unknown}\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "application/json | {\"n\": \"{v}\"} | {\"n\": \"a\\\"b&c\"}",
                "application/x-www-form-urlencoded | n={v} | n=a%22b%26c",
                "text/plain | n={v} | n=a\"b&c"
            })
    void aValueCannotBreakOutOfATextBody(String type, String body, String sent) {
        answer(aResponse());

        run(payload(", \"headers\": {\"Content-Type\": \"%s\"}, \"params\": {\"v\": \"a\\\"b&c\"}, \"body\": \"%s\""
                .formatted(type, body.replace("\"", "\\\""))));

        SERVER.verify(postRequestedFor(anyUrl()).withRequestBody(equalTo(sent)));
    }

    @Test
    void withoutParamsBracesAreLeftAlone() {
        answer(aResponse());

        run(payload(", \"body\": {\"query\": \"query { shop {id} }\"}"));

        SERVER.verify(postRequestedFor(anyUrl()).withRequestBody(equalToJson("{\"query\": \"query { shop {id} }\"}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{} | url",
                "{\"url\": \"ftp://example.com/\"} | scheme is ftp",
                "{\"url\": \"file:///etc/passwd\"} | scheme is file",
                "{\"url\": \"example.com\"} | scheme is missing",
                "{\"url\": \"http:///path\"} | url",
                "{\"url\": \"http://a b/\"} | url cannot be read",
                "{\"url\": \"http://me:pw@127.0.0.1/\"} | Authorization",
                "{\"url\": \"http://127.0.0.1/\", \"method\": \"BREW\"} | BREW",
                "{\"url\": \"http://127.0.0.1/\", \"timeout\": \"30\"} | timeout",
                "{\"url\": \"http://127.0.0.1/\", \"timeout\": \"0s\"} | timeout",
                "{\"url\": \"http://127.0.0.1/\", \"success\": []} | success",
                "{\"url\": \"http://127.0.0.1/\", \"success\": [\"ok\"]} | success",
                "{\"url\": \"http://127.0.0.1/\", \"expect\": \"xml\"} | expect",
                "{\"url\": \"http://127.0.0.1/\", \"retries\": 3} | retries",
                "{\"url\": \"http://127.0.0.1/{shop}\", \"params\": {\"store\": 1}} | {shop}",
                "{\"url\": \"http://127.0.0.1/{shop}\", \"params\": {\"shop\": null}} | {shop}",
                "{\"url\": \"http://127.0.0.1/\", \"headers\": {\"Host\": \"other\"}} | Host"
            })
    void aPayloadThatMakesNoSenseIsAValidationFailureThatSaysWhy(String payload, String why) {
        Failure failure = failure(payload);

        assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
        assertThat(failure.message()).contains(why);
    }

    @Test
    void aHeaderCannotSmuggleInAnother() {
        Failure failure = failure(payload(", \"headers\": {\"X-A\": \"s3cret\\r\\nX-B: 1\"}"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
        assertThat(failure.message()).contains("X-A").doesNotContain("s3cret");
        assertThat(failure.stackTrace()).doesNotContain("s3cret");
    }

    @Test
    void secretsOfHeadersAndQueryAreNeitherLoggedNorInFailures() {
        answer(aResponse().withStatus(500));

        Failure failure = failure(payload(", \"headers\": {\"Authorization\": \"Bearer s3cret\"}"));

        assertThat(failure.message() + failure.stackTrace()).doesNotContain("s3cret");
        assertThat(logged.list).isNotEmpty();
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneSatisfy(it -> assertThat(it).contains("s3cret"));
    }

    @Test
    void aCancelledRunIsNotSent() {
        SERVER.resetRequests();

        Tested tested = JobTester.of(HttpJob::new)
                .payload(payload(""))
                .cancelRequested()
                .run();

        assertThat(tested.succeeded()).isFalse();
        assertThat(tested.thrown().orElseThrow()).hasMessageContaining("asked to stop");
    }

    @Test
    void anInterruptEndsTheWaitAtOnceAndKeepsTheFlag() {
        answer(aResponse().withFixedDelay(60_000));
        AtomicReference<Tested> tested = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            tested.set(run(payload(", \"timeout\": \"60s\"")));
            flag.set(Thread.currentThread().isInterrupted());
        });
        worker.start();
        Awaitility.await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);

        worker.interrupt();

        Awaitility.await().until(() -> flag.get() != null);
        assertThat(flag.get()).isTrue();
        assertThat(tested.get().thrown().orElseThrow()).hasRootCauseInstanceOf(InterruptedException.class);
    }
}
