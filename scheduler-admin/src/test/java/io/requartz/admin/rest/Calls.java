package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls the API as a client does. */
public final class Calls {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final String token;

    /** @param token null: none */
    public Calls(int port, String token) {
        this.port = port;
        this.token = token;
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    public Answer patch(String path, String body, String... headers) {
        return call("PATCH", path, body, headers);
    }

    public Answer call(String method, String path, String body, String... headers) {
        try {
            return new Answer(CLIENT.send(request(method, path, body, headers), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " has no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    CompletableFuture<Answer> getLater(String path) {
        return CLIENT.sendAsync(request("GET", path, null), BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    /** @param body null: none, and no content type */
    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(90))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /** Submits a run and gives its id. */
    String submit(String type, String body) {
        return post("/api/v1/job-types/" + type + "/runs", body)
                .expecting(201)
                .json()
                .get("id")
                .asText();
    }

    /** Waits until the run has ended. */
    JsonNode ended(String id) {
        return get("/api/v1/runs/" + id + "?wait=30s").expecting(200).json();
    }

    /** An answer with what tests ask of it. */
    public record Answer(HttpResponse<String> response) {

        public Answer expecting(int status) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return this;
        }

        /** Checks what holds for every error; gives its fields. */
        public JsonNode problem(int status, String type) {
            expecting(status);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            JsonNode problem = json();
            assertThat(problem.path("type").asText()).isEqualTo("urn:requartz:problem:" + type);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("title").asText()).isNotBlank();
            assertThat(problem.path("detail").asText()).isNotBlank();
            assertThat(problem.path("hint").asText()).isNotBlank();
            return problem;
        }

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return Json.stored(response.body());
        }

        /** Null if there is none. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }
}
