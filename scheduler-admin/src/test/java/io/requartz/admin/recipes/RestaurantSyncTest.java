package io.requartz.admin.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Calls;
import io.requartz.config.ConfigLoader;
import io.requartz.config.RequartzConfig;
import io.requartz.definition.DefinitionKind;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipe, run by a node of its own against a partner that fails as it is told. An hour has a second here. Each test has
 * combinations of restaurant and platform of its own; the others stay well all the time.
 */
@EnabledIf("canRun")
class RestaurantSyncTest {

    private static final String TIME = "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] ";
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String PROFILE = """
            cluster: {poll: 200ms}
            schedules:
              hourly-sync: {cron: , zone: , every: 1s}
              daily-sync: {cron: , zone: , every: 1s, paused: true}
              weekly-sync: {cron: , zone: , every: 1s, paused: true}
            """;

    @TempDir
    private static Path home;

    private static Partner partner;
    private static RecipeNode node;

    static boolean canRun() {
        return RecipeNode.canRun();
    }

    @BeforeAll
    static void start() throws Exception {
        partner = Partner.open();
        node = RecipeNode.start(
                home,
                "restaurant-sync",
                PROFILE,
                Map.of("RESTAURANT_API", partner.address(), "RESTAURANT_API_TOKEN", "t0ken"));
    }

    @AfterAll
    static void stop() {
        node.close();
        partner.close();
    }

    /** A combination of restaurant and platform. */
    private record Combination(int restaurant, String name, String platform) {

        String hourly() {
            return path("availability");
        }

        String daily() {
            return path("hours");
        }

        private String path(String what) {
            return "/" + platform + "/restaurants/" + restaurant + "/" + what;
        }

        String label() {
            return name + " on " + platform;
        }

        String query() {
            return "restaurant_id=" + restaurant + "&platform=" + platform;
        }

        String payload() {
            return "{\"restaurant_id\": " + restaurant + ", \"restaurant_name\": \"" + name + "\", \"platform\": \""
                    + platform + "\"}";
        }
    }

    private static final Combination LE_BOUZOU = new Combination(1, "Le Bouzou", "uber_eats");
    private static final Combination LE_BOUZOU_DELIVEROO = new Combination(1, "Le Bouzou", "deliveroo");
    private static final Combination CASA_VERDE = new Combination(2, "Casa Verde", "uber_eats");
    private static final Combination CASA_VERDE_DELIVEROO = new Combination(2, "Casa Verde", "deliveroo");
    private static final Combination PIZZA_RUSTICA = new Combination(3, "Pizza Rustica", "uber_eats");
    private static final Combination PIZZA_RUSTICA_DELIVEROO = new Combination(3, "Pizza Rustica", "deliveroo");

    @Test
    void threeFailuresInARowDisableOneCombinationAndARunByHandBringsItBack() {
        becomesDisabled(LE_BOUZOU, "Authentication failed");

        // the failure's progression, and the final line, once, in the document's layout
        assertThat(linesOf(LE_BOUZOU).limit(4))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(
                                        TIME
                                                + "WARNING - Availability sync failed for Le Bouzou on uber_eats \\(attempt 1/3\\): Authentication failed"),
                        line -> assertThat(line)
                                .matches(
                                        TIME
                                                + "WARNING - Availability sync failed for Le Bouzou on uber_eats \\(attempt 2/3\\): Authentication failed"),
                        line -> assertThat(line)
                                .matches(
                                        TIME
                                                + "WARNING - Availability sync failed for Le Bouzou on uber_eats \\(attempt 3/3\\): Authentication failed"),
                        line -> assertThat(line)
                                .matches(
                                        TIME
                                                + "ERROR - Disabling automatic sync for Le Bouzou on uber_eats after 3 failures\\. Manual intervention required\\."));

        // no fourth attempt, though the hours go on, and the working combinations with them
        int calls = partner.calls(LE_BOUZOU.hourly());
        goesOn(PIZZA_RUSTICA_DELIVEROO);
        assertThat(partner.calls(LE_BOUZOU.hourly())).isEqualTo(calls);
        JsonNode scope = scope(LE_BOUZOU);
        assertThat(scope.path("skipped").asInt()).isPositive();
        assertThat(linesOf(LE_BOUZOU)).hasSize(4);

        // a failed hour is over; the one that disabled the combination is the one dead letter
        JsonNode runs = runsOf(scope);
        assertThat(states(runs, "DEAD")).isEqualTo(1);
        assertThat(states(runs, "FAILED")).isEqualTo(2);
        assertThat(states(runs, "RETRYING")).isZero();

