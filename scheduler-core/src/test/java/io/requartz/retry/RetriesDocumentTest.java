package io.requartz.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import io.requartz.docs.Document;
import io.requartz.failure.DeclaredCategories;
import io.requartz.failure.ErrorCategories;
import io.requartz.failure.Failure;
import io.requartz.failure.FailureClassifier;
import io.requartz.time.Durations;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/retries.md} are what the code does. */
class RetriesDocumentTest {

    private static final Document RETRIES = Document.of("retries.md");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    private static RetryPolicy policy(String yaml) {
        try {
            return RetryPolicyFormat.parse(
                    new YAMLMapper().readTree("{jitter: none, max-attempts: 99, max-delay: none, " + yaml + "}"),
                    RetryPolicy.DEFAULT);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Test
    void eachBackoffWithItsFirstDelays() {
        RETRIES.says(
                "backoffs",
                Stream.concat(
                        Stream.of(
                                Document.row("policy", "after failure 1", "2", "3", "4", "5", "10"),
                                "|---|---|---|---|---|---|---|"),
                        Stream.of(
                                        "backoff: immediate",
                                        "backoff: {fixed: 30s}",
                                        "backoff: {linear: 15m}",
                                        "backoff: {exponential: 10s}",
                                        "backoff: {exponential: {base: 1h, multiplier: 1.5}}",
                                        "backoff: {exponential: {base: 2s, exponent-from: 1}}",
                                        "backoff: {fibonacci: 10s}",
                                        "backoff: {aggressive: 2s}",
                                        "backoff: {table: [1h, 6h, 24h, 72h]}",
                                        "backoff: {exponential: 10s}, first: 0s",
                                        "backoff: {exponential: 10s}, max-delay: 1m",
                                        "backoff: {fixed: 1s}, min-delay: 5s",
                                        "backoff: schedule")
                                .map(RetriesDocumentTest::delays)));
    }

    private static String delays(String written) {
        RetryPolicy policy = policy(written);
        List<String> cells = new ArrayList<>(List.of("`" + written + "`"));
        IntStream.of(1, 2, 3, 4, 5, 10).forEach(n -> {
            Decision decision = RetryPlanner.plan(
                    policy,
                    Cycles.afterFailure(n),
                    Cycles.failure(ErrorCategory.UNKNOWN),
                    Cycles.NOW,
                    new SplittableRandom(1));
            cells.add(decision instanceof Decision.Retry retry ? Durations.brief(retry.delay()) : "the run ends");
        });
        return Document.row(cells.toArray(String[]::new));
    }

    /** Each row of the table of categories: failures that are of it. */
    private static Map<String, List<Throwable>> failures() {
        Map<String, List<Throwable>> rows = new LinkedHashMap<>();
        rows.put("HTTP 429", List.of(status(429)));
        rows.put("HTTP 5xx", List.of(status(500), status(502), status(503), status(504), status(599)));
        rows.put(
                "read or connect timeout, HTTP 408",
                List.of(
                        new SocketTimeoutException("Read timed out"),
                        new ConnectException("Connection timed out"),
                        status(408)));
        rows.put(
                "connection refused or reset, DNS, SQLSTATE 08",
                List.of(
                        new ConnectException("Connection refused"),
                        new java.net.SocketException("Connection reset"),
                        new UnknownHostException("shop"),
                        new EOFException(),
                        new SQLException("gone", "08006")));
        rows.put(
                "SQLSTATE 40001 or 40P01, a lock's timeout; HTTP 409, 423, 425",
                List.of(
                        new SQLException("x", "40001"),
                        new SQLException("x", "40P01"),
                        new SQLException("x", "HYT00"),
                        new SQLException("x", "55P03"),
                        new SQLException("Lock wait timeout exceeded", "HY000", 1205),
                        status(409),
                        status(423),
                        status(425)));
        rows.put(
                "an answer that cannot be parsed",
                List.of(
                        new ParseException("x", 1),
                        new IllegalStateException("failed to parse the response"),
                        new org.xml.sax.SAXException("x")));
        rows.put("HTTP 404, 410", List.of(status(404), status(410)));
        rows.put("HTTP 401", List.of(status(401)));
        rows.put("HTTP 403", List.of(status(403)));
        rows.put(
                "HTTP 400, 422 and other 4xx, a payload that is not valid",
                List.of(status(400), status(422), status(405), status(418), new RuntimeException("validation failed")));
        rows.put("OutOfMemoryError", List.of(new OutOfMemoryError("Java heap space")));
        rows.put("the node was lost during the attempt", List.of());
        rows.put("anything else", List.of(new IllegalStateException("x"), new RuntimeException()));
        return rows;
    }

    private static Throwable status(int status) {
        return JobFailedException.http(status, "no");
    }

    @Test
    void eachCategoryWithWhatIsDoneAboutIt() {
        Set<ErrorCategory> told = new LinkedHashSet<>();
        List<String> rows = new ArrayList<>(List.of(
                Document.row("failure", "category", "", "tried again", "by default after"), "|---|---|---|---|---|"));
        failures().forEach((what, failures) -> {
            ErrorCategory category = failures.isEmpty() ? ErrorCategory.NODE_LOST : category(what, failures);
            told.add(category);
            rows.add(Document.row(
                    what,
                    "`" + category + "`",
                    ErrorCategories.isTemporary(category) ? "temporary" : "persistent",
                    RetryPolicy.DEFAULT.retries(category) ? "yes" : "no",
                    RetryPolicy.DEFAULT.retries(category) ? backoff(category) : ""));
        });

        assertThat(told).containsExactlyInAnyOrderElementsOf(DeclaredCategories.NONE.known());
        RETRIES.says("categories", rows.stream());
    }

    private static ErrorCategory category(String what, List<Throwable> failures) {
        Set<ErrorCategory> found = failures.stream()
                .map(new FailureClassifier(CLOCK)::classify)
                .map(Failure::category)
                .collect(Collectors.toSet());
        assertThat(found).as(what).hasSize(1);
        return found.iterator().next();
    }

    private static String backoff(ErrorCategory category) {
        Rule rule = RetryPolicy.DEFAULT.ruleFor(category);
        String backoff = rule.backoff() instanceof Backoff.Immediate
                ? "`immediate`"
                : "`" + rule.backoff().name() + "` from 10s";
        String first = rule.first() == null ? "" : ", `first: " + Durations.format(rule.first()) + "`";
        return category.equals(ErrorCategory.RATE_LIMIT) ? backoff + ", Retry-After first" : backoff + first;
    }

    @Test
    void everyKeyWithItsDefault() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("backoff", "how far apart; one of those above. Not set: by category, as below");
        keys.put("first", "the delay after failure 1, instead of the backoff's; the backoff goes on with failure 2");
        keys.put("max-attempts", "attempts of a cycle, the first one counted; or `unlimited`");
        keys.put("max-retries", "the same without the first one; the two replace each other");
        keys.put("min-delay", "no delay is shorter");
        keys.put("max-delay", "and none is longer; `none`: no cap");
        keys.put(
                "max-elapsed",
                "gives up so long after the cycle's first start; time that guards held the run does not count");
        keys.put(
                "measure-from", "from when delays count: `failure`, `creation`, or `{first: failure, then: creation}`");
        keys.put("jitter", "`none`, `full`, `equal`, `{plus: 5m}`, `{spread: 20%}`");
        keys.put("by-category", "any of the keys above for one category; its `max-attempts` counts that category only");
        keys.put(
                "retry-on",
                "`default` (the temporary ones), `all`, or a list: then what is not in it is not tried again");
        keys.put("never-on", "a list that wins over `retry-on`; `[node_lost]`: each run at most once");
        keys.put(
                "retry-after",
                "`{ceiling: 24h}`, `honour` or `ignore`: how far to obey a downstream that says when to come back");
        keys.put(
                "when-over",
                "`dead-letter`, or `close`: the run ends as FAILED. Not set: `close` for `schedule`, else `dead-letter`");
        keys.put("retry-enabled", "`false`: nothing is tried again");

        RETRIES.says(
                "keys",
                Stream.concat(
                        Stream.of(Document.row("key", "default", ""), "|---|---|---|"),
                        keys.entrySet().stream()
                                .map(key -> Document.row(
                                        "`" + key.getKey() + "`", defaultOf(key.getKey()), key.getValue()))));
        RetryPolicyFormat.write(RetryPolicy.DEFAULT)
                .fieldNames()
                .forEachRemaining(key -> assertThat(keys).containsKey(key));
    }

    private static String defaultOf(String key) {
        var value = RetryPolicyFormat.write(RetryPolicy.DEFAULT).get(key);
        return value == null ? "" : "`" + value.toString().replace("\"", "").replace(":", ": ") + "`";
    }
}
