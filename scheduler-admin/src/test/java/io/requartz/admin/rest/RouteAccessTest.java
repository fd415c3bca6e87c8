package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.rest.Calls.Answer;
import io.requartz.admin.rest.RouteList.Route;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteAccessTest {

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Route> routes() {
        return RouteList.all();
    }

    @Test
    void allRoutesAreKnownHere() {
        assertThat(routes())
                .extracting(route -> route.method() + " " + route.path().substring(Api.ROOT.length()))
                .containsExactlyInAnyOrder(
                        "GET /job-types",
                        "POST /job-types/{type}/runs",
                        "GET /runs",
                        "GET /runs/{id}",
                        "PATCH /runs/{id}",
                        "GET /runs/{id}/attempts",
                        "GET /runs/{id}/logs",
                        "GET /runs/{id}/events",
                        "POST /runs/{id}/retry",
                        "POST /runs/{id}/cancel",
                        "GET /dead-letters",
                        "GET /dead-letters/{id}",
                        "POST /dead-letters/{id}/retry",
                        "POST /dead-letters/{id}/resolve",
                        "POST /dead-letters/{id}/reject",
                        "GET /runs/{id}/policy",
                        "GET /policies",
                        "GET /policies/{name}",
                        "PUT /policies/{name}",
                        "POST /policies/simulate",
                        "GET /scopes",
                        "GET /scopes/{id}",
                        "POST /scopes/reset",
                        "POST /scopes/{id}/reset",
                        "POST /scopes/{id}/enable",
                        "POST /scopes/{id}/disable",
                        "GET /scopes/definitions",
                        "GET /scopes/definitions/{name}",
                        "PUT /scopes/definitions/{name}",
                        "GET /schedules",
                        "POST /schedules",
                        "GET /schedules/{name}",
                        "PUT /schedules/{name}",
                        "DELETE /schedules/{name}",
                        "POST /schedules/{name}/pause",
                        "POST /schedules/{name}/resume",
                        "POST /schedules/{name}/trigger",
                        "GET /schedules/{name}/fires",
                        "POST /dead-letters/{id}/assign",
                        "GET /dead-letters/groups",
                        "POST /dead-letters/retry",
                        "POST /dead-letters/resolve",
                        "POST /dead-letters/reject",
                        "POST /runs/retry",
                        "POST /runs/cancel",
                        "GET /bulk-actions",
                        "GET /bulk-actions/{id}",
                        "GET /bulk-actions/{id}/refusals",
                        "POST /bulk-actions/{id}/pause",
                        "POST /bulk-actions/{id}/resume",
                        "POST /bulk-actions/{id}/cancel",
                        "GET /audit",
                        "GET /scheduler",
                        "POST /scheduler/pause",
                        "POST /scheduler/resume",
                        "GET /nodes",
                        "POST /doctor");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void refusesWhoHasNoToken(Route route) {
        Answer answer = call(new Calls(server.port(), null), route);

        answer.problem(401, "unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"requartz\"");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void refusesWhoHasAWrongToken(Route route) {
        Answer answer = call(new Calls(server.port(), TestServer.TOKEN + "x"), route);

        answer.problem(401, "unauthorized");
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void letsTheRightTokenIn(Route route) {
        Answer answer = call(server.calls(), route);

        assertThat(answer.status()).isIn(200, 201, 400, 404);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void takesNothingButJson(Route route) {
        if (route.writes()) {
            String[] types = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "*/*"};
            for (String type : types) {
                server.calls()
                        .call(route.method(), route.filled(), "{}", "Content-Type", type)
                        .problem(415, "unsupported-media-type");
            }
            server.calls().call(route.method(), route.filled(), null).problem(415, "unsupported-media-type");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void refusesUnknownParameters(Route route) {
        Answer answer = server.calls()
                .call(route.method(), route.filled() + "?no-such-parameter=1", route.writes() ? "{}" : null);

        assertThat(answer.problem(400, "invalid").get("detail").asText()).contains("'no-such-parameter'");
    }

    @Test
    void whoHasNoTokenDoesNotLearnWhatExists() {
        Calls stranger = new Calls(server.port(), null);
        String known = server.calls().submit("hello", "{}");

        String ofKnown =
                stranger.get("/api/v1/runs/" + known).expecting(401).body().replace(known, "");
        String other = new RouteList.Route("GET", "{id}").filled();
        String ofUnknown =
                stranger.get("/api/v1/runs/" + other).expecting(401).body().replace(other, "");

        assertThat(ofKnown).isEqualTo(ofUnknown);
        stranger.get("/api/v1/nothing-here").expecting(401);
        stranger.call("DELETE", "/api/v1/runs", null).expecting(401);
        stranger.call("OPTIONS", "/api/v1/runs", null).expecting(401);
    }

    @Test
    void otherWaysToSendATokenAreNone() {
        Calls stranger = new Calls(server.port(), null);
        String token = TestServer.TOKEN;

        stranger.get("/api/v1/runs?access_token=" + token).expecting(401);
        stranger.call("GET", "/api/v1/runs", null, "Cookie", "token=" + token).expecting(401);
        stranger.call("GET", "/api/v1/runs", null, "Authorization", token).expecting(401);
        stranger.call("GET", "/api/v1/runs", null, "Authorization", "Basic " + token)
                .expecting(401);
        stranger.call("GET", "/api/v1/runs", null, "Authorization", "Bearer ").expecting(401);
        stranger.call("GET", "/api/v1/runs", null, "Authorization", "bearer " + token)
                .expecting(200);
    }

    @Test
    void methodsCannotBeOverridden() {
        String id = server.calls().submit("hello", "{\"delay\": \"1h\"}");

        Answer answer =
                server.calls().call("GET", "/api/v1/runs/" + id + "/cancel", null, "X-HTTP-Method-Override", "POST");

        answer.problem(405, "method-not-allowed");
        assertThat(server.calls().get("/api/v1/runs/" + id).json().get("state").asText())
                .isEqualTo("SCHEDULED");
    }

    @Test
    void everyAnswerIsProtectedInABrowser() {
        for (String path : new String[] {"/", "/livez", "/readyz", "/nowhere", "/api/v1/runs", "/api/v1/nowhere"}) {
            Answer answer = server.calls().get(path);

            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(answer.header("Server")).isNull();
            assertThat(answer.header("X-Powered-By")).isNull();
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }

    @Test
    void probesNeedNoToken() {
        Calls stranger = new Calls(server.port(), null);

        assertThat(stranger.get("/livez").expecting(200).body()).isEqualTo("{\"live\":true}");
        stranger.get("/readyz").expecting(200);
        stranger.call("POST", "/livez", "{}").problem(405, "method-not-allowed");
    }

    private static Answer call(Calls calls, Route route) {
        return calls.call(route.method(), route.filled(), route.writes() ? "{\"note\": \"because\"}" : null);
    }
}