        // a run by hand that fails leaves it disabled, and says so
        manualRun(LE_BOUZOU);
        await().atMost(LONG)
                .until(() -> linesOf(LE_BOUZOU)
                        .anyMatch(line -> line.endsWith("(attempt 4/3): Authentication failed; it stays disabled")));
        assertThat(scope(LE_BOUZOU).path("disabled").asBoolean()).isTrue();

        // one that succeeds brings it back
        partner.accepts(LE_BOUZOU.hourly());
        manualRun(LE_BOUZOU);
        await().atMost(LONG)
                .until(
                        () -> node.runsLog().stream()
                                .anyMatch(
                                        line -> line.matches(
                                                TIME
                                                        + "INFO - Re-enabled automatic sync for Le Bouzou on uber_eats after successful manual sync")));
        assertThat(node.runsLog())
                .anyMatch(line -> line.matches(TIME + "INFO - Manual sync triggered for restaurant 1 on uber_eats"));
        assertThat(scope(LE_BOUZOU).path("failures").asInt()).isZero();
        goesOn(LE_BOUZOU);
    }

    @Test
    void aDailySuccessClearsHourlyFailuresAndReenables() {
        becomesDisabled(CASA_VERDE_DELIVEROO, "Too many menus");
        partner.accepts(CASA_VERDE_DELIVEROO.hourly());

        schedule("daily-sync", "resume");
        await().atMost(LONG)
                .until(
                        () -> linesOf(CASA_VERDE_DELIVEROO)
                                .anyMatch(
                                        line -> line.matches(
                                                TIME
                                                        + "INFO - Re-enabled automatic sync for Casa Verde on deliveroo after successful sync")));
        schedule("daily-sync", "pause");

        assertThat(scope(CASA_VERDE_DELIVEROO).path("disabled").asBoolean()).isFalse();
        goesOn(CASA_VERDE_DELIVEROO);
    }

    @Test
    void aDailySyncRunsThroughADisabledCombinationAndItsFailureIsAPlainWarning() {
        partner.refuses(PIZZA_RUSTICA.daily(), 503, "Closed");
        becomesDisabled(PIZZA_RUSTICA, "Closed");

        schedule("daily-sync", "resume");
        await().atMost(LONG)
                .until(
                        () -> linesOf(PIZZA_RUSTICA)
                                .anyMatch(
                                        line -> line.matches(
                                                TIME
                                                        + "WARNING - Daily sync failed for Pizza Rustica on uber_eats \\(attempt 4/3\\): Closed")));
        schedule("daily-sync", "pause");

        assertThat(scope(PIZZA_RUSTICA).path("disabled").asBoolean()).isTrue();
        assertThat(linesOf(PIZZA_RUSTICA).filter(line -> line.contains("ERROR - Disabling")))
                .hasSize(1);
        partner.accepts(PIZZA_RUSTICA.daily());
        partner.accepts(PIZZA_RUSTICA.hourly());
        reset(PIZZA_RUSTICA.query());
        goesOn(PIZZA_RUSTICA);
    }

    @Test
    void failuresAreResetExactlyByRestaurantOrAltogether() {
        becomesDisabled(CASA_VERDE, "Authentication failed");
        becomesDisabled(LE_BOUZOU_DELIVEROO, "Authentication failed");
        partner.accepts(CASA_VERDE.hourly());
        partner.accepts(LE_BOUZOU_DELIVEROO.hourly());

        assertThat(node.api()
                        .post("/api/v1/scopes/reset?restaurant=1", "{}")
                        .problem(400, "invalid")
                        .path("hint")
                        .asText())
                .contains("restaurant_id");
        assertThat(reset("restaurant_id=1"))
                .contains("Le Bouzou on deliveroo")
                .doesNotContain("Casa Verde on uber_eats");
        assertThat(reset(CASA_VERDE.query())).containsExactly("Casa Verde on uber_eats");
        goesOn(CASA_VERDE);

        becomesDisabled(CASA_VERDE, "Authentication failed");
        partner.accepts(CASA_VERDE.hourly());
        assertThat(reset("")).contains("Casa Verde on uber_eats");
        goesOn(CASA_VERDE);
    }

    @Test
    void theStatusTellsCountsDisabledCombinationsLimitsAndTimes() {
        becomesDisabled(PIZZA_RUSTICA_DELIVEROO, "Authentication failed");

        JsonNode status = node.api().get("/api/v1/scheduler").expecting(200).json();

        assertThat(status.path("paused").asBoolean()).isFalse();
        JsonNode failing = StreamSupport.stream(status.path("scopes").spliterator(), false)
                .filter(scope -> scope.path("label").asText().equals(PIZZA_RUSTICA_DELIVEROO.label()))
                .findFirst()
                .orElseThrow();
        assertThat(failing.path("failures").asInt()).isEqualTo(3);
        assertThat(failing.path("limit").asInt()).isEqualTo(3);
        assertThat(failing.path("disabled").asBoolean()).isTrue();
        assertThat(failing.path("last_error").asText()).isEqualTo("Authentication failed");
        assertThat(status.path("schedules").toString())
                .contains("hourly-sync", "every second", "next_fire", "last_fire");
        partner.accepts(PIZZA_RUSTICA_DELIVEROO.hourly());
        reset(PIZZA_RUSTICA_DELIVEROO.query());
        goesOn(PIZZA_RUSTICA_DELIVEROO);
    }

    @Test
    void theLimitIsChangedWhileItRuns() {
        node.api()
                .call("PUT", "/api/v1/scopes/definitions/sync", "{\"live\": {\"disable_after\": 2}}")
                .expecting(200);
        try {
            becomesDisabled(LE_BOUZOU_DELIVEROO, "Authentication failed");

            assertThat(scope(LE_BOUZOU_DELIVEROO).path("limit").asInt()).isEqualTo(2);
            assertThat(linesOf(LE_BOUZOU_DELIVEROO)).anyMatch(line -> line.contains("(attempt 2/2)"));
        } finally {
            node.api().call("PUT", "/api/v1/scopes/definitions/sync", "{}").expecting(200);
        }
        partner.accepts(LE_BOUZOU_DELIVEROO.hourly());
        reset(LE_BOUZOU_DELIVEROO.query());
        goesOn(LE_BOUZOU_DELIVEROO);
    }

    @Test
    void theRealTimesAreEachHourEachNightAndEachWeek() {
        RequartzConfig config =
                ConfigLoader.load(List.of(RecipeNode.recipe("restaurant-sync")), Map.of("HOSTNAME", "box"), List.of());
        Instant start = Instant.parse("2024-01-15T13:30:00Z"); // a Monday

        assertThat(next(config, "hourly-sync", start)).isEqualTo("2024-01-15T14:00:00Z");
        assertThat(next(config, "daily-sync", start)).isEqualTo("2024-01-16T02:30:00Z");
        assertThat(next(config, "weekly-sync", start)).isEqualTo("2024-01-21T03:30:00Z");
    }

    private static Instant next(RequartzConfig config, String name, Instant after) {
        Schedule schedule = ScheduleFormat.parse(
                name, config.definitions().of(DefinitionKind.SCHEDULE).get(name));
        assertThat(schedule.cells()).hasSize(6);
        return schedule.timing().next(after).orElseThrow();
    }

    // ---- what is done and seen

    private static void becomesDisabled(Combination combination, String error) {
        partner.refuses(combination.hourly(), 401, error);
        await().atMost(LONG).until(() -> scope(combination).path("disabled").asBoolean());
        await().atMost(LONG)
                .until(() -> linesOf(combination).anyMatch(line -> line.contains(" - Disabling automatic sync for ")));
    }

    /** Two more hours of it go well. */
    private static void goesOn(Combination combination) {
        int calls = partner.calls(combination.hourly());
        await().atMost(LONG).until(() -> partner.calls(combination.hourly()) >= calls + 2);
        assertThat(scope(combination).path("disabled").asBoolean()).isFalse();
    }

    private static void manualRun(Combination combination) {
        node.api()
                .post(
                        "/api/v1/job-types/availability_sync/runs",
                        "{\"payload\": " + combination.payload() + ", \"manual\": true}")
                .expecting(201);
    }

    private static void schedule(String name, String act) {
        node.api().post("/api/v1/schedules/" + name + "/" + act, "{}").expecting(200);
    }

    private static List<String> reset(String query) {
        Calls.Answer answer = node.api()
                .post("/api/v1/scopes/reset" + (query.isEmpty() ? "" : "?" + query), "{}")
                .expecting(200);
        return StreamSupport.stream(answer.json().path("reset").spliterator(), false)
                .map(each -> each.path("scope").path("label").asText())
                .toList();
    }

    private static JsonNode scope(Combination combination) {
        JsonNode found = node.api()
                .get("/api/v1/scopes?" + combination.query())
                .expecting(200)
                .json()
                .path("items");
        return found.path(0);
    }

    private static JsonNode runsOf(JsonNode scope) {
        return node.api()
                .get("/api/v1/runs?limit=200&state=DEAD&state=FAILED&state=RETRYING&scope="
                        + scope.path("id").asText())
                .expecting(200)
                .json()
                .path("items");
    }

    private static long states(JsonNode runs, String state) {
        return StreamSupport.stream(runs.spliterator(), false)
                .filter(run -> run.path("state").asText().equals(state))
                .count();
    }

    private static Stream<String> linesOf(Combination combination) {
        return node.runsLog().stream().filter(line -> line.contains(" for " + combination.label()));
    }
}
