package io.requartz.admin.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.console.Reader.Shown;
import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.TestJobs;
import io.requartz.admin.rest.TestServer;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.schedule.ScheduleStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs by itself is seen, made, changed, held and triggered. */
class SchedulePagesTest {

    private static final Actor ANNA = new Actor("anna");
    private static final String SYNC = """
            {"type": "hello", "title": "Menu sync", "cron": "0 0 4 ? * MON-FRI", "zone": "Europe/Paris",
             "calendar": {"exclude-days": ["friday"]}, "payload": {"batch_size": 20},
             "matrix": {"restaurant": [{"restaurant_id": 1, "restaurant_name": "Le Bouzou"},
                                       {"restaurant_id": 2, "restaurant_name": "Napoli"}],
                        "platform": ["uber_eats", "deliveroo"]},
             "tags": ["sync", "a, b"], "misfire-after": "90s"}""";

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Reader reader;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                directory,
                DefinitionSet.EMPTY
                        .with(DefinitionKind.SCHEDULE, "menu", json(SYNC))
                        .with(DefinitionKind.SCHEDULE, "other", json("{\"type\": \"hello\", \"every\": \"6h\"}"))
                        .with(DefinitionKind.SCHEDULE, "third", json("{\"type\": \"hello\", \"every\": \"8h\"}")));
        reader = Reader.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode json(String text) {
        return Objects.requireNonNull(Json.stored(text));
    }

    private static ScheduleStatus schedule(String name) {
        return server.node().schedules().get(name);
    }

    private static void create(String name, String definition) {
        server.node().schedules().create(name, json(definition), ANNA, null);
    }

    private static Shown page(String path) {
        return reader.get(path).expecting(200);
    }

    private static List<FireWithRun> fires(String name) {
        return server.node().schedules().fires(name, 200, null).items();
    }

    // ---- looking

    @Test
    void theListTellsWhatRunsWhenAndWhereItComesFrom() {
        Shown list = page("/schedules");

        assertThat(list.text())
                .contains("Menu sync", "at 04:00", "Europe/Paris", "4 runs a fire", "configuration", "Active", "in ");
        assertThat(list.links()).contains("/schedules/menu", "/job-types/hello", "/new-schedule");
        assertThat(page("/").text()).contains("Schedules");
    }

    @Test
    void theListIsNarrowedByItsAddress() {
        create("narrow-one", "{\"type\": \"flaky\", \"every\": \"1d\"}");
        create("narrow-two", "{\"type\": \"flaky\", \"every\": \"1d\", \"paused\": true}");

        assertThat(page("/schedules?type=flaky&name=NARROW").text()).contains("narrow-one", "narrow-two");
        assertThat(page("/schedules?state=paused&type=flaky").text())
                .contains("narrow-two")
                .doesNotContain("narrow-one");
        assertThat(page("/schedules?source=live").text()).contains("narrow-one").doesNotContain("Menu sync");
        assertThat(page("/schedules?source=configuration").text())
                .contains("Menu sync")
                .doesNotContain("narrow-one");
        assertThat(page("/schedules?name=nowhere").text()).contains("None matches.");
        assertThat(reader.get("/schedules?stat=paused").expecting(400).text()).contains("no filter 'stat'");
        assertThat(reader.get("/schedules?state=pausd").expecting(400).text()).contains("'pausd' is unknown");
    }

    @Test
    void aScheduleIsReadOut() {
        Shown menu = page("/schedules/menu");

        assertThat(menu.text())
                .contains("Menu sync Active", "Runs hello", "cron: 0 0 4 ? * MON-FRI", "not on Friday")
                .contains("run once: one run makes up for all of them, if it is more than 1 min 30 s late")
                .contains("skip: the fire makes no run", "2 restaurant x 2 platform: 4 runs a fire")
                .contains("the next 10, in its own zone and in yours", "04:00 ", "\"batch_size\": 20")
                .contains(
                        "1 · Le Bouzou", "uber_eats", "not yet", "None has come yet.", "As configuration would say it");
        assertThat(menu.links()).contains("/runs?tag=a%2C+b", "/schedules/menu/change", "/new-schedule?like=menu");
        assertThat(menu.body()).doesNotContain("Delete the schedule");
    }

    @Test
    void aFireIsShownWithItsRunOrWhyThereIsNone() {
        create("hasty", "{\"type\": \"flaky\", \"every\": \"1s\", \"tags\": [\"hasty\"]}");
        await().until(() -> fires("hasty").stream().anyMatch(each -> each.fire().skipped() != null));
        server.node().schedules().pause("hasty", ANNA, null);

        Shown hasty = page("/schedules/hasty");

        assertThat(hasty.text()).contains("Skipped: overlap", "Paused", "Not by itself, while it is paused.");
        assertThat(page("/schedules?name=hasty").text()).contains("Skipped: overlap");
        Run run = run("hasty").orElseThrow();
        assertThat(hasty.links()).contains("/runs/" + run.id());
        assertThat(page("/runs/" + run.id()).links()).contains("/schedules/hasty");

        server.node().schedules().delete("hasty", null, ANNA, null);
        assertThat(page("/runs/" + run.id()).text()).contains("hasty, which is gone");
        reader.get("/schedules/hasty").expecting(404);
    }

    private static Optional<Run> run(String tag) {
        RunFilter tagged = new RunFilter(Set.of(), null, null, tag, null, null, null, null, 0);
        return server.node().runs().list(tagged, 1, null).items().stream().findFirst();
    }

    @Test
    void theOverviewTellsWhatRunsInTheNextHour() {
        create("soon", "{\"type\": \"hello\", \"title\": \"Quarterly check\", \"every\": \"15m\"}");

        Shown overview = page("/");

        assertThat(overview.text()).contains("Next hour", "Quarterly check every 15 minutes");
        assertThat(overview.links()).contains("/schedules/soon");
    }

    @Test
    void hostileTextsAreShownLiterally() {
        String hostile = TestJobs.Hostile.TEXT.replace("\"", "\\\"");
        create(
                "hostile",
                "{\"type\": \"hello\", \"title\": \"" + hostile + "\", \"every\": \"1d\", \"payload\": {\"a\": \""
                        + hostile + "\"}, \"matrix\": {\"" + hostile + "\": [\"" + hostile + "\"]}}");

        for (String path : List.of(
                "/schedules",
                "/schedules/hostile",
                "/schedules/hostile/change",
                "/schedules/hostile/trigger",
                "/new-schedule?like=hostile",
                "/new-schedule?type=%3Cimg%3E",
                "/schedules/%3Cimg%3E",
                "/schedules?name=%3Cimg%3E")) {
            assertThat(reader.get(path).body()).as(path).doesNotContain("<img", "<script>");
        }
    }

    @Test
    void whatIsNotThereIsToldSo() {
        assertThat(reader.get("/schedules/none").expecting(404).text()).contains("There is no schedule 'none'.");
        reader.get("/schedules/none/change").expecting(404);
        reader.get("/schedules/none/trigger").expecting(404);
        reader.get("/new-schedule?like=none").expecting(404);
        reader.submit("/schedules/none/pause").expecting(404);
        reader.submit("/schedules/none/delete").expecting(404);
    }

    // ---- making and changing

    @Test
    void aScheduleIsMadeByItsForm() {
        Map<String, String> form = page("/new-schedule").form();

        reader.submit(
                        "/new-schedule",
                        form,
                        "name",
                        "nightly",
                        "type",
                        "hello",
                        "title",
                        "Nightly sync",
                        "cron",
                        "0 30 2 * * ?",
                        "zone",
                        "Europe/Paris",
                        "matrix",
                        "{\"shop\": [1, 2]}",
                        "note",
                        "for the night")
                .sentTo("/schedules/nightly");

        assertThat(page("/schedules/nightly").text())
                .contains("nightly is made", "Nightly sync", "every day at 02:30", "2 runs a fire", "for the night");
        assertThat(schedule("nightly").effective())
                .isEqualTo(json("{\"type\": \"hello\", \"title\": \"Nightly sync\", \"cron\": \"0 30 2 * * ?\","
                        + " \"zone\": \"Europe/Paris\", \"matrix\": {\"shop\": [1, 2]}}"));
        assertThat(reader.submit("/new-schedule", form, "name", "nightly", "type", "hello", "cron", "0 0 1 * * ?")
                        .expecting(409)
                        .text())
                .contains("There is a schedule 'nightly'");
    }

    @Test
    void eachKindOfTimingIsTaken() {
        Map<String, String> form = page("/new-schedule").form();

        reader.submit(
                        "/new-schedule",
                        form,
                        "name",
                        "monthly",
                        "type",
                        "hello",
                        "timing",
                        "calendar-interval",
                        "calendar-interval",
                        "1 month",
                        "start",
                        "2026-01-31T09:00",
                        "cron",
                        "left over",
                        "exclude-days",
                        "sunday",
                        "exclude-hours",
                        "23:00-05:00")
                .sentTo("/schedules/monthly");
        reader.submit(
                        "/new-schedule",
                        form,
                        "name",
                        "often",
                        "type",
                        "hello",
                        "timing",
                        "every",
                        "every",
                        "15m",
                        "every-start",
                        "2026-01-31T09:00:00Z",
                        "expire-after",
                        "10m")
                .sentTo("/schedules/often");

        assertThat(schedule("monthly").effective())
                .isEqualTo(
                        json(
                                "{\"type\": \"hello\", \"calendar-interval\": \"1 month\", \"start\": \"2026-01-31T09:00\","
                                        + " \"calendar\": {\"exclude-days\": [\"sunday\"], \"exclude-hours\": [\"23:00-05:00\"]}}"));
        assertThat(page("/schedules/monthly").text()).contains("not on Sunday, nor from 23:00 to 05:00");
        assertThat(schedule("often").effective())
                .isEqualTo(json("{\"type\": \"hello\", \"every\": \"15m\", \"start\": \"2026-01-31T09:00:00Z\","
                        + " \"expire-after\": \"10m\"}"));
    }

    @Test
    void aPreviewTellsWhenItWouldFireAndSavesNothing() {
        Map<String, String> form = page("/new-schedule").form();

        Shown preview = reader.submit(
                        "/new-schedule",
                        form,
                        "preview",
                        "when",
                        "name",
                        "not yet",
                        "cron",
                        "0 30 2 ? * SUN",
                        "zone",
                        "Asia/Tokyo")
                .expecting(200);

        assertThat(preview.text())
                .contains("02:30", "Sunday", "Asia/Tokyo", "Sun 20")
                .doesNotContain("is missing; expected the name of a job type", "Not done.");
        assertThat(preview.form()).containsEntry("name", "not yet").containsEntry("cron", "0 30 2 ? * SUN");
        assertThat(server.node().schedules().has("not yet")).isFalse();
        assertThat(reader.submit("/new-schedule", form, "preview", "when", "cron", "0 30 2 * *")
                        .expecting(200)
                        .text())
                .contains("has 5 fields; expected 6 or 7");
    }

    @Test
    void whatIsWrongIsToldAtItsFieldAndWhatWasTypedIsKept() {
        Map<String, String> form = page("/new-schedule").form();

        Shown again = reader.submit(
                        "/new-schedule",
                        form,
                        "name",
                        "a/b",
                        "type",
                        "hello",
                        "cron",
                        "0 0 0 30 2 ?",
                        "zone",
                        "Europe/Pariss",
                        "payload",
                        "{\"a\": ",
                        "matrix",
                        "{\"shop\": []}",
                        "retry",
                        "{\"max-attempts\": -1}",
                        "exclude-dates",
                        "tomorrow",
                        "note",
                        "my note")
                .expecting(400);

        assertThat(again.text())
                .contains("Not done. 7 fields are wrong.", "never fires", "did you mean 'Europe/Paris'?")
                .contains("begins with a letter or digit", "is not JSON at line 1", "axis shop has no value")
                .contains("max-attempts:", "\"tomorrow\" came; expected a date");
        assertThat(again.form())
                .containsEntry("name", "a/b")
                .containsEntry("zone", "Europe/Pariss")
                .containsEntry("payload", "{\"a\":")
                .containsEntry("note", "my note");
        assertThat(again.body()).contains("aria-invalid=\"true\"");
    }

    @Test
    void whatTheClusterRefusesIsToldToo() {
        Map<String, String> form = page("/new-schedule").form();

        assertThat(reader.submit("/new-schedule", form, "name", "over", "type", "hello", "cron", "0 0 0 1 1 ? 2020")
                        .expecting(400)
                        .text())
                .contains("never fires again");
        assertThat(reader.submit("/new-schedule", form, "name", "typo", "type", "helo", "cron", "0 0 0 1 1 ?")
                        .expecting(400)
                        .text())
                .contains("helo");
    }

    @Test
    void aChangeLeavesAloneWhatItDoesNotTouch() {
        Map<String, String> form = page("/schedules/menu/change").form();

        reader.submit("/schedules/menu/change", form).sentTo("/schedules/menu");
        assertThat(page("/schedules/menu").text()).contains("Nothing was changed");
        assertThat(schedule("menu").definition().version()).isZero();

        reader.submit("/schedules/menu/change", form, "title", "Menus", "overlap", "allow", "note", "shorter")
                .sentTo("/schedules/menu");

        assertThat(schedule("menu").definition().live())
                .isEqualTo(json("{\"title\": \"Menus\", \"overlap\": \"allow\"}"));
        assertThat(page("/schedules/menu").text())
                .contains("Menus", "Changed live", "Menu sync", "title: Menu sync → Menus", "overlap: allow", "shorter")
                .contains("configuration, changed live");
        assertThat(page("/schedules?source=changed").text()).contains("Menus");

        reader.submit("/schedules/menu/back-to-configuration", "version", "1", "note", "no, longer")
                .sentTo("/schedules/menu");

        assertThat(page("/schedules/menu").text())
                .contains("menu is again what configuration says.", "Menu sync")
                .doesNotContain("Back to configuration");
        assertThat(schedule("menu").definition().live()).isNull();
    }

    @Test
    void aStaleChangeIsToldAndShownBesideTheOther() {
        create("contested", "{\"type\": \"hello\", \"every\": \"1d\", \"title\": \"First\"}");
        Map<String, String> form = page("/schedules/contested/change").form();
        server.node()
                .schedules()
                .change(
                        "contested",
                        json("{\"type\": \"hello\", \"every\": \"2d\", \"title\": \"Theirs\"}"),
                        1L,
                        ANNA,
                        null);

        Shown stale = reader.submit("/schedules/contested/change", form, "title", "Mine")
                .expecting(412);

        assertThat(stale.text())
                .contains("at version 2, changed by anna; version 1 was expected", "Theirs and yours")
                .contains("title Theirs Mine", "every 2d 1d");
        assertThat(schedule("contested").effective().path("title").asText()).isEqualTo("Theirs");
        assertThat(stale.form()).containsEntry("version", "2").containsEntry("title", "Mine");

        reader.submit("/schedules/contested/change", stale.form()).sentTo("/schedules/contested");
        assertThat(schedule("contested").effective())
                .isEqualTo(json("{\"type\": \"hello\", \"every\": \"1d\", \"title\": \"Mine\"}"));
    }

    @Test
    void anotherLikeItBeginsWithItsKeys() {
        Map<String, String> form = page("/new-schedule?like=menu").form();
        assertThat(form).containsEntry("zone", "Europe/Paris").containsEntry("tags", "[\"sync\",\"a, b\"]");

        reader.submit("/new-schedule", form, "name", "menu-copy").sentTo("/schedules/menu-copy");

        assertThat(schedule("menu-copy").schedule().cells()).hasSize(4);
        assertThat(schedule("menu-copy").schedule().tags()).containsExactly("sync", "a, b");
    }

    @Test
    void onlyWhatWasMadeLiveIsDeleted() {
        create("doomed", "{\"type\": \"hello\", \"every\": \"1d\"}");
        assertThat(page("/schedules/doomed").body()).contains("Delete the schedule");

        reader.submit("/schedules/doomed/delete", "version", "7").sentTo("/schedules/doomed");
        assertThat(page("/schedules/doomed").text()).contains("Not done.", "version 7 was expected");
        reader.submit("/schedules/doomed/back-to-configuration").sentTo("/schedules/doomed");
        assertThat(page("/schedules/doomed").text()).contains("there is nothing to go back to");
        reader.submit("/schedules/doomed/delete", "version", "1").sentTo("/schedules");
        reader.submit("/schedules/menu/delete").sentTo("/schedules/menu");

        assertThat(server.node().schedules().has("doomed")).isFalse();
        assertThat(page("/schedules/menu").text()).contains("comes from configuration and would be back");
    }

    // ---- holding and triggering

    @Test
    void aScheduleIsPausedAndResumedInItsRow() {
        reader.submit("/schedules/other/pause", "back", "/schedules").sentTo("/schedules");
        assertThat(page("/schedules?state=paused").text()).contains("Done. other is paused", "Resume");
        assertThat(schedule("other").schedule().paused()).isTrue();

        reader.submit("/schedules/other/resume").sentTo("/schedules/other");
        assertThat(page("/schedules/other").text()).contains("other is resumed, and goes on from now.");
        assertThat(schedule("other").schedule().paused()).isFalse();
    }

    @Test
    void aScheduleWhoseTypeIsPausedIsShownAsHeld() {
        create("held", "{\"type\": \"broken\", \"every\": \"30m\"}");
        server.node().control().pause("broken", ANNA, null);

        reader.submit("/schedules/held/pause").expecting(303);
        reader.submit("/schedules/held/resume").expecting(303);

        assertThat(page("/schedules/held").text()).contains("It waits. Its job type is paused by anna.", "Held");
        assertThat(page("/").text()).contains("held held by a pause, every 30 minutes");
        server.node().control().resume("broken", ANNA, null);
    }

    @Test
    void aTriggerByHandMakesARunOfEachCell() {
        create("two", "{\"type\": \"hello\", \"every\": \"1d\", \"matrix\": {\"shop\": [1, 2]}}");

        reader.submit("/schedules/two/trigger").sentTo("/schedules/two");

        assertThat(fires("two")).hasSize(2);
        await().until(() -> page("/schedules/two").text().contains("2 succeeded")
                || page("/schedules?name=two").text().contains("2 succeeded"));
        assertThat(page("/schedules/two").text()).contains("shop=1", "shop=2", "by hand", "Triggered by hand");
    }

    @Test
    void aTriggerMayTakeAPartWithOtherParameters() {
        create(
                "part",
                "{\"type\": \"hello\", \"every\": \"1d\", \"payload\": {\"batch_size\": 20},"
                        + " \"matrix\": {\"shop\": [1, 2], \"platform\": [\"x\", \"y\"]}}");
        Map<String, String> form = page("/schedules/part/trigger").form();
        assertThat(form).containsKeys("cell.shop", "cell.platform", "payload", "retries");

        Shown again = reader.submit(
                        "/schedules/part/trigger", form, "cell.shop", "2", "payload", "{oops", "note", "why")
                .expecting(400);
        assertThat(again.text()).contains("Not done. the payload is not JSON");
        assertThat(again.form())
                .containsEntry("cell.shop", "2")
                .containsEntry("payload", "{oops")
                .containsEntry("note", "why");
        assertThat(reader.submit("/schedules/part/trigger", form, "retries", "many")
                        .expecting(400)
                        .text())
                .contains("Retries: 'many' is not allowed; expected a whole number");
        assertThat(fires("part")).isEmpty();

        Shown sent = reader.submit(
                        "/schedules/part/trigger",
                        form,
                        "cell.shop",
                        "2",
                        "cell.platform",
                        "y",
                        "payload",
                        "{\"batch_size\": 5}",
                        "retries",
                        "0")
                .expecting(303);

        String id = fires("part").get(0).fire().runId();
        assertThat(sent.header("Location")).isEqualTo("/runs/" + id);
        assertThat(page("/runs/" + id).text())
                .contains("\"batch_size\": 5", "platform=y, shop=2", "1 run made", "at most 1 attempt");
        await().until(() -> server.node().runs().get(id).state().settled());
        assertThat(page("/schedules/part").links()).contains("/runs/" + id);
    }
}
