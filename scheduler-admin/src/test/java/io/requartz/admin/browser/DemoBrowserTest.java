package io.requartz.admin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.requartz.admin.demo.DemoNode;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.node.RequartzNode;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.scope.ScopeFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the demo asks of a newcomer, done by clicks: a disabled combination is found and brought back, a menu is mended. */
@EnabledIf("canRun")
class DemoBrowserTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ScopeFilter DISABLED_SYNCS = new ScopeFilter("sync", true, false, Map.of());

    static boolean canRun() {
        return DemoNode.canRun();
    }

    @Test
    void theDisabledCombinationIsFoundAndBroughtBackAndTheMenuIsMended(@TempDir Path home) throws Exception {
        try (DemoNode demo = DemoNode.start(home);
                Chromium chromium = new Chromium()) {
            RequartzNode node = demo.process().node();
            await().atMost(LONG)
                    .until(() ->
                            !node.scopes().list(DISABLED_SYNCS, 1, null).items().isEmpty());
            Page page = chromium.open(1_440, ColorScheme.LIGHT, false);
            page.navigate(demo.process().address() + "/");
            page.getByLabel("Token").fill(demo.token());
            click(page, "Sign in");

            Locator concern = row(page, "Le Bouzou on uber_eats").first();
            assertThat(concern).containsText("Disabled");
            shot(page, "overview-disabled");
            concern.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Run now"))
                    .click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("was started by hand");
            await().atMost(LONG)
                    .until(() ->
                            node.scopes().list(DISABLED_SYNCS, 1, null).items().isEmpty());
            page.navigate(demo.process().address() + "/scopes");
            assertThat(row(page, "Le Bouzou on uber_eats").filter(new Locator.FilterOptions().setHasText("sync:")))
                    .containsText("Working");
            shot(page, "scopes");

            await().atMost(LONG).until(() -> letters(node) > 0);
            page.navigate(demo.process().address() + "/dead-letters?type=menu_push");
            page.getByRole(AriaRole.LINK)
                    .filter(new Locator.FilterOptions().setHasText("The price of Calzone is -12.0"))
                    .first()
                    .click();
            String run = page.url().replaceFirst(".*/runs/([0-9a-f-]{36}).*", "$1");
            shot(page, "run-dead");
            page.locator("a.button[href$='/retry']").click();
            Locator payload = page.locator("textarea[name=payload]");
            payload.fill(payload.inputValue().replace("-12", "12"));
            page.locator("form.stack button.primary").click();
            await().atMost(LONG).until(() -> state(node, run) == RunState.SUCCEEDED);
            page.navigate(demo.process().address() + "/runs/" + run);
            shot(page, "run-mended");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    private static int letters(RequartzNode node) {
        return (int) node.deadLetters().list(DeadLetterFilter.OPEN, 50, null).items().stream()
                .filter(letter -> letter.type().equals("menu_push"))
                .count();
    }

    private static RunState state(RequartzNode node, String id) {
        return node.runs().find(id).map(Run::state).orElseThrow();
    }

    private static void click(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }

    private static Locator row(Page page, String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    private static void shot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "console", name + ".png")));
    }
}
