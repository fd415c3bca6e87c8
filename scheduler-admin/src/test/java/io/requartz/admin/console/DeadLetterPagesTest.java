package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.admin.console.Reader.Shown;
import io.requartz.admin.rest.TestServer;
import io.requartz.deadletter.DeadLetter;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters by what went wrong, who looks after them, and what was changed of their payloads. */
class DeadLetterPagesTest {

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

    private static String dead(String type, String payload) {
        String id = server.node()
                .runs()
                .submit(Submission.of(type).payload(payload).build())
                .run()
                .id();
        Run run = server.node().runs().await(id, Duration.ofSeconds(30)).orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.DEAD);
        return id;
    }

    private static DeadLetter letter(String id) {
        return server.node().deadLetters().get(id);
    }

    private static Shown page(String path) {
        return reader.get(path).expecting(200);
    }

    @Test
    void whatFailedAlikeIsOneRowThatLeadsToItsLetters() {
        String one = dead("broken", "{\"shop\": 1}");
        String two = dead("broken", "{\"shop\": 2}");
        String other = dead("hostile", "{}");
        String print = letter(one).fingerprint();

        Shown groups = page("/dead-letters/groups?type=broken");

        assertThat(groups.text())
                .contains("no such document", "not_found", "JobFailedException", "By what went wrong", "Dead letters");
        for (String start : List.of("/dead-letters?", "/bulk-actions/new?kind=retry_dead_letters&all=true&")) {
            assertThat(groups.links())
                    .anyMatch(link -> link.startsWith(start)
                            && link.contains("fingerprint=" + print)
                            && link.contains("type=broken"));
        }
        assertThat(groups.links()).noneMatch(link -> link.contains(letter(other).fingerprint()));
        assertThat(page("/dead-letters?fingerprint=" + print + "&type=broken").links())
                .contains("/runs/" + one, "/runs/" + two)
                .doesNotContain("/runs/" + other);
        assertThat(page("/bulk-actions/new?kind=retry_dead_letters&all=true&fingerprint=" + print)
                        .links())
                .contains("/dead-letters?fingerprint=" + print);
        assertThat(page("/dead-letters/groups?fingerprint=" + print).text()).contains("no such document");
        assertThat(page("/dead-letters/groups?category=out_of_memory").text()).contains("None matches.");
    }

    @Test
    void aLetterIsAssignedToMeToANameAndToNobody() {
        String id = dead("broken", "{}");

        reader.submit("/dead-letters/" + id + "/assign", "to", "me").sentTo("/runs/" + id);
        assertThat(letter(id).assignee()).isEqualTo("token:admin");
        assertThat(page("/runs/" + id).text()).contains("Assigned to token:admin", "assigned to token:admin.");
        assertThat(page("/dead-letters?whose=mine").links()).contains("/runs/" + id);
        assertThat(page("/dead-letters?whose=nobody").links()).doesNotContain("/runs/" + id);

        reader.submit("/dead-letters/" + id + "/assign", "to", "name", "assignee", " night <shift> ", "note", "yours")
                .sentTo("/runs/" + id);
        assertThat(letter(id).assignee()).isEqualTo("night <shift>");
        assertThat(page("/dead-letters?assignee=" + URLEncoder.encode("night <shift>", UTF_8))
                        .text())
                .contains("night <shift>");

        reader.submit("/dead-letters/" + id + "/assign", "to", "nobody").sentTo("/runs/" + id);
        assertThat(letter(id).assignee()).isNull();
        reader.submit("/dead-letters/" + id + "/assign", "to", "name").sentTo("/runs/" + id);
        assertThat(page("/runs/" + id).text()).contains("Not done.", "No name was given.", "Assigned to nobody");
        reader.get("/dead-letters?whose=everybodys").expecting(400);
    }

    @Test
    void theTickedOnesAreAssignedAndWhatCannotBeIsTold() {
        String one = dead("broken", "{}");
        String closed = dead("broken", "{}");
        reader.submit("/dead-letters/" + closed + "/resolve").sentTo("/runs/" + closed);

        reader.send(
                        "POST",
                        "/dead-letters/assign",
                        "form-token=" + reader.formToken() + "&which=ticked&to=name&assignee=anna&run=" + one + "&run="
                                + closed)
                .sentTo("/dead-letters");

        assertThat(letter(one).assignee()).isEqualTo("anna");
        assertThat(page("/dead-letters").text())
                .contains("1 dead letter: assigned to anna.", "is RESOLVED, not DEAD", "anna");
        reader.submit("/dead-letters/assign", "which", "ticked", "to", "me").sentTo("/dead-letters");
        assertThat(page("/dead-letters").text()).contains("Nothing is ticked.");
    }

    @Test
    void whatIsDecidedAboutCannotBeTicked() {
        String id = dead("broken", "{}");
        reader.submit("/dead-letters/" + id + "/resolve").sentTo("/runs/" + id);

        Shown resolved = page("/dead-letters?status=RESOLVED");

        assertThat(resolved.links()).contains("/runs/" + id);
        assertThat(resolved.body()).doesNotContain("type=\"checkbox\"", "Retry…");
        assertThat(page("/dead-letters/groups?status=RESOLVED").body()).doesNotContain("bulk-actions/new");
    }

    @Test
    void whatARetryChangedOfThePayloadIsShownLineByLine() {
        String id = dead("broken", "{\"shop\": 7, \"old\": true, \"items\": [{\"price\": 1.50}]}");
        long version = server.node().runs().get(id).version();

        reader.submit(
                        "/runs/" + id + "/retry",
                        "payload",
                        "{\"shop\": 8, \"items\": [{\"price\": 1.75}], \"new\": \"<b>\"}",
                        "version",
                        Long.toString(version),
                        "note",
                        "typo")
                .sentTo("/runs/" + id);

        assertThat(page("/runs/" + id).text())
                .contains(
                        "Changed the payload",
                        "− before shop: 7",
                        "+ now shop: 8",
                        "− before items.0.price: 1.50",
                        "+ now items.0.price: 1.75",
                        "− before old: true",
                        "+ now new: \"<b>\"",
                        "The payload before",
                        "typo");
    }

    @Test
    void aRunThatRepeatsAnotherTellsWhatIsOtherInIt() {
        String id = dead("broken", "{\"shop\": 7}");
        reader.submit("/dead-letters/" + id + "/resolve").sentTo("/runs/" + id);

        String copy = reader.submit("/runs/" + id + "/retry", "payload", "{\"shop\": 8}")
                .expecting(303)
                .header("Location");

        assertThat(page(copy).text()).contains("Other than in the run that it repeats", "+ now shop: 8");
        assertThat(page("/runs/" + id).links()).contains(copy);
    }
}
