package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.console.Reader.Shown;
import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.ScopedServer;
import io.requartz.admin.rest.TestJobs.Mendable;
import io.requartz.admin.rest.TestServer;
import io.requartz.run.Actor;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed too often in a row is found, and brought back. */
class ScopePagesTest {

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Reader reader;

    @BeforeAll
    static void start() {
        server = ScopedServer.start(directory);
        reader = Reader.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void broken() {
        Mendable.MENDED.set(false);
    }

    private static ScopeStatus scope(String shop) {
        return server.node()
                .scopes()
                .list(new ScopeFilter(null, null, false, Map.of("shop", shop)), 1, null)
                .items()
                .get(0);
    }

    private static String path(String shop) {
        return "/scopes/" + scope(shop).scope().id();
    }

    private static boolean disabled(String shop) {
        return scope(shop).scope().state().disabled();
    }

    private static Shown page(String path) {
        return reader.get(path).expecting(200);
    }

    @Test
    void aDisabledScopeIsSeenOnTheOverviewAndBroughtBackByARunByHand() {
        ScopedServer.disable(server, "1");

        // pages may have been made a moment before, and counts are two seconds old at most
        await().untilAsserted(
                        () -> assertThat(page("/").text()).contains("Disabled shop 1", "3 of 3 failures", "Run now"));
        assertThat(page("/scopes?standing=disabled").text()).contains("shop 1", "by its failures");
        Mendable.MENDED.set(true);
        reader.submit(path("1") + "/run", "back", "/").sentTo("/");

        assertThat(page("/").text()).contains("was started by hand; its success brings the scope back");
        await().until(() -> !disabled("1"));
        assertThat(page(path("1")).text()).contains("Working", "0 of 3");
    }

    @Test
    void aRunOfAScopeIsCalledByItsLabel() {
        ScopedServer.disable(server, "2");
        String last = server.node()
                .runs()
                .latestInScope(scope("2").scope().id())
                .orElseThrow()
                .id();

        assertThat(page("/runs?state=DEAD").text()).contains("shop 2");
        assertThat(page("/dead-letters").text()).contains("shop 2 · ");
        Shown run = page("/runs/" + last);

        assertThat(run.text()).contains("shop 2", "3 of 3 failures in a row, disabled by its failures");
        assertThat(run.links()).contains(path("2"));
    }

    @Test
    void aScopeLeadsToTheScheduleThatRunsIt() {
        JsonNode daily = Json.stored("{\"type\": \"mendable\", \"every\": \"1d\", \"payload\": {\"shop\": \"9\"}}");
        server.node().schedules().create("shop-sync", daily, new Actor("anna"), null);

        reader.submit("/schedules/shop-sync/trigger").expecting(303);

        assertThat(page(path("9")).links()).contains("/schedules/shop-sync");
    }

    @Test
    void aResetBringsBackWhatFailuresDisabled() {
        ScopedServer.disable(server, "3");

        reader.submit(path("3") + "/reset", "note", "token renewed").sentTo(path("3"));

        assertThat(disabled("3")).isFalse();
        assertThat(page(path("3")).text()).contains("shop 3 is reset, and runs again.");
    }

    @Test
    void whatAPersonDisabledOnlyAPersonEnables() {
        ScopedServer.ended(server, "4");
        reader.submit(path("4") + "/disable", "note", "moving house").sentTo(path("4"));
        assertThat(page(path("4")).text()).contains("by token:admin");

        reader.submit(path("4") + "/reset").sentTo(path("4"));
        assertThat(page(path("4")).text()).contains("a person disabled it, so it stays so");
        reader.submit(path("4") + "/enable", "back", "/scopes").sentTo("/scopes");

        assertThat(disabled("4")).isFalse();
    }

    @Test
    void manyAreResetByADimensionButNeverByChance() {
        ScopedServer.disable(server, "5");
        ScopedServer.disable(server, "6");

        reader.submit("/scopes/reset").sentTo("/scopes");
        assertThat(page("/scopes").text()).contains("No value was given.");
        assertThat(disabled("5")).isTrue();

        reader.submit("/scopes/reset", "dimension", "shop", "value", "5").sentTo("/scopes");
        assertThat(page("/scopes").text()).contains("Reset: shop 5.");
        assertThat(disabled("5")).isFalse();
        assertThat(disabled("6")).isTrue();

        reader.submit("/scopes/reset", "dimension", "*").sentTo("/scopes");
        assertThat(disabled("6")).isFalse();
    }

    @Test
    void aScopeThatIsNotThereIsToldSo() {
        assertThat(reader.get("/scopes/999999").expecting(404).text()).contains("There is no scope 999999.");
        reader.get("/scopes/nonsense").expecting(404);
        assertThat(server.node().runs().latestInScope(999_999)).isEmpty();
    }
}
