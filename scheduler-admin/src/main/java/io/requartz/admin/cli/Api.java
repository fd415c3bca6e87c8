package io.requartz.admin.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Talks to a node's REST API, and tells what it refuses as {@link CliFailure}. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final URI server;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Api(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /** What came back with a status below 300. */
    record Answer(int status, JsonNode body) {}

    URI server() {
        return server;
    }

    /** @param path below {@code /api/v1} */
    JsonNode get(String path, Query query) {
        return send(request(path, query).GET()).body();
    }

    JsonNode get(String path) {
        return get(path, new Query());
    }

    Answer post(String path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, new Query())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        return send(request);
    }

    JsonNode post(String path, JsonNode body) {
        return post(path, body, Map.of()).body();
    }

    /** Whether a node answers there at all. */
    boolean answers() {
        try {
            http.send(
                    HttpRequest.newBuilder(server.resolve("/livez"))
                            .timeout(CONNECT)
                            .build(),
                    BodyHandlers.discarding());
            return true;
        } catch (IOException gone) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A part of a path, as it must be written in one. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path, Query query) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/api/v1" + path + query))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonNode body = body(response.body());
            if (response.statusCode() >= 300) {
                throw refused(response.statusCode(), body);
            }
            if (body == null) {
                throw noApi();
            }
            return new Answer(response.statusCode(), body);
        } catch (HttpTimeoutException slow) {
            throw CliFailure.of(
                    ExitCode.UNREACHABLE,
                    server + " does not answer in time.",
                    "Look at its log, and at what is between.",
                    slow);
        } catch (IOException gone) {
            throw CliFailure.of(
                    ExitCode.UNREACHABLE,
                    "There is no answer from " + server + " (" + reason(gone) + ").",
                    "Start a node with 'requartz node' or 'requartz demo', or name another one with --server or --port.",
                    gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CliFailure.of(ExitCode.FAILED, "Interrupted.", "", interrupted);
        }
    }

    private static String reason(IOException gone) {
        return gone.getMessage() == null ? gone.getClass().getSimpleName() : gone.getMessage();
    }

    private CliFailure noApi() {
        return CliFailure.of(
                ExitCode.UNREACHABLE,
                "What answers at " + server + " is not Requartz.",
                "Name the node with --server or --port.");
    }

    /** Null if it is not JSON. */
    private static JsonNode body(String text) {
        try {
            JsonNode body = text.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text);
            return body.isContainerNode() ? body : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private CliFailure refused(int status, JsonNode problem) {
        if (problem == null || !problem.has("title")) {
            return status == 401 || status == 403 ? notAuthorized("", problem) : noApi();
        }
        String what = Json.text(problem, "detail")
                .orElseGet(() -> Json.text(problem, "title").orElse("HTTP " + status));
        if (status == 401) {
            return notAuthorized(what, problem);
        }
        List<String> details = new ArrayList<>();
        problem.path("details").forEach(detail -> details.add(detail.asText()));
        return CliFailure.problem(
                exitCode(status), what, Json.text(problem, "hint").orElse(""), details, problem);
    }

    private CliFailure notAuthorized(String what, JsonNode problem) {
        String found = token.isPresent()
                ? "The token is not valid for " + server + "."
                : "No token for " + server + " was found.";
        return CliFailure.problem(
                ExitCode.NOT_AUTHORIZED,
                what.isEmpty() || token.isEmpty() ? found : what,
                "Set REQUARTZ_TOKEN, or name the node's data directory with --data (its file admin-token holds one).",
                List.of(),
                problem);
    }

    private static int exitCode(int status) {
        return switch (status) {
            case 401, 403 -> ExitCode.NOT_AUTHORIZED;
            case 404, 410 -> ExitCode.NOT_FOUND;
            case 409, 412, 423, 428 -> ExitCode.CONFLICT;
            case 429, 502, 503, 504 -> ExitCode.UNREACHABLE;
            default -> status < 500 ? ExitCode.USAGE : ExitCode.FAILED;
        };
    }

    /** Parameters of a list; those without value are left out. */
    static final class Query {
        private final StringBuilder text = new StringBuilder();

        Query with(String name, Object value) {
            if (value != null) {
                text.append(text.isEmpty() ? '?' : '&')
                        .append(segment(name))
                        .append('=')
                        .append(segment(value.toString()));
            }
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
