package io.requartz.admin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.requartz.admin.rest.TestServer;
import io.requartz.run.Actor;
import io.requartz.schedule.ManualFire;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules in a real browser: made, looked at, triggered and paused by clicks. */
class ScheduleBrowserTest {

    private static final Path PICTURES = Path.of("target", "console");

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        server.close();
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static Page signedIn(int width, ColorScheme scheme, boolean script) {
        Page page = chromium.open(width, scheme, script);
        page.navigate(address("/"));
        page.getByLabel("Token").fill(TestServer.TOKEN);
        button(page, "Sign in").click();
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator main(Page page) {
        return page.locator("main");
    }

    @Test
    void aScheduleIsMadeTriggeredAndPausedWithoutAScript() {
        Page page = signedIn(1_440, ColorScheme.LIGHT, false);

        link(page, "Schedules").first().click();
        link(page, "New schedule").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("weekly-report");
        page.getByLabel("Title").fill("Weekly report");
        page.getByLabel("Cron", new Page.GetByLabelOptions().setExact(true)).fill("0 0 8 ? * MON");
        page.getByLabel("Time zone").fill("Europe/Paris");
        button(page, "When would it fire?").click();
        assertThat(page.locator("#when")).containsText("08:00");
        assertThat(page.locator("#when tbody tr")).hasCount(10);
        assertThat(page.getByLabel("Title")).hasValue("Weekly report");

        button(page, "Save").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("One field is wrong.");
        page.getByLabel("Job type").selectOption("hello");
        button(page, "Save").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("weekly-report is made");
        assertThat(main(page)).containsText("Europe/Paris");
        assertThat(main(page).locator("section").first().locator("tbody tr")).hasCount(10);
        button(page, "Trigger").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("was triggered by hand: 1 run made.");
        link(page, "weekly-report").click();
        assertThat(page.locator("#fires")).containsText("by hand");
        button(page, "Pause").click();

        assertThat(page.locator("h1")).containsText("Paused");
        assertThat(server.node().schedules().get("weekly-report").schedule().paused())
                .isTrue();
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void nextTimesAreToldInItsOwnZoneAndInTheReaders() {
        create("tokyo", daily("0 30 2 * * ?").put("zone", "America/New_York"));
        Page page = signedIn(1_440, ColorScheme.LIGHT, true);

        page.navigate(address("/schedules/tokyo"));

        Locator table = main(page).locator("section").first();
        assertThat(table.locator("th").first()).hasText("America/New_York");
        assertThat(table.locator("th").nth(1)).hasText("Asia/Tokyo");
        assertThat(table.locator("td").first()).containsText("02:30");
        assertThat(table.locator("td").nth(1).innerText()).matches(".*1[56]:30:00");
        page.context().close();
    }

    @Test
    void pagesFitTheirWindowInLightAndDark() {
        ObjectNode menu = daily("0 0 * * * ?")
                .put("title", "Menu sync of all restaurants")
                .put("zone", "Europe/Paris");
        menu.putObject("matrix")
                .putArray("platform")
                .add("uber_eats")
                .add("deliveroo")
                .add("just_eat");
        for (int i = 1; i <= 6; i++) {
            menu.withObject("/matrix")
                    .withArray("/restaurant")
                    .addObject()
                    .put("restaurant_id", i)
                    .put("restaurant_name", "Le Bouzou de la rue " + i);
        }
        create("menu", menu);
        create("slow", daily("0 0 3 1 * ?").put("paused", true));
        server.node().schedules().trigger("menu", ManualFire.AS_IT_IS, anna(), "to look at it");

        for (int width : new int[] {1_440, 390}) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                look(width, scheme);
            }
        }

        assertThat(chromium.complaints()).isEmpty();
    }

    private static void look(int width, ColorScheme scheme) {
        Page page = signedIn(width, scheme, true);
        for (String path : List.of(
                "/schedules",
                "/schedules/menu",
                "/schedules/menu/change",
                "/schedules/menu/trigger",
                "/new-schedule")) {
            page.navigate(address(path));
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .as(path + " at " + width + " is wider than the window")
                    .isLessThanOrEqualTo(0);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(PICTURES.resolve(path.substring(1).replace('/', '-') + "-"
                            + scheme.name().toLowerCase(Locale.ROOT) + "-" + width + ".png")));
        }
        page.context().close();
    }

    private static ObjectNode daily(String cron) {
        return JsonNodeFactory.instance.objectNode().put("type", "hello").put("cron", cron);
    }

    private static void create(String name, ObjectNode definition) {
        server.node().schedules().create(name, definition, anna(), null);
    }

    private static Actor anna() {
        return new Actor("anna");
    }
}
