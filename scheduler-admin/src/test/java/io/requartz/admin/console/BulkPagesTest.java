package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.admin.console.Reader.Shown;
import io.requartz.admin.rest.TestServer;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkState;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several dead letters or runs are chosen, what would be done to them is told, begun and watched, without a script. */
class BulkPagesTest {

    private static final String RELOADS = "http-equiv=\"refresh\"";

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

    private static String dead(Submission.Builder wish) {
        String id = server.node().runs().submit(wish.build()).run().id();
        Run run = server.node().runs().await(id, Duration.ofSeconds(30)).orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.DEAD);
        return id;
    }

    private static String dead() {
        return dead(Submission.of("broken"));
    }

    private static String waiting(String tag) {
        return server.node()
                .runs()
                .submit(Submission.of("hello")
                        .delay(Duration.ofHours(1))
                        .tags(List.of(tag))
                        .build())
                .run()
                .id();
    }

    private static RunState state(String id) {
        return server.node().runs().get(id).state();
    }

    private static Shown page(String path) {
        return reader.get(path).expecting(200);
    }

    /** Sends a form with fields that may be repeated. */
    private static Shown send(String path, String... fields) {
        List<String> parts = new ArrayList<>(List.of("form-token=" + reader.formToken()));
        for (int i = 0; i < fields.length; i += 2) {
            parts.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return reader.send("POST", path, String.join("&", parts));
    }

    /** Where a choice on a list leads. */
    private static String picked(String... fields) {
        return send("/bulk-actions/pick", fields).expecting(303).header("Location");
    }

    private static BulkAction latest() {
        return server.node().bulkActions().list(BulkFilter.ALL, 1, null).items().get(0);
    }

    private static BulkAction ended() {
        return await().until(BulkPagesTest::latest, action -> action.state() == BulkState.DONE);
    }

    @Test
    void theTickedOnesAreResolvedOnceThatWasConfirmed() {
        String one = dead();
        String two = dead();
        String other = dead();

        String confirmation = picked("kind", "resolve_dead_letters", "which", "ticked", "run", one, "run", two);
        Shown confirm = page(confirmation);

        assertThat(confirm.text())
                .contains(
                        "Resolve 2 dead letters?", "Nothing has been done yet.", "Each counts as done by other means");
        assertThat(List.of(one, two)).allSatisfy(id -> assertThat(state(id)).isEqualTo(RunState.DEAD));
        send("/bulk-actions/begin", "kind", "resolve_dead_letters", "run", one, "run", two, "note", "by phone")
                .sentTo("/bulk-actions/" + latest().id());
        ended();
        assertThat(List.of(one, two)).allSatisfy(id -> assertThat(state(id)).isEqualTo(RunState.RESOLVED));
        assertThat(state(other)).isEqualTo(RunState.DEAD);
        assertThat(page("/bulk-actions/" + latest().id()).text())
                .contains("Resolve dead letters", "Ended", "2 of 2 done", "by token:admin", "by phone");
        assertThat(page("/runs/" + one).links()).contains("/bulk-actions/" + latest().id());
        assertThat(page("/bulk-actions").text()).contains("Resolve dead letters", "2 of 2", "by phone");
    }

    @Test
    void allThatMatchAreRetriedAtTheRate() {
        List<String> letters = List.of(dead(), dead(), dead());

        String confirmation =
                picked("kind", "retry_dead_letters", "which", "all", "filter", "type=broken&category=not_found");
        Shown confirm = page(confirmation);
        assertThat(confirm.text())
                .contains("dead letters?", "Each begins a new cycle", "At 20 a second", "Category not_found");
        assertThat(confirm.body()).contains("name=\"category\" value=\"not_found\"", "name=\"all\" value=\"true\"");

        send(
                        "/bulk-actions/begin",
                        "kind",
                        "retry_dead_letters",
                        "all",
                        "true",
                        "type",
                        "broken",
                        "category",
                        "not_found",
                        "rate",
                        "1000",
                        "note",
                        "it is back")
                .expecting(303);

        assertThat(ended().ratePerSecond()).isEqualTo(1000);
        assertThat(latest().progress().done()).isGreaterThanOrEqualTo(3);
        assertThat(letters)
                .allSatisfy(id ->
                        await().until(() -> server.node().runs().get(id).cycle() == 2 && state(id) == RunState.DEAD));
    }

    @Test
    void aRejectionWithoutANoteOrARateThatIsNoneIsAskedForAgain() {
        String letter = dead();

        Shown again = send("/bulk-actions/begin", "kind", "reject_dead_letters", "run", letter)
                .expecting(400);
        assertThat(again.text()).contains("Not done.", "A rejection needs a note.", "Reject 1 dead letter");
        Shown rate = send(
                        "/bulk-actions/begin",
                        "kind",
                        "retry_dead_letters",
                        "run",
                        letter,
                        "rate",
                        "fast",
                        "note",
                        "my <words>")
                .expecting(400);
        assertThat(rate.text()).contains("'fast' is not allowed; expected a whole number from 1 to 10000");
        assertThat(rate.body()).contains("value=\"fast\"", "my &lt;words&gt;");
        assertThat(state(letter)).isEqualTo(RunState.DEAD);

        send("/bulk-actions/begin", "kind", "reject_dead_letters", "run", letter, "note", "closed")
                .expecting(303);
        ended();
        assertThat(state(letter)).isEqualTo(RunState.REJECTED);
    }

    @Test
    void nothingTickedIsNeverReadAsAll() {
        send("/bulk-actions/pick", "kind", "retry_dead_letters", "which", "ticked", "back", "/dead-letters?type=broken")
                .sentTo("/dead-letters?type=broken");
        assertThat(page("/dead-letters").text()).contains("Not done.", "Nothing is ticked.");

        reader.get("/bulk-actions/new?kind=retry_dead_letters").sentTo("/dead-letters");
        assertThat(page("/dead-letters").text()).contains("Nothing says which are meant.");
        send("/bulk-actions/begin", "kind", "retry_dead_letters").expecting(400);
        reader.get("/bulk-actions/new?kind=erase").expecting(400);
        reader.get("/bulk-actions/new?kind=cancel_runs&shop=7&all=true").sentTo("/runs");
        assertThat(page("/runs").text()).contains("This page has no filter 'shop'");
        send("/bulk-actions/pick", "kind", "retry_runs", "which", "all", "filter", "a\r\nb: c")
                .expecting(400);
    }

    @Test
    void runsAreCancelledTickedOrAllThatMatch() {
        String one = waiting("stale");
        String two = waiting("stale");
        String other = waiting("fresh");

        String confirmation = picked("kind", "cancel_runs", "which", "all", "filter", "tag=stale");
        assertThat(page(confirmation).text()).contains("Cancel 2 runs?", "None of them is tried any more", "Tag stale");
        send("/bulk-actions/begin", "kind", "cancel_runs", "all", "true", "tag", "stale")
                .expecting(303);
        ended();

        assertThat(List.of(one, two)).allSatisfy(id -> assertThat(state(id)).isEqualTo(RunState.CANCELLED));
        assertThat(state(other)).isEqualTo(RunState.SCHEDULED);
        String again = picked("kind", "cancel_runs", "which", "ticked", "run", one, "run", other);
        assertThat(page(again).text()).contains("Cancel 1 run?", "1 of the 2 that you ticked cannot be dealt with");
        reader.get("/bulk-actions/new?kind=retry_runs&all=true&state=RUNNING").sentTo("/runs");
        assertThat(page("/runs").text()).contains("Runs that are RUNNING cannot be retried");
    }

    @Test
    void tickedRunsAreRetriedInWhateverStateTheyAre() {
        String run = waiting("again");
        server.node().runs().cancel(run, Actor.SYSTEM, null);

        assertThat(page(picked("kind", "retry_runs", "which", "ticked", "run", run))
                        .text())
                .contains("Retry 1 run?", "what has ended is run again as a new run");
        send("/bulk-actions/begin", "kind", "retry_runs", "run", run).expecting(303);

        assertThat(ended().progress().done()).isEqualTo(1);
    }

    @Test
    void anActionIsWatchedHeldAndEnded() {
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            letters.add(dead());
        }
        List<String> fields = new ArrayList<>(List.of("kind", "retry_dead_letters", "rate", "1"));
        letters.forEach(id -> fields.addAll(List.of("run", id)));
        send("/bulk-actions/begin", fields.toArray(String[]::new)).expecting(303);
        String id = latest().id();
        String path = "/bulk-actions/" + id;

        Shown on = page(path);
        assertThat(on.text()).contains("Going on", "of 12 done", "1 a second", "ends");
        assertThat(on.body()).contains(RELOADS);
        assertThat(page(path + "?cancel=1").body()).contains("Cancel it").doesNotContain(RELOADS);
        reader.submit(path + "/pause").sentTo(path);
        assertThat(page(path).text()).contains("It is paused", "Resume");
        assertThat(page(path).body()).doesNotContain(RELOADS);
        reader.submit(path + "/resume").sentTo(path);
        reader.submit(path + "/cancel", "note", "enough").sentTo(path);

        Shown over = page(path);
        assertThat(over.text()).contains("Cancelled", "ended").doesNotContain("Pause");
        assertThat(over.body()).doesNotContain(RELOADS);
        reader.submit(path + "/pause").sentTo(path);
        assertThat(page(path).text()).contains("Not done.", "It has ended");
        assertThat(page("/bulk-actions?state=CANCELLED").links()).contains(path);
        reader.get("/bulk-actions/no-such").expecting(404);
    }

    @Test
    void whatWasRefusedIsShownWithTheReason() {
        String taken = dead(Submission.of("broken").uniqueWhileOpen("shop 7"));
        Run open = server.node()
                .runs()
                .submit(Submission.of("broken")
                        .uniqueWhileOpen("shop 7")
                        .delay(Duration.ofHours(1))
                        .build())
                .run();

        send("/bulk-actions/begin", "kind", "retry_dead_letters", "run", taken).expecting(303);
        ended();

        Shown page = page("/bulk-actions/" + latest().id());
        assertThat(page.text()).contains("refused 1", "is still open").contains(open.id());
        assertThat(page.links()).contains("/runs/" + taken);
    }
}
