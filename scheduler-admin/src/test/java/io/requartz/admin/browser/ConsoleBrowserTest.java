package io.requartz.admin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.requartz.admin.rest.TestJobs;
import io.requartz.admin.rest.TestServer;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser. What it looked like is left in target/console. */
class ConsoleBrowserTest {

    private static final Path PICTURES = Path.of("target", "console");

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Chromium chromium;
    private static Run dead;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        chromium = new Chromium();
        for (int i = 0; i < 8; i++) {
            ended("hello", "{\"shop\": " + i + "}");
        }
        ended("hostile", "{\"text\": \"" + TestJobs.Hostile.TEXT.replace("\"", "\\\"") + "\"}");
        dead = ended("broken", "{\"shop\": 7}");
        server.node().runs().submit(Submission.of("flaky").build());
    }

    @AfterAll
    static void stop() {
        chromium.close();
        server.close();
    }

    private static Run ended(String type, String payload) {
        Run run = server.node()
                .runs()
                .submit(Submission.of(type)
                        .payload(payload)
                        .tags(List.of("<img src=x onerror=alert(9)>"))
                        .build())
                .run();
        return server.node().runs().await(run.id(), Duration.ofSeconds(30)).orElseThrow();
    }

    private static Page signedIn(int width, ColorScheme scheme, boolean script) {
        Page page = chromium.open(width, scheme, script);
        page.navigate(address("/"));
        page.getByLabel("Token").fill(TestServer.TOKEN);
        button(page, "Sign in").click();
        assertThat(page).hasTitle("Overview · Requartz");
        return page;
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void aDeadLetterIsFoundAndBroughtBackByClicksWithoutAScript() {
        Page page = signedIn(1_440, ColorScheme.LIGHT, false);

        link(page, "no such document").first().click();
        assertThat(page.locator("h1")).containsText("Dead letter");
        link(page, "Retry with another payload").click();
        page.getByLabel("Payload").fill("{\"shop\": ");
        page.getByLabel("Why").fill("typo");
        button(page, "Retry").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("the payload is not JSON");
        page.getByLabel("Payload").fill("{\"shop\": 8}");
        button(page, "Retry").click();

        assertThat(page.getByRole(AriaRole.STATUS)).containsText("A new cycle has begun");
        assertThat(page.locator("main")).containsText("typo");
        assertThat(server.node().runs().get(dead.id()).payload()).isEqualTo("{\"shop\":8}");
        page.context().close();
    }

    @Test
    void aRunIsSubmittedWatchedAndCancelledByClicks() {
        Page page = signedIn(390, ColorScheme.DARK, true);

        link(page, "Job types").click();
        link(page, "flaky").click();
        button(page, "Run now").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("The run is accepted.");
        String id = page.url().substring(page.url().lastIndexOf('/') + 1);
        await().until(() -> server.node().runs().get(id).state() == RunState.RETRYING);
        page.reload();
        assertThat(page.locator("h1")).containsText("Retrying");
        page.getByText("Cancel…").click();
        button(page, "Cancel the run").click();

        assertThat(page.locator("h1")).containsText("Cancelled");
        page.context().close();
    }

    @Test
    void noPageDoesWhatAHostileTextWants() {
        for (boolean wide : new boolean[] {true, false}) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                look(wide ? 1_440 : 390, scheme);
            }
        }

        assertThat(chromium.complaints()).isEmpty();
    }

    private static void look(int width, ColorScheme scheme) {
        Page page = signedIn(width, scheme, true);
        Run hostile = server.node()
                .runs()
                .list(new RunFilter(Set.of(), "hostile", null, null, null, null, null, null, 0), 1, null)
                .items()
                .get(0);
        for (String path : List.of(
                "/",
                "/runs",
                "/runs/" + hostile.id(),
                "/runs/" + hostile.id() + "/retry",
                "/dead-letters",
                "/dead-letters/groups",
                "/job-types",
                "/job-types/hostile",
                "/nowhere",
                "/sign-in")) {
            page.navigate(address(path));
            page.locator("details").all().forEach(fold -> fold.evaluate("fold => fold.open = true"));
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .as(path + " at " + width + " is wider than the window")
                    .isLessThanOrEqualTo(0);
            String name = path.equals("/") ? "/overview" : path.replace(hostile.id(), "hostile");
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(PICTURES.resolve(name.substring(1).replace('/', '-') + "-"
                            + scheme.name().toLowerCase(Locale.ROOT) + "-" + width + ".png")));
        }
        page.context().close();
    }

    @Test
    void theKeyboardReachesSearchAndContent() {
        Page page = signedIn(1_440, ColorScheme.LIGHT, true);

        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to the content");
        page.keyboard().press("/");
        assertThat(page.locator("#q")).isFocused();
        page.keyboard().type(dead.id());
        page.keyboard().press("Enter");

        assertThat(page).hasURL(address("/runs/" + dead.id()));
        page.context().close();
    }

    @Test
    void timesAreToldInTheReadersZone() {
        Page page = signedIn(1_440, ColorScheme.LIGHT, true);
        page.navigate(address("/runs/" + dead.id()));

        String told = page.locator(".attempts time").first().innerText();
        String inTokyo = (String) page.locator(".attempts time")
                .first()
                .evaluate("time => new Date(time.dateTime).toLocaleTimeString('en-GB', {timeZone: 'Asia/Tokyo'})");

        assertThat(told).endsWith(inTokyo);
        page.context().close();
    }
}
