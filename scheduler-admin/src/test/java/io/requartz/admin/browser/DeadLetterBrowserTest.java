package io.requartz.admin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.requartz.admin.rest.ScopedServer;
import io.requartz.admin.rest.TestJobs.Mendable;
import io.requartz.admin.rest.TestServer;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRequest;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed alike is found as one group and dealt with as one, by clicks. What it looked like is left in target/console. */
class DeadLetterBrowserTest {

    private static final Path PICTURES = Path.of("target", "console");

    private TestServer server;
    private Chromium chromium;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = ScopedServer.start(directory);
        chromium = new Chromium();
    }

    @AfterEach
    void stop() {
        chromium.close();
        server.close();
    }

    /** Each of a shop of its own, so that no scope is disabled. */
    private void dead(int many, String prefix) {
        Mendable.MENDED.set(false);
        for (int i = 0; i < many; i++) {
            ended("{\"shop\": \"" + prefix + i + "\"}");
        }
    }

    private String ended(String payload) {
        String id = server.node()
                .runs()
                .submit(Submission.of("mendable").payload(payload).build())
                .run()
                .id();
        died(id);
        return id;
    }

    private void died(String id) {
        Run run = server.node().runs().await(id, Duration.ofSeconds(30)).orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.DEAD);
    }

    private Page signedIn(int width, ColorScheme scheme, boolean script) {
        Page page = chromium.open(width, scheme, script);
        page.navigate(address("/"));
        page.getByLabel("Token").fill(TestServer.TOKEN);
        button(page, "Sign in").click();
        return page;
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private int openLetters() {
        return server.node()
                .deadLetters()
                .list(DeadLetterFilter.OPEN, 200, null)
                .items()
                .size();
    }

    @Test
    void theGroupIsOpenedAllThatMatchAreRetriedAndItsEndIsWatchedWithoutAScript() {
        dead(6, "a");
        int letters = openLetters();
        Page page = signedIn(1_440, ColorScheme.LIGHT, false);

        link(page, "Dead letters").first().click();
        link(page, "By what went wrong").click();
        link(page, "the token has expired").click();
        Mendable.MENDED.set(true);
        page.getByLabel("all " + letters + " that match").check();
        button(page, "Retry…").click();
        assertThat(page.locator("h1")).hasText("Retry " + letters + " dead letters?");
        page.getByLabel("How many become due a second").fill("5");
        page.getByLabel("Why").fill("the token was renewed");
        button(page, "Retry " + letters + " dead letters").click();

        assertThat(page.locator("h1")).containsText("Retry dead letters");
        assertThat(page.locator("h1"))
                .containsText("Ended", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
        assertThat(page.locator("main")).containsText(letters + " of " + letters + " done");
        assertThat(page.locator("main")).containsText("the token was renewed");
        page.navigate(address("/dead-letters"));
        assertThat(page.locator("main")).containsText("None: no run waits for a person.");
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void tickedOnesAreCountedAndAssigned() {
        dead(3, "b");
        Page page = signedIn(1_440, ColorScheme.DARK, true);
        page.navigate(address("/dead-letters"));

        page.getByLabel("Tick all that are shown").check();
        assertThat(page.locator("[data-picked]")).hasText("the " + openLetters() + " ticked");
        page.locator("tbody input[name=run]").first().uncheck();
        assertThat(page.locator("[data-picked]")).hasText("the " + (openLetters() - 1) + " ticked");
        page.getByText("Assign…").click();
        button(page, "To me").click();

        assertThat(page.getByRole(AriaRole.STATUS))
                .containsText((openLetters() - 1) + " dead letters: assigned to token:admin.");
        assertThat(page.locator("tbody tr").first()).containsText("nobody");
        assertThat(page.locator("tbody tr").nth(1)).containsText("token:admin");
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void thePagesFitTheWindow() {
        String taken = taken();
        dead(8, "c");
        held();
        String edited = edited();
        for (int width : new int[] {1_440, 390}) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                Page page = signedIn(width, scheme, true);
                String action = server.node()
                        .bulkActions()
                        .list(BulkFilter.ALL, 1, null)
                        .items()
                        .get(0)
                        .id();
                look(page, "/dead-letters", "dead-letters-full", width, scheme);
                look(page, "/dead-letters?reason=crashed", "dead-letters-empty", width, scheme);
                look(page, "/dead-letters/groups", "dead-letter-groups", width, scheme);
                look(page, "/runs", "runs-bulk", width, scheme);
                look(page, "/bulk-actions/new?kind=retry_dead_letters&all=true", "bulk-start", width, scheme);
                look(
                        page,
                        "/bulk-actions/new?kind=reject_dead_letters&run=" + taken,
                        "bulk-start-reject",
                        width,
                        scheme);
                look(page, "/bulk-actions", "bulk-actions", width, scheme);
                look(page, "/bulk-actions?state=PAUSED&kind=cancel_runs", "bulk-actions-empty", width, scheme);
                look(page, "/bulk-actions/" + action, "bulk-action", width, scheme);
                look(page, "/runs/" + edited, "run-edited", width, scheme);
                page.context().close();
            }
        }
        assertThat(chromium.complaints()).isEmpty();
    }

    private void look(Page page, String path, String name, int width, ColorScheme scheme) {
        page.navigate(address(path));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .as(path + " at " + width + " is wider than the window")
                .isLessThanOrEqualTo(0);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width + ".png")));
    }

    /** A dead letter that cannot be retried, for another run has its unique key. */
    private String taken() {
        String taken = server.node()
                .runs()
                .submit(Submission.of("mendable")
                        .payload("{\"shop\": \"d\"}")
                        .uniqueWhileOpen("shop d")
                        .build())
                .run()
                .id();
        died(taken);
        server.node()
                .runs()
                .submit(Submission.of("mendable")
                        .payload("{\"shop\": \"d\"}")
                        .uniqueWhileOpen("shop d")
                        .delay(Duration.ofHours(1))
                        .build());
        return taken;
    }

    /** A paused action that has done some, and refused one. */
    private void held() {
        BulkActions actions = server.node().bulkActions();
        BulkCriteria criteria = BulkCriteria.letters(DeadLetterFilter.OPEN);
        BulkAction action = actions.begin(
                BulkRequest.of(BulkKind.RETRY_DEAD_LETTERS, criteria, true, 1, "the token was renewed"),
                new Actor("token:admin"));
        await().until(() -> actions.get(action.id()).progress().seen() > 0);
        actions.pause(action.id(), new Actor("token:admin"), "lunch");
    }

    private String edited() {
        String id = ended("{\"shop\": \"e\", \"open\": true, \"hours\": [9, 18]}");
        server.node()
                .runs()
                .retryNow(
                        id,
                        new Actor("token:admin"),
                        "the hours were wrong",
                        "{\"shop\":\"e\",\"open\":true,\"hours\":[9,19],\"zone\":\"Europe/Paris\"}",
                        null);
        died(id);
        return id;
    }
}
