package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.console.Reader.Shown;
import io.requartz.admin.rest.TestServer;
import io.requartz.admin.security.Open;
import io.requartz.run.Actor;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets in, and what nobody can make a signed-in person's browser do. */
class ConsoleAccessTest {

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        server.node().schedules().create("access", daily(), new Actor("anna"), null);
    }

    private static ObjectNode daily() {
        return JsonNodeFactory.instance.objectNode().put("type", "hello").put("every", "1d");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    record Route(String method, String path, boolean open) {

        /** With a waiting run's id. */
        String filled() {
            return path.replace("{id}", waitingRun()).replace("{type}", "hello").replace("{name}", "access");
        }
    }

    private static String waitingRun() {
        return server.node()
                .runs()
                .submit(Submission.of("hello").delay(Duration.ofHours(1)).build())
                .run()
                .id();
    }

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : Console.ROUTES) {
            collect(Resource.from(resource), "", routes);
        }
        return routes;
    }

    private static void collect(Resource resource, String above, List<Route> routes) {
        String part = resource.getPath().replaceAll("^/|/$", "");
        String path = part.isEmpty() ? above : above + "/" + part;
        for (ResourceMethod method : resource.getResourceMethods()) {
            routes.add(new Route(method.getHttpMethod(), path.isEmpty() ? "/" : path, has(method, Open.class)));
        }
        resource.getChildResources().forEach(child -> collect(child, path, routes));
    }

    private static boolean has(ResourceMethod method, Class<? extends Annotation> kind) {
        Method handler = method.getInvocable().getHandlingMethod();
        return handler.isAnnotationPresent(kind);
    }

    static List<Route> pages() {
        return routes().stream()
                .filter(route -> route.method.equals("GET") && !route.open)
                .toList();
    }

    static List<Route> acts() {
        return routes().stream()
                .filter(route -> route.method.equals("POST") && !route.open)
                .toList();
    }

    @Test
    void allRoutesAreKnownHere() {
        assertThat(routes())
                .extracting(route -> route.method + " " + route.path + (route.open ? " open" : ""))
                .containsExactlyInAnyOrder(
                        "GET /",
                        "GET /assets/{version}/{name} open",
                        "GET /sign-in open",
                        "POST /sign-in open",
                        "POST /sign-out",
                        "POST /scheduler/pause",
                        "POST /scheduler/resume",
                        "GET /runs",
                        "GET /runs/{id}",
                        "GET /runs/{id}/retry",
                        "POST /runs/{id}/retry",
                        "POST /runs/{id}/cancel",
                        "GET /dead-letters",
                        "GET /dead-letters/groups",
                        "POST /dead-letters/assign",
                        "POST /dead-letters/{id}/assign",
                        "POST /dead-letters/{id}/resolve",
                        "POST /dead-letters/{id}/reject",
                        "GET /job-types",
                        "GET /job-types/{type}",
                        "POST /job-types/{type}/runs",
                        "POST /job-types/{type}/pause",
                        "POST /job-types/{type}/resume",
                        "POST /bulk-actions/pick",
                        "GET /bulk-actions/new",
                        "POST /bulk-actions/begin",
                        "GET /bulk-actions",
                        "GET /bulk-actions/{id}",
                        "POST /bulk-actions/{id}/pause",
                        "POST /bulk-actions/{id}/resume",
                        "POST /bulk-actions/{id}/cancel",
                        "GET /scopes",
                        "POST /scopes/reset",
                        "GET /scopes/{id}",
                        "POST /scopes/{id}/run",
                        "POST /scopes/{id}/reset",
                        "POST /scopes/{id}/enable",
                        "POST /scopes/{id}/disable",
                        "GET /schedules",
                        "GET /schedules/{name}",
                        "POST /schedules/{name}/pause",
                        "POST /schedules/{name}/resume",
                        "POST /schedules/{name}/delete",
                        "POST /schedules/{name}/back-to-configuration",
                        "GET /schedules/{name}/trigger",
                        "POST /schedules/{name}/trigger",
                        "GET /schedules/{name}/change",
                        "POST /schedules/{name}/change",
                        "GET /new-schedule",
                        "POST /new-schedule");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void strangersAreSentToTheSignIn(Route route) {
        Shown answer = Reader.stranger(server).get(route.filled());

        answer.expecting(303);
        assertThat(answer.header("Location")).startsWith("/sign-in");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("acts")
    void strangersChangeNothing(Route route) {
        Reader.stranger(server).post(route.filled(), Map.of("note", "because")).sentTo("/sign-in");
    }

    @ParameterizedTest
    @MethodSource("acts")
    void everyActNeedsTheTokenOfTheForm(Route route) {
        Reader reader = Reader.signedIn(server);
        String path = route.filled();

        for (Map<String, String> form : List.of(
                Map.of("note", "because"),
                Map.of("note", "because", "form-token", ""),
                Map.of("note", "because", "form-token", Reader.signedIn(server).formToken()))) {
            Shown answer = reader.post(path, form).expecting(403);
            assertThat(answer.text()).contains("The form is older than your session");
        }
        reader.get("/").expecting(200);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void noOtherSiteCanSendAForm(Route route) {
        Reader reader = Reader.signedIn(server);
        Map<String, String> form = Map.of("form-token", reader.formToken(), "note", "because");
        String path = route.filled();

        reader.post(path, form, "Sec-Fetch-Site", "cross-site").expecting(403);
        reader.post(path, form, "Sec-Fetch-Site", "same-site").expecting(403);
        reader.post(path, form, "Origin", "https://elsewhere.example").expecting(403);
        reader.post(path, form, "Origin", "null").expecting(403);
        reader.send("POST", path, "{}", "Content-Type", "application/json").expecting(415);
        reader.send("POST", path, "note=x", "Content-Type", "text/plain").expecting(415);
        reader.get("/").expecting(200);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void nothingIsDoneByAGet(Route route) {
        Reader reader = Reader.signedIn(server);
        String id = waitingRun();
        String path = route.path.replace("{id}", id).replace("{type}", "hello").replace("{name}", "access");

        Shown answer = reader.get(path + "?form-token=" + reader.formToken());

        assertThat(answer.response().statusCode()).isIn(200, 303, 400, 404, 405);
        assertThat(server.node().runs().get(id).state()).isEqualTo(RunState.SCHEDULED);
        assertThat(server.node().schedules().get("access").definition().version())
                .isEqualTo(1);
        assertThat(server.node().control().status().pausedTypes()).isEmpty();
        assertThat(server.node().control().status().paused()).isFalse();
        reader.get("/").expecting(200);
    }

    @Test
    void theCookieIsForThisSiteOnly() {
        Reader reader = Reader.stranger(server);

        String set = reader.signIn(TestServer.TOKEN).header("Set-Cookie");

        assertThat(set)
                .matches("requartz_session_[0-9]+=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict")
                .doesNotContain(TestServer.TOKEN);
    }

    @Test
    void signingInGivesANewSessionEachTime() {
        Reader reader = Reader.stranger(server);
        reader.cookie("requartz_session_" + server.port() + "=chosen-by-somebody-else");

        reader.signIn(TestServer.TOKEN).sentTo("/");
        String first = reader.cookie();
        reader.signIn(TestServer.TOKEN).sentTo("/");

        assertThat(first).doesNotContain("chosen");
        assertThat(reader.cookie()).isNotEqualTo(first);
        Reader thief = Reader.stranger(server);
        thief.cookie(first);
        thief.get("/").expecting(303);
    }

    @Test
    void signingOutEndsTheSession() {
        Reader reader = Reader.signedIn(server);
        String cookie = reader.cookie();

        reader.submit("/sign-out").sentTo("/sign-in");

        assertThat(reader.cookie()).endsWith("=");
        reader.cookie(cookie);
        reader.get("/").expecting(303);
    }

    @Test
    void theSignInLeadsWhereThePersonWasGoingButNowhereElse() {
        Reader reader = Reader.stranger(server);

        reader.get("/runs?state=DEAD").sentTo("/sign-in?to=%2Fruns%3Fstate%3DDEAD");
        assertThat(reader.get("/sign-in?to=%2Fruns%3Fstate%3DDEAD").body())
                .contains("name=\"to\" value=\"/runs?state=DEAD\"");
        for (String elsewhere :
                List.of("//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/a\r\nb: c")) {
            reader.post("/sign-in", Map.of("token", TestServer.TOKEN, "to", elsewhere))
                    .sentTo("/");
        }
        reader.get("/sign-in?to=/dead-letters").sentTo("/dead-letters");
    }

    @Test
    void theConsolesCookieOpensNoApiAndTheApisTokenNoPage() {
        Reader reader = Reader.signedIn(server);

        reader.get("/api/v1/runs").expecting(401);
        Reader.stranger(server)
                .get("/", "Authorization", "Bearer " + TestServer.TOKEN)
                .expecting(303);
    }

    @Test
    void aLinkFromElsewhereIsGoneOnWithWhereTheCookieWasLeftOut() {
        Shown page = Reader.stranger(server)
                .get("/sign-in?to=%2Fruns", "Sec-Fetch-Site", "cross-site")
                .expecting(200);

        assertThat(page.links()).contains("/runs");
    }
}
