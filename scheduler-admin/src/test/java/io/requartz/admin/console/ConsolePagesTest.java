package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.admin.console.Reader.Shown;
import io.requartz.admin.rest.TestJobs;
import io.requartz.admin.rest.TestServer;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see and do, over HTTP and without a script. */
class ConsolePagesTest {

    private static final Pattern INLINE = Pattern.compile(
            "<style|<script(?! src=)|\\sstyle=|<[a-zA-Z][^>]*\\son[a-z]+=|href=\"javascript:|<img",
            Pattern.CASE_INSENSITIVE);

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Reader reader;

    @BeforeAll
    static void start() {
        server = TestServer.start(directory);
        reader = Reader.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Submission.Builder wish(String type) {
        return Submission.of(type);
    }

    private static Run submitted(Submission.Builder wish) {
        return server.node().runs().submit(wish.build()).run();
    }

    private static Run ended(Submission.Builder wish) {
        return server.node()
                .runs()
                .await(submitted(wish).id(), Duration.ofSeconds(30))
                .orElseThrow();
    }

    private static Run run(String id) {
        return server.node().runs().get(id);
    }

    private static Shown page(String path) {
        return reader.get(path).expecting(200);
    }

    private static String runPath(Run run) {
        return "/runs/" + run.id();
    }

    @Test
    void everyPageIsProtectedAndHasNothingInline() {
        Run dead = ended(wish("broken"));
        for (String path : List.of(
                "/",
                "/runs",
                runPath(dead),
                runPath(dead) + "/retry",
                "/dead-letters",
                "/job-types",
                "/job-types/hello",
                "/schedules",
                "/new-schedule",
                "/sign-in",
                "/nowhere",
                "/runs/" + UUID.randomUUID(),
                "/runs?state=NONE",
                "/scheduler/pause")) {
            Shown shown = reader.get(path);

            assertThat(shown.response().headers().allValues("Content-Security-Policy"))
                    .as(path)
                    .containsExactly(PageHeaders.POLICY);
            assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
            assertThat(shown.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(shown.header("Access-Control-Allow-Origin")).isNull();
            if (shown.response().statusCode() != 303) {
                assertThat(shown.header("Content-Type")).startsWith("text/html");
                assertThat(INLINE.matcher(shown.body()).find())
                        .as(path + "\n" + shown.body())
                        .isFalse();
            }
        }
    }

    @Test
    void noLinkIsDead() {
        ended(wish("hello"));
        ended(wish("broken").tags(List.of("a tag & more")));
        submitted(wish("flaky"));
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of("/"));
        while (!next.isEmpty() && seen.size() < 150) {
            String path = next.pop();
            if (!seen.add(path)) {
                continue;
            }
            assertThat(path).startsWith("/");
            Shown shown = reader.get(path);
            assertThat(shown.response().statusCode()).as(path).isIn(200, 303);
            shown.links().stream()
                    .filter(link -> !link.equals("#main") && !seen.contains(link))
                    .forEach(next::add);
        }
        assertThat(seen).contains("/runs", "/dead-letters", "/job-types", "/schedules", "/new-schedule");
    }

    @Test
    void hostileTextsAreShownLiterally() {
        Run run = ended(wish("hostile")
                .payload("{\"text\": \"</textarea><img src=x onerror=alert(4)>\"}")
                .tags(List.of("<img src=x>"))
                .idempotencyKey("<script>alert(5)</script>"));
        reader.submit(runPath(run) + "/retry", "note", "<img src=x onerror=alert(6)>")
                .expecting(303);
        await().until(() -> run(run.id()).state() == RunState.DEAD);

        for (String path : List.of(
                "/",
                "/runs",
                "/runs?q=%3Cimg%20src%3Dx%3E",
                "/runs?category=%22%3E%3Cimg%3E",
                runPath(run),
                runPath(run) + "/retry",
                "/dead-letters",
                "/job-types",
                "/job-types/hostile",
                "/job-types/%3Cimg%3E",
                "/nowhere/%3Cimg%3E?%3Cscript%3E")) {
            Shown shown = reader.get(path);
            assertThat(INLINE.matcher(shown.body()).find())
                    .as(path + "\n" + shown.body())
                    .isFalse();
        }
        assertThat(page(runPath(run)).text())
                .contains(TestJobs.Hostile.TEXT)
                .contains("</textarea><img src=x onerror=alert(4)>")
                .contains("<img src=x onerror=alert(6)>")
                .contains("<script>alert(5)</script>");
    }

    @Test
    void theOverviewTellsWhatNeedsAPerson() {
        ended(wish("broken"));
        ended(wish("broken"));

        Shown overview = page("/");

        assertThat(overview.text())
                .contains("dead letters", "Needs a person", "no such document", "attempts in the last hour")
                .containsPattern("rest-test this one");
        assertThat(overview.links())
                .contains("/runs?state=RUNNING", "/dead-letters")
                .anyMatch(link -> link.startsWith("/dead-letters?fingerprint="));
    }

    @Test
    void aRunTellsItsStory() {
        Run run = ended(wish("hello").payload("{\"shop\": 7}").tags(List.of("daily")));

        Shown story = page(runPath(run));

        assertThat(story.text())
                .contains("Succeeded", run.id(), "at the 1st attempt", "\"shop\": 7", "\"hello\": \"world\"")
                .contains("1 log line", "hello from attempt 1", "on rest-test");
        assertThat(story.body()).contains("aria-label=\"Attempts on a time line: 1 at ");
        assertThat(story.links()).contains("/runs?tag=daily", "/job-types/hello");
    }

    @Test
    void aRetryingRunTellsWhenAndWhy() {
        Run run = submitted(wish("flaky"));
        await().until(() -> run(run.id()).state() == RunState.RETRYING);

        assertThat(page(runPath(run)).text())
                .contains("1 failure so far; tries again in 59 min")
                .contains("server_error, HTTP 503 after")
                .contains("Tries again in 59 min: failure 1 of at most 2");
    }

    @Test
    void aDeadLetterIsRetriedAsItIs() {
        Run run = ended(wish("broken"));

        reader.submit(runPath(run) + "/retry").sentTo(runPath(run));

        assertThat(page(runPath(run)).text()).contains("A new cycle has begun; the old attempts stay.");
        await().until(() -> run(run.id()).attempts() == 2);
        assertThat(page(runPath(run)).text()).contains("Cycle 2").doesNotContain("A new cycle has begun;");
    }

    @Test
    void aDeadLetterIsRetriedWithAnotherPayload() {
        Run run = ended(wish("broken").payload("{\"shop\": 7}"));
        Shown form = page(runPath(run) + "/retry");
        assertThat(form.text()).contains("\"shop\": 7");

        reader.submit(
                        runPath(run) + "/retry",
                        "payload",
                        "{\r\n  \"shop\": 8\r\n}",
                        "note",
                        "typo",
                        "version",
                        Long.toString(run.version()))
                .sentTo(runPath(run));

        assertThat(run(run.id()).payload()).isEqualTo("{\"shop\":8}");
        assertThat(page(runPath(run)).text()).contains("with the payload that you gave it", "Changed", "typo");
    }

    @Test
    void aPayloadThatIsOnlyLaidOutOtherwiseIsNoOther() {
        Run run = ended(wish("broken").payload("{\"shop\":7}"));

        reader.submit(runPath(run) + "/retry", "payload", "{\n  \"shop\" : 7\n}")
                .sentTo(runPath(run));

        assertThat(run(run.id()).payloadVersion()).isEqualTo(1);
    }

    @Test
    void aPayloadThatCannotBeTakenIsShownAgain() {
        Run run = ended(wish("broken"));

        Shown again = reader.submit(runPath(run) + "/retry", "payload", "{\"shop\": ", "note", "my note")
                .expecting(400);

        assertThat(again.text()).contains("Not done. the payload is not JSON at line 1", "{\"shop\":");
        assertThat(again.body()).contains("value=\"my note\"");
        assertThat(run(run.id()).state()).isEqualTo(RunState.DEAD);
    }

    @Test
    void whoComesTooLateIsToldSo() {
        Run run = ended(wish("broken"));
        server.node().deadLetters().resolve(run.id(), new Actor("anna"), null);

        reader.submit("/dead-letters/" + run.id() + "/resolve").sentTo(runPath(run));

        assertThat(page(runPath(run)).text())
                .contains("Not done.", "is RESOLVED, not DEAD", "Somebody closed it before");
        reader.submit(runPath(run) + "/retry", "payload", "{\"a\":1}", "version", "1")
                .expecting(412);
    }

    @Test
    void deadLettersAreResolvedAndRejectedWithANote() {
        Run resolved = ended(wish("broken"));
        Run rejected = ended(wish("broken"));

        reader.submit("/dead-letters/" + resolved.id() + "/resolve", "note", "by hand")
                .sentTo(runPath(resolved));
        reader.submit("/dead-letters/" + rejected.id() + "/reject").sentTo(runPath(rejected));
        assertThat(page(runPath(rejected)).text()).contains("A rejection needs a note.");
        reader.submit("/dead-letters/" + rejected.id() + "/reject", "note", "never", "back", "/dead-letters")
                .sentTo("/dead-letters");

        assertThat(run(resolved.id()).state()).isEqualTo(RunState.RESOLVED);
        assertThat(server.node().deadLetters().get(rejected.id()).status()).isEqualTo(DeadLetterStatus.REJECTED);
        assertThat(page("/dead-letters?status=REJECTED").text()).contains("rejected by token:admin", "never");
        assertThat(page("/dead-letters").body()).doesNotContain(rejected.id());
    }

    @Test
    void aSettledRunIsRunAgainAsAnother() {
        Run run = ended(wish("hello"));

        Shown answer = reader.submit(runPath(run) + "/retry").expecting(303);

        assertThat(answer.header("Location")).startsWith("/runs/").isNotEqualTo(runPath(run));
        assertThat(page(answer.header("Location")).text()).contains("This is a new run", "Repeats run");
    }

    @Test
    void aWaitingRunIsCancelled() {
        Run run = submitted(wish("hello").delay(Duration.ofHours(1)));
        assertThat(page(runPath(run)).text()).contains("Cancel the run", "starts in 59 min");

        reader.submit(runPath(run) + "/cancel", "note", "not needed").sentTo(runPath(run));

        assertThat(run(run.id()).state()).isEqualTo(RunState.CANCELLED);
        assertThat(page(runPath(run)).text())
                .contains("It is cancelled.", "not needed")
                .doesNotContain("Cancel the run");
    }

    @Test
    void aJobTypeIsPausedAndResumed() {
        reader.submit("/job-types/flaky/pause", "note", "down for repair").sentTo("/job-types/flaky");
        Run run = submitted(wish("flaky"));

        assertThat(page(runPath(run)).text())
                .contains("It waits. Its job type is paused by token:admin: down for repair.");
        assertThat(page("/").text()).contains("Paused", "down for repair");
        assertThat(page("/job-types").text()).contains("Paused");

        reader.submit("/job-types/flaky/resume", "back", "/").sentTo("/");
        assertThat(page("/").text()).contains("Done. flaky is resumed.").doesNotContain("down for repair");
    }

    @Test
    void everythingIsPausedAndResumed() {
        reader.submit("/scheduler/pause").sentTo("/");
        assertThat(page("/").text()).contains("Everything is paused token:admin paused it");

        reader.submit("/scheduler/resume").sentTo("/");
        assertThat(page("/").text()).doesNotContain("token:admin paused it");
    }

    @Test
    void aRunIsSubmittedOnceHoweverOftenTheFormIsSent() {
        String key = UUID.randomUUID().toString();

        String first = reader.submit("/job-types/hello/runs", "payload", "{\"a\": 1}", "key", key)
                .expecting(303)
                .header("Location");
        String second = reader.submit("/job-types/hello/runs", "payload", "{\"a\": 1}", "key", key)
                .expecting(303)
                .header("Location");

        assertThat(second).isEqualTo(first);
        assertThat(page(first).text()).contains("This run had been accepted before.");
        assertThat(reader.submit("/job-types/hello/runs", "payload", "[1]")
                        .expecting(400)
                        .text())
                .contains("the payload is JSON, but no object");
    }

    @Test
    void listsAreNarrowedAndReadInParts() {
        for (int i = 0; i < 51; i++) {
            submitted(wish("hello").delay(Duration.ofHours(1)).tags(List.of("parts")));
        }

        Shown first = page("/runs?tag=parts&state=&type=hello");
        String older = first.links().stream()
                .filter(link -> link.contains("cursor="))
                .findFirst()
                .orElseThrow();
        Shown second = page(older);

        assertThat(first.text()).contains("Runs of hello, tagged parts; newest first.");
        assertThat(rows(first)).isEqualTo(50);
        assertThat(rows(second)).isEqualTo(1);
        assertThat(second.links()).contains("/runs?tag=parts&type=hello");
        assertThat(page("/runs?tag=no-such-tag").text()).contains("No run matches.");
    }

    private static int rows(Shown list) {
        return list.body().split("<tr><td", -1).length - 1;
    }

    @Test
    void anIdLeadsToItsRun() {
        Run run = submitted(wish("hello"));

        reader.get("/runs?q=" + run.id()).sentTo(runPath(run));
    }

    @Test
    void whereNothingRunsByItselfTheListTellsHowToMakeASchedule() {
        Shown empty = page("/schedules");

        assertThat(empty.text()).contains("There is none yet, so nothing runs by itself.", "schedules create");
        assertThat(empty.links()).contains("/new-schedule");
    }

    @Test
    void mistakesAreToldAsPages() {
        assertThat(reader.get("/nowhere").expecting(404).text()).contains("There is no such page.", "Sign out");
        assertThat(Reader.stranger(server).get("/nowhere").expecting(404).text())
                .contains("There is no such page.")
                .doesNotContain("Sign out");
        assertThat(reader.get("/runs?stat=DEAD").expecting(400).text())
                .contains("This page has no filter 'stat'.", "It has: category");
        assertThat(reader.get("/runs?state=DAED").expecting(400).text()).contains("'DAED' is unknown", "DEAD");
        assertThat(reader.get("/runs/nonsense").expecting(400).text()).contains("is not a run id");
        assertThat(reader.get("/runs/" + UUID.randomUUID()).expecting(404).text())
                .contains("There is no run");
        assertThat(reader.get("/job-types/none").expecting(404).text()).contains("There is no job type 'none'.");
        reader.get("/assets/000000000000/console.css").expecting(404);
        reader.send("DELETE", "/runs", null).expecting(405);
    }

    @Test
    void aFormThatIsTooLargeIsRefused() {
        Shown answer = reader.submit("/job-types/hello/runs", "payload", "x".repeat(4 * 1024 * 1024));

        assertThat(answer.expecting(413).text()).contains("the body has more than");
    }

    @Test
    void assetsMayBeKept() {
        for (String link : page("/").links()) {
            if (link.startsWith("/assets/")) {
                assertThat(Reader.stranger(server).get(link).expecting(200).header("Cache-Control"))
                        .isEqualTo("public, max-age=31536000, immutable");
            }
        }
    }
}
