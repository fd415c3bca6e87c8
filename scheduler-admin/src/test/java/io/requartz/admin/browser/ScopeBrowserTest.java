package io.requartz.admin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.requartz.admin.rest.ScopedServer;
import io.requartz.admin.rest.TestJobs.Mendable;
import io.requartz.admin.rest.TestServer;
import io.requartz.scope.ScopeFilter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A combination that its failures have disabled is found and brought back by clicks. */
class ScopeBrowserTest {

    @Test
    void aDisabledCombinationIsFoundAndBroughtBack(@TempDir Path directory) {
        try (TestServer server = ScopedServer.start(directory);
                Chromium chromium = new Chromium()) {
            Mendable.MENDED.set(false);
            ScopedServer.disable(server, "7");
            ScopedServer.ended(server, "8");
            Page page = chromium.open(1_440, ColorScheme.LIGHT, false);
            page.navigate("http://127.0.0.1:" + server.port() + "/");
            page.getByLabel("Token").fill(TestServer.TOKEN);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();

            Locator concern = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("shop 7"));
            assertThat(concern).containsText("Disabled");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target", "console", "overview-disabled.png")));
            Mendable.MENDED.set(true);
            concern.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Run now"))
                    .click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("was started by hand");
            await().until(() -> server.node()
                    .scopes()
                    .list(new ScopeFilter(null, true, false, Map.of()), 1, null)
                    .items()
                    .isEmpty());
            page.navigate("http://127.0.0.1:" + server.port() + "/scopes");

            assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("shop 7")))
                    .containsText("Working");
            assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("shop 8")))
                    .containsText("Failing");
            page.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "console", "scopes.png")));
            assertThat(chromium.complaints()).isEmpty();
        }
    }
}
