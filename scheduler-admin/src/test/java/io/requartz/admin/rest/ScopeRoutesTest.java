package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.Plugins;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scopes as callers of the API meet them. */
class ScopeRoutesTest {

    private static final String SCOPES = "/api/v1/scopes";

    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        DefinitionSet definitions = DefinitionSet.EMPTY.with(
                DefinitionKind.SCOPE,
                "sync",
                Json.stored("{\"dimensions\": [\"shop\", \"platform\"], \"label\": \"shop {shop} on {platform}\"}"));
        Plugins plugins = Plugins.builder()
                .configured(ScopeRoutesTest::standing)
                .add(TestJobs.Hello.class)
                .add(TestJobs.Broken.class)
                .build();
        server = TestServer.start(directory, config -> config.withDefinitions(definitions), plugins, limits -> limits);
    }

    private static JobTypeDefinition standing(JobTypeDefinition type) {
        return type.standing(new Standing("sync", Stands.GATED));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode run(String type, String shop, String more) {
        String id = server.calls()
                .submit(type, "{\"payload\": {\"shop\": \"%s\", \"platform\": \"x\"}%s}".formatted(shop, more));
        return server.calls().ended(id);
    }

    private static JsonNode scope(String shop) {
        return server.calls()
                .get(SCOPES + "?scope=sync&shop=" + shop)
                .expecting(200)
                .json()
                .path("items")
                .path(0);
    }

    private static void disable(String shop) {
        for (int i = 0; i < 3; i++) {
            assertThat(run("broken", shop, "").path("state").asText()).isEqualTo("DEAD");
        }
    }

    @Test
    void aDisabledScopeIsFoundAndBroughtBackByAManualRun() {
        disable("1");
        String held = server.calls().submit("hello", "{\"payload\": {\"shop\": 1, \"platform\": \"x\"}}");

        JsonNode scope = scope("1");
        assertThat(scope.path("failures").asInt()).isEqualTo(3);
        assertThat(scope.path("limit").asInt()).isEqualTo(3);
        assertThat(scope.path("disabled").asBoolean()).isTrue();
        assertThat(scope.path("disabled_by").asText()).isEqualTo("system");
        assertThat(scope.path("label").asText()).isEqualTo("shop 1 on x");
        assertThat(scope.path("last_category").asText()).isEqualTo("not_found");
        assertThat(server.calls().get(SCOPES + "?disabled=true").json().path("items"))
                .anyMatch(each -> each.path("id").equals(scope.path("id")));

        assertThat(server.calls().get("/api/v1/scheduler").expecting(200).json().path("scopes"))
                .anyMatch(each -> each.path("id").equals(scope.path("id")));
        assertThat(server.calls()
                        .get("/api/v1/runs?state=PARKED&scope="
                                + scope.path("id").asLong())
                        .expecting(200)
                        .json()
                        .path("items"))
                .singleElement()
                .satisfies(run -> assertThat(run.path("id").asText()).isEqualTo(held));

        assertThat(run("hello", "1", ", \"manual\": true").path("state").asText())
                .isEqualTo("SUCCEEDED");

        assertThat(server.calls().ended(held).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(scope("1").path("disabled").asBoolean()).isFalse();
        assertThat(scope("1").path("last_success_at").asText()).isNotBlank();
    }

    @Test
    void resetNamesWhatItDidAndRefusesUnknownDimensions() {
        disable("2");
        long id = scope("2").path("id").asLong();

        JsonNode answer = server.calls()
                .post(SCOPES + "/reset?shop=2&platform=x", "{\"note\": \"mended\"}")
                .expecting(200)
                .json();

        assertThat(answer.path("reset")).singleElement().satisfies(one -> {
            assertThat(one.path("scope").path("id").asLong()).isEqualTo(id);
            assertThat(one.path("failures").asInt()).isEqualTo(3);
            assertThat(one.path("enabled").asBoolean()).isTrue();
        });
        JsonNode refused = server.calls().post(SCOPES + "/reset?sop=2", "{}").problem(400, "invalid");
        assertThat(refused.path("hint").asText()).contains("platform, shop");
        server.calls().post(SCOPES + "/reset?shop=2&shop=3", "{}").problem(400, "invalid");
        server.calls().get(SCOPES + "?disabld=true").problem(400, "invalid");
    }

    @Test
    void aPersonDisablesAndEnables() {
        run("hello", "3", "");
        String path = SCOPES + "/" + scope("3").path("id").asLong();

        JsonNode disabled = server.calls()
                .post(path + "/disable", "{\"note\": \"holiday\"}")
                .expecting(200)
                .json();
        assertThat(disabled.path("disabled_by").asText()).isEqualTo("token:admin");
        JsonNode reset = server.calls().post(SCOPES + "/reset?shop=3", "{}").json();
        assertThat(reset.path("stay_disabled").path(0).path("key").asText()).isEqualTo("sync: shop=3, platform=x");

        assertThat(server.calls()
                        .post(path + "/enable", "{}")
                        .expecting(200)
                        .json()
                        .path("disabled")
                        .asBoolean())
                .isFalse();
        server.calls().post(path + "/reset", "{}").expecting(200);
        assertThat(server.calls().get(path).expecting(200).json().path("key").asText())
                .isEqualTo("sync: shop=3, platform=x");
        server.calls().get(SCOPES + "/987654").problem(404, "not-found");
        server.calls().get(SCOPES + "/x").problem(404, "not-found");
    }

    @Test
    void theDefinitionIsChangedLiveUnlessItIsStale() {
        String path = SCOPES + "/definitions/sync";
        String tag = server.calls().get(path).expecting(200).header("ETag");

        JsonNode changed = server.calls()
                .call("PUT", path, "{\"live\": {\"disable_after\": 7}, \"note\": \"patience\"}", "If-Match", tag)
                .expecting(200)
                .json();
        assertThat(changed.path("effective").path("disable-after").asInt()).isEqualTo(7);
        assertThat(changed.path("changed_by").asText()).isEqualTo("token:admin");
        JsonNode stale = server.calls()
                .call("PUT", path, "{\"live\": {\"disable_after\": 8}}", "If-Match", tag)
                .problem(412, "stale");
        assertThat(stale.path("current_version").asInt()).isEqualTo(1);
        assertThat(server.calls()
                        .call("PUT", path, "{\"live\": {\"disable_aftr\": 8}}")
                        .problem(400, "invalid")
                        .toString())
                .contains("disable-aftr");

        server.calls().call("PUT", path, "{}").expecting(200);
        assertThat(server.calls()
                        .get(SCOPES + "/definitions")
                        .json()
                        .path("items")
                        .path(0)
                        .path("live")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPayloadWithoutADimensionIsRefused() {
        JsonNode refused = server.calls()
                .post("/api/v1/job-types/hello/runs", "{\"payload\": {\"shop\": 1}}")
                .problem(400, "invalid");

        assertThat(refused.toString()).contains("'platform' is missing");
        server.calls()
                .post("/api/v1/job-types/hello/runs", "{\"manual\": \"yes\"}")
                .problem(400, "invalid");
    }
}
