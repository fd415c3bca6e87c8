package io.requartz.jobs.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came back, and what is made of it: a result, or a failure that tells all it knows. */
final class Answer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final int EXCERPT_BYTES = 4 << 10;

    /** Larger JSON would not fit into a result with certainty. */
    private static final int RESULT_BYTES = 60 << 10;

    private final String request;
    private final HttpResponse<BoundedBody.Bytes> response;

    /** @param request what was asked, for people: method and address without its query */
    Answer(String request, HttpResponse<BoundedBody.Bytes> response) {
        this.request = request;
        this.response = response;
    }

    /** Judges the answer: the result as JSON, or a failure. */
    String result(HttpPayload.Rules rules) {
        int status = response.statusCode();
        if (!rules.success().accepts(status)) {
            throw refused(status, rules);
        }
        JsonNode json = null;
        if (rules.expectJson() || contentType().contains("json")) {
            try {
                json = parse();
            } catch (IOException e) {
                if (rules.expectJson()) {
                    throw malformed(status, e);
                }
            }
        }
        return result(status, json);
    }

    private JobFailedException refused(int status, HttpPayload.Rules rules) {
        String phrase = Status.phrase(status);
        String answered = request + " answered " + status + (phrase.isEmpty() ? "" : " " + phrase) + redirect(status);
        JobFailedException failure =
                JobFailedException.http(status, told(rules).orElse(answered)).responseExcerpt(excerpt());
        if (status < 300) {
            failure.category(ErrorCategory.MALFORMED_RESPONSE);
        } else if (status < 400) {
            failure.category(ErrorCategory.VALIDATION);
        }
        response.headers().firstValue("Retry-After").ifPresent(value -> RetryAfter.apply(value, failure));
        return failure;
    }

    /** What the downstream itself says went wrong. */
    private Optional<String> told(HttpPayload.Rules rules) {
        if (rules.errorAt() == null) {
            return Optional.empty();
        }
        try {
            JsonNode error = parse().at(rules.errorAt());
            return error.isTextual() && !error.textValue().isBlank()
                    ? Optional.of(error.textValue())
                    : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private String redirect(int status) {
        Optional<String> location = response.headers().firstValue("Location");
        if (status < 300 || status >= 400 || location.isEmpty()) {
            return "";
        }
        int query = location.get().indexOf('?');
        String shown = query < 0 ? location.get() : location.get().substring(0, query);
        return ": it moved to " + shown + " (correct the url, or set follow-redirects: true)";
    }

    private JobFailedException malformed(int status, IOException why) {
        String what = why instanceof JsonProcessingException json ? json.getOriginalMessage() : why.getMessage();
        return JobFailedException.http(status, request + " answered " + status + ", but not with JSON: " + what)
                .category(ErrorCategory.MALFORMED_RESPONSE)
                .responseExcerpt(excerpt());
    }

    private JsonNode parse() throws IOException {
        if (response.body().cut()) {
            throw new IOException("it is longer than " + (HttpJob.BODY_BYTES >> 20) + " MiB");
        }
        if (response.body().bytes().length == 0) {
            throw new IOException("it is empty");
        }
        return JSON.readTree(response.body().bytes());
    }

    private String result(int status, JsonNode json) {
        ObjectNode result = JSON.createObjectNode().put("status", status);
        if (json != null) {
            String whole = result.deepCopy().<ObjectNode>set("json", json).toString();
            if (whole.getBytes(StandardCharsets.UTF_8).length <= RESULT_BYTES) {
                return whole;
            }
        }
        String excerpt = excerpt();
        if (!excerpt.isEmpty()) {
            result.put("excerpt", excerpt);
        }
        return result.toString();
    }

    /** The body's beginning, at most 4 KiB. */
    String excerpt() {
        byte[] bytes = response.body().bytes();
        if (bytes.length == 0) {
            return "";
        }
        if (binary()) {
            return "(" + bytes.length + (response.body().cut() ? " or more" : "") + " bytes of " + contentType() + ")";
        }
        String text = new String(bytes, 0, Math.min(bytes.length, EXCERPT_BYTES + 4), charset());
        StringBuilder kept = new StringBuilder();
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String piece = Character.toString(point);
            size += piece.getBytes(StandardCharsets.UTF_8).length;
            if (size > EXCERPT_BYTES) {
                break;
            }
            kept.append(piece);
            at += piece.length();
        }
        return kept.toString();
    }

    private boolean binary() {
        String type = contentType();
        return type.startsWith("image/")
                || type.startsWith("audio/")
                || type.startsWith("video/")
                || type.startsWith("application/octet-stream")
                || type.startsWith("application/zip")
                || type.startsWith("application/pdf");
    }

    private String contentType() {
        return response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    private Charset charset() {
        Matcher named = CHARSET.matcher(contentType());
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
