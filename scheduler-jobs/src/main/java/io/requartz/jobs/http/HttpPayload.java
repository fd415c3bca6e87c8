package io.requartz.jobs.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of the {@code http} type, checked: docs/jobs.md describes each field. It comes from the run's payload, or from the
 * settings of a type that is made of this one, and then the payload is its {@code params}.
 *
 * @param body null: none
 * @param params null: none, and then nothing is a template
 * @param idempotencyHeader null: none is sent
 */
record HttpPayload(
        String method,
        String url,
        Map<String, String> headers,
        JsonNode body,
        JsonNode params,
        String idempotencyHeader,
        Rules rules) {

    static final String IDEMPOTENCY_HEADER = "Idempotency-Key";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> KEYS = Set.of(
            "method",
            "url",
            "headers",
            "body",
            "params",
            "timeout",
            "success",
            "expect",
            "error-at",
            "idempotency-header",
            "follow-redirects");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    /**
     * How the answer is waited for and judged.
     *
     * @param timeout from the request's start to the last byte of the answer
     * @param errorAt where a JSON answer tells what went wrong; null: nowhere
     */
    record Rules(
            Duration timeout, SuccessRule success, boolean expectJson, JsonPointer errorAt, boolean followRedirects) {}

    /** @throws io.requartz.api.JobFailedException of category validation, telling what is wrong */
    static HttpPayload parse(String payload) {
        return of(tree(payload));
    }

    /** As the other, of a type with settings. */
    static HttpPayload parse(String settings, String payload) {
        return of(((ObjectNode) tree(settings)).set("params", tree(payload)));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw Invalid.payload("the payload is not JSON: " + e.getOriginalMessage());
        }
    }

    private static HttpPayload of(JsonNode root) {
        root.fieldNames().forEachRemaining(HttpPayload::requireKnown);
        JsonNode body = present(root, "body");
        return new HttpPayload(
                method(root, body),
                requireText(root, "url"),
                headers(root),
                body,
                params(root),
                idempotencyHeader(root),
                new Rules(timeout(root), success(root), expectJson(root), errorAt(root), followRedirects(root)));
    }

    private static void requireKnown(String key) {
        if (!KEYS.contains(key)) {
            throw Invalid.payload("the payload has an unknown field " + key + "; known are "
                    + String.join(", ", KEYS.stream().sorted().toList()));
        }
    }

    private static String method(JsonNode root, JsonNode body) {
        JsonNode method = present(root, "method");
        if (method == null) {
            return body == null ? "GET" : "POST";
        }
        String name = method.asText().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(name)) {
            throw Invalid.payload("method is \"" + method.asText() + "\"; expected one of "
                    + String.join(", ", METHODS.stream().sorted().toList()));
        }
        return name;
    }

    private static Map<String, String> headers(JsonNode root) {
        Map<String, String> headers = new LinkedHashMap<>();
        JsonNode found = present(root, "headers");
        if (found == null) {
            return headers;
        }
        if (!found.isObject()) {
            throw Invalid.payload("headers must be an object of names and texts");
        }
        found.properties().forEach(each -> {
            if (!each.getValue().isValueNode() || each.getValue().isNull()) {
                throw Invalid.payload("the header " + each.getKey() + " must be a text");
            }
            headers.put(each.getKey(), each.getValue().asText());
        });
        return headers;
    }

    private static JsonNode params(JsonNode root) {
        JsonNode params = present(root, "params");
        if (params != null && !params.isObject()) {
            throw Invalid.payload("params must be an object");
        }
        return params;
    }

    private static String idempotencyHeader(JsonNode root) {
        JsonNode header = present(root, "idempotency-header");
        if (header == null || (header.isBoolean() && header.booleanValue())) {
            return IDEMPOTENCY_HEADER;
        }
        if (header.isBoolean()) {
            return null;
        }
        if (!header.isTextual() || header.textValue().isBlank()) {
            throw Invalid.payload("idempotency-header must be the name of a header, or false for none");
        }
        return header.textValue();
    }

    private static Duration timeout(JsonNode root) {
        JsonNode found = present(root, "timeout");
        if (found == null) {
            return DEFAULT_TIMEOUT;
        }
        Matcher parts = DURATION.matcher(found.asText());
        if (parts.matches()) {
            long amount = Long.parseLong(parts.group(1));
            Duration timeout = switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (!timeout.isZero() && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                return timeout;
            }
        }
        throw Invalid.payload("timeout is \"" + found.asText()
                + "\"; expected a number with a unit, as in \"500ms\", \"30s\" or \"5m\", more than 0 and at most 24h");
    }

    private static SuccessRule success(JsonNode root) {
        JsonNode found = present(root, "success");
        return found == null ? SuccessRule.ANY_2XX : SuccessRule.parse(found);
    }

    private static boolean expectJson(JsonNode root) {
        JsonNode expect = present(root, "expect");
        if (expect == null || expect.asText().equals("any")) {
            return false;
        }
        if (!expect.asText().equals("json")) {
            throw Invalid.payload("expect is \"" + expect.asText() + "\"; expected \"json\" or \"any\"");
        }
        return true;
    }

    private static JsonPointer errorAt(JsonNode root) {
        JsonNode pointer = present(root, "error-at");
        try {
            return pointer == null ? null : JsonPointer.compile(pointer.asText());
        } catch (IllegalArgumentException noPointer) {
            throw Invalid.payload(
                    "error-at is \"" + pointer.asText() + "\"; expected a JSON pointer, as in \"/error/message\"");
        }
    }

    private static boolean followRedirects(JsonNode root) {
        JsonNode follow = present(root, "follow-redirects");
        if (follow != null && !follow.isBoolean()) {
            throw Invalid.payload("follow-redirects must be true or false");
        }
        return follow != null && follow.booleanValue();
    }

    private static String requireText(JsonNode root, String key) {
        JsonNode found = present(root, key);
        if (found == null || !found.isTextual() || found.textValue().isBlank()) {
            throw Invalid.payload("the payload needs a " + key + ", a text");
        }
        return found.textValue();
    }

    private static JsonNode present(JsonNode root, String key) {
        JsonNode found = root.get(key);
        return found == null || found.isNull() ? null : found;
    }
}
