package io.requartz.jobs.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Makes the request of a payload, its templates filled. */
final class RequestBuilding {

    private static final String CONTENT_TYPE = "Content-Type";

    private final HttpPayload payload;
    private final Template template;

    RequestBuilding(HttpPayload payload) {
        this.payload = payload;
        this.template = new Template(payload.params());
    }

    /** @param idempotencyKey sent with every method but GET, HEAD and OPTIONS, unless the payload has that header itself */
    HttpRequest build(String idempotencyKey) {
        URI uri = uri(template.strict("url", payload.url(), RequestBuilding::urlEncoded));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        payload.headers()
                .forEach((name, value) ->
                        headers.put(name, template.strict("the header " + name, value, UnaryOperator.identity())));
        headers.putIfAbsent("User-Agent", "Requartz");
        if (payload.rules().expectJson()) {
            headers.putIfAbsent("Accept", "application/json");
        }
        if (payload.idempotencyHeader() != null && changesSomething()) {
            headers.putIfAbsent(payload.idempotencyHeader(), idempotencyKey);
        }
        if (payload.body() != null) {
            headers.putIfAbsent(
                    CONTENT_TYPE, payload.body().isTextual() ? "text/plain; charset=UTF-8" : "application/json");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(payload.method(), body(headers.get(CONTENT_TYPE)))
                // Over plain HTTP, HTTP/2 would need an upgrade header that some old servers choke on.
                .version(isHttps(uri) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        headers.forEach((name, value) -> header(request, name, value));
        return request.build();
    }

    private boolean changesSomething() {
        return switch (payload.method()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }

    private static URI uri(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw Invalid.payload("url cannot be read: " + e.getReason() + " at character " + e.getIndex());
        }
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !isHttps(uri)) {
            throw Invalid.payload(
                    "url must begin with http:// or https://; its scheme is " + (scheme == null ? "missing" : scheme));
        }
        if (uri.getHost() == null) {
            throw Invalid.payload("url names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw Invalid.payload(
                    "url has a user and password in it, which would end up in logs; use an Authorization header");
        }
        return uri;
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** The JDK's own message would quote the value, which may be a secret. */
    private static void header(HttpRequest.Builder request, String name, String value) {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException e) {
            throw Invalid.payload(
                    "the header " + name + " cannot be sent: its name is reserved or malformed, or its value has"
                            + " line breaks or other control characters");
        }
    }

    private BodyPublisher body(String contentType) {
        JsonNode body = payload.body();
        if (body == null) {
            return BodyPublishers.noBody();
        }
        if (!body.isTextual()) {
            return BodyPublishers.ofString(template.tree("body", body).toString(), StandardCharsets.UTF_8);
        }
        return BodyPublishers.ofString(
                template.lenient("body", body.textValue(), encoding(contentType)), StandardCharsets.UTF_8);
    }

    /** So that a value cannot break out of the text it is put into. */
    private static UnaryOperator<String> encoding(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.contains("json")) {
            return value -> new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
        if (type.contains("x-www-form-urlencoded")) {
            return RequestBuilding::urlEncoded;
        }
        return UnaryOperator.identity();
    }

    private static String urlEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
