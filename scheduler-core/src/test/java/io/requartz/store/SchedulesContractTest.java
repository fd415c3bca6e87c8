package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.schedule.ComingFires;
import io.requartz.schedule.LatestFire;
import io.requartz.schedule.ManualFire;
import io.requartz.schedule.ScheduleRepository.FireCount;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.schedule.ScheduleStatus;
import io.requartz.schedule.Schedules;
import io.requartz.schedule.Skipped;
import io.requartz.schedule.Triggered;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Schedules from their definition to their runs, the same on every database. */
abstract class SchedulesContractTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int SECONDS = 15;
    private static final JsonMapper JSON = new JsonMapper();

    private final TestDatabase kind;
    private final List<ManualScheduler> nodes = new ArrayList<>();
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private SettableClock clock;
    private ManualScheduler node;

    SchedulesContractTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void join() throws Exception {
        schema = kind.fresh();
        pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 10);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        clock = SettableClock.atSomeTime();
        node = join("one", DefinitionSet.EMPTY);
    }

    @AfterEach
    void leave() throws Exception {
        if (schema != null) {
            nodes.forEach(ManualScheduler::close);
            pool.close();
            schema.close();
        }
    }

    private ManualScheduler join(String name, DefinitionSet definitions) {
        ManualScheduler joined = ManualScheduler.join(
                name,
                database,
                Plugins.builder().add(ScriptedJob.class).add(Clocked.class).build(),
                clock,
                Gate.OPEN,
                definitions);
        nodes.add(joined);
        return joined;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private ScheduleStatus create(String name, String more) {
        return node.schedules().create(name, json("{'type': 'scripted'" + more + "}"), ANNA, null);
    }

    private Schedules schedules() {
        return node.schedules();
    }

    private List<FireWithRun> fires(String name) {
        return schedules().fires(name, 200, null).items();
    }

    private List<String> told(String name) {
        return fires(name).stream()
                .map(each -> each.fire().time().toString().substring(11, 16) + " "
                        + (each.fire().cell().isEmpty() ? "" : each.fire().cell() + " ")
                        + (each.fire().skipped() == null
                                ? each.runState().name()
                                : each.fire().skipped().label()))
                .toList();
    }

    private List<Run> runs() {
        return node.runs().list(RunFilter.ALL, 200, null).items();
    }

    private void after(Duration time) {
        clock.advance(time);
        node.runDue();
    }

    @Test
    void aScheduleMakesARunWheneverItIsDue() {
        create(
                "hourly",
                ", 'cron': '0 0 * * * ?', 'payload': {'script': ['ok']}, 'tags': ['sync'], 'priority': 'high'");

        after(Duration.ofMinutes(59));
        assertThat(runs()).isEmpty();
        after(Duration.ofMinutes(1));
        after(Duration.ofHours(1));

        assertThat(told("hourly")).containsExactly("11:00 SUCCEEDED", "10:00 SUCCEEDED");
        Run run = node.runs().get(fires("hourly").get(0).fire().runId());
        assertThat(run.createdBy()).isEqualTo("schedule:hourly");
        assertThat(run.tags()).containsExactly("sync");
        assertThat(run.origin().schedule()).isEqualTo("hourly");
        assertThat(run.origin().scheduledAt()).isEqualTo("2026-03-03T11:00:00Z");
        assertThat(run.origin().manual()).isFalse();
    }

    /** Answers when its schedule was due. */
    public static final class Clocked implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            context.setResult(context.getScheduledFireTime().toInstant().toString());
        }
    }

    @Test
    void aPlainQuartzJobSeesTheTimeOfTheFire() {
        schedules().create("clocked", json("{'type': 'clocked', 'every': '1h'}"), ANNA, null);

        after(Duration.ofMinutes(80));

        assertThat(node.runs().get(runs().get(0).id()).result()).isEqualTo("\"2026-03-03T10:00:00Z\"");
    }

    @Test
    void anOutageOfHoursIsMadeUpForAsTheMisfireRuleSays() {
        create("once", ", 'every': '1h', 'payload': {'script': ['ok']}");
        create("none", ", 'every': '1h', 'payload': {'script': ['ok']}, 'misfire': 'skip'");
        create("all", ", 'every': '1h', 'payload': {'script': ['ok']}, 'misfire': 'run all'");

        after(Duration.ofMinutes(3 * 60 + 30));

        assertThat(told("once")).containsExactly("12:00 SUCCEEDED", "11:00 missed", "10:00 missed");
        assertThat(told("none")).containsExactly("12:00 missed", "11:00 missed", "10:00 missed");
        assertThat(told("all")).containsExactly("12:00 SUCCEEDED", "11:00 SUCCEEDED", "10:00 SUCCEEDED");
        assertThat(schedules().get("once").next().get(0)).isEqualTo("2026-03-03T13:00:00Z");
        assertThat(schedules().get("once").lastFire()).isEqualTo("2026-03-03T12:00:00Z");
    }

    @Test
    void anOpenRunKeepsTheNextOneOfItsCellAway() {
        create("shops", ", 'every': '1h', 'payload': {'script': ['500', 'ok']}, 'matrix': {'shop': [1, 2]}");
        after(Duration.ofHours(1));
        Run first = runs().stream()
                .filter(run -> "shop=1".equals(run.origin().cell()))
                .findFirst()
                .orElseThrow();
        node.runs().cancel(first.id(), ANNA, null);

        clock.advance(Duration.ofHours(1));
        node.turn();

        assertThat(told("shops"))
                .containsExactly(
                        "11:00 shop=2 overlap",
                        "11:00 shop=1 RETRYING",
                        "10:00 shop=2 SUCCEEDED",
                        "10:00 shop=1 CANCELLED");
        assertThat(fires("shops").get(0).fire().why()).contains("RETRYING");
    }

    @Test
    void aRetryDoesNotDisplaceTheNextFire() {
        create("hourly", ", 'every': '1h', 'overlap': 'allow', 'payload': {'script': ['500', 'ok']}");
        after(Duration.ofHours(1));
        after(Duration.ofMinutes(50));
        after(Duration.ofMinutes(10));

        assertThat(told("hourly")).containsExactly("11:00 RETRYING", "10:00 SUCCEEDED");
    }

    @Test
    void supersedeCancelsTheRunThatWaits() {
        create("hourly", ", 'every': '1h', 'overlap': 'supersede', 'payload': {'script': ['500', 'ok']}");
        after(Duration.ofHours(1));
        after(Duration.ofHours(1));

        assertThat(told("hourly")).containsExactly("11:00 RETRYING", "10:00 CANCELLED");
        Run cancelled = node.runs().get(fires("hourly").get(1).fire().runId());
        assertThat(cancelled.reason()).isEqualTo("superseded");
        assertThat(node.runs().events(cancelled.id()))
                .last()
                .satisfies(event -> assertThat(event.actor()).isEqualTo("schedule:hourly"));
    }

    @Test
    void supersedeNeverCancelsARunThatIsRunning() {
        create("hourly", ", 'every': '1h', 'overlap': 'supersede', 'payload': {'script': ['ok']}");
        clock.advance(Duration.ofHours(1));
        node.beatThrough(ManualScheduler.BEAT);
        node.takeWithoutRunning();

        clock.advance(Duration.ofHours(1));
        node.beatThrough(ManualScheduler.BEAT);
        node.takeWithoutRunning();

        assertThat(told("hourly")).containsExactly("11:00 overlap", "10:00 RUNNING");
    }

    @Test
    void aDeadRunThatAPersonBroughtBackIsOpenAgain() {
        create("hourly", ", 'every': '1h', 'payload': {'script': ['refuse', 'ok']}");
        after(Duration.ofHours(1));
        Run dead = runs().get(0);
        assertThat(dead.state()).isEqualTo(RunState.DEAD);
        after(Duration.ofHours(1));
        node.runs().retryNow(dead.id(), ANNA, "mended", null, null);

        clock.advance(Duration.ofHours(1));
        node.turn();

        assertThat(told("hourly").get(0)).isEqualTo("12:00 overlap");
    }

    @Test
    void whatCannotBeMadeIntoARunIsRecordedWithTheReason() {
        DefinitionSet configured = DefinitionSet.EMPTY
                .with(DefinitionKind.SCHEDULE, "ghost", json("{'type': 'no_such_type', 'every': '1h'}"))
                .with(
                        DefinitionKind.SCHEDULE,
                        "good",
                        json("{'type': 'scripted', 'every': '1h', 'payload': {'script': ['ok']}}"));
        join("two", configured).turn();

        after(Duration.ofHours(1));
        nodes.get(1).runDue();

        FireWithRun ghost =
                nodes.get(1).schedules().fires("ghost", 10, null).items().get(0);
        assertThat(ghost.fire().skipped()).isEqualTo(Skipped.INVALID);
        assertThat(ghost.fire().why()).contains("no_such_type");
        assertThat(nodes.get(1).schedules().fires("good", 10, null).items())
                .singleElement()
                .extracting(FireWithRun::runState)
                .isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aChangeCountsFromNowOn() {
        ScheduleStatus created = create("sync", ", 'every': '1h', 'payload': {'script': ['ok']}");
        after(Duration.ofMinutes(90));

        ScheduleStatus changed = schedules()
                .change(
                        "sync",
                        json("{'type': 'scripted', 'every': '10m', 'payload': {'script': ['ok']}}"),
                        created.definition().version(),
                        ANNA,
                        "more often");
        assertThat(changed.next().get(0)).isEqualTo("2026-03-03T10:40:00Z");
        after(Duration.ofMinutes(10));

        assertThat(told("sync")).containsExactly("10:40 SUCCEEDED", "10:00 SUCCEEDED");
    }

    @Test
    void aNodeWhoseClockIsBehindDoesNotPlanATimeAgain() {
        create("hourly", ", 'every': '1h', 'payload': {'script': ['ok']}");
        after(Duration.ofHours(2));
        SettableClock behind = SettableClock.atSomeTime();
        ManualScheduler other = ManualScheduler.join(
                "behind", database, Plugins.builder().add(ScriptedJob.class).build(), behind, Gate.OPEN);
        nodes.add(other);

        ScheduleStatus changed = other.schedules()
                .change(
                        "hourly",
                        json("{'type': 'scripted', 'every': '30m', 'payload': {'script': ['ok']}}"),
                        null,
                        ANNA,
                        null);
        node.doDuties();
        after(Duration.ofMinutes(30));

        assertThat(changed.next().get(0)).isEqualTo("2026-03-03T11:30:00Z");
        assertThat(told("hourly")).containsExactly("11:30 SUCCEEDED", "11:00 SUCCEEDED", "10:00 missed");
    }

    @Test
    void aStaleChangeIsRefusedAndSaysBothVersions() {
        create("sync", ", 'every': '1h'");
        JsonNode body = json("{'type': 'scripted', 'every': '2h'}");
        schedules().change("sync", body, 1L, ANNA, null);

        assertThatThrownBy(() -> schedules().change("sync", body, 1L, ANNA, null))
                .asInstanceOf(throwable(Problem.class))
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.STALE);
                    assertThat(problem).hasMessageContaining("version 2").hasMessageContaining("version 1");
                });
    }

    @Test
    void aLiveChangeLiesOverConfigurationAndIsTakenBackByPuttingThatAgain() {
        JsonNode configured = json("{'type': 'scripted', 'cron': '0 0 * * * ?', 'zone': 'Europe/Paris'}");
        ManualScheduler two = join("two", DefinitionSet.EMPTY.with(DefinitionKind.SCHEDULE, "sync", configured));

        ScheduleStatus changed =
                two.schedules().change("sync", json("{'type': 'scripted', 'every': '15m'}"), 0L, ANNA, null);
        assertThat(changed.effective()).isEqualTo(json("{'type': 'scripted', 'every': '15m'}"));
        assertThat(changed.overridden()).containsExactly("cron", "zone");

        ScheduleStatus back = two.schedules().change("sync", configured, null, ANNA, null);
        assertThat(back.definition().live()).isNull();
        assertThat(back.effective()).isEqualTo(configured);
        assertThatThrownBy(() -> two.schedules().delete("sync", null, ANNA, null))
                .hasMessageContaining("comes from configuration");
    }

    @Test
    void aPausedScheduleMakesNoRunsAndMakesUpForNothing() {
        create("hourly", ", 'every': '1h', 'misfire': 'run all', 'payload': {'script': ['ok']}");
        after(Duration.ofHours(1));
        assertThat(schedules().pause("hourly", ANNA, "too much").next()).isEmpty();
        after(Duration.ofHours(3));

        ScheduleStatus resumed = schedules().resume("hourly", ANNA, null);
        after(Duration.ofHours(1));

        assertThat(resumed.next().get(0)).isEqualTo("2026-03-03T14:00:00Z");
        assertThat(told("hourly")).containsExactly("14:00 SUCCEEDED", "10:00 SUCCEEDED");
    }

    @Test
    void aDeletedScheduleIsGoneAndItsNameIsFree() {
        create("hourly", ", 'every': '1h', 'payload': {'script': ['ok']}");
        schedules().delete("hourly", null, ANNA, null);
        after(Duration.ofHours(2));

        assertThat(runs()).isEmpty();
        assertThat(schedules().list()).isEmpty();
        assertThatThrownBy(() -> schedules().get("hourly"))
                .asInstanceOf(throwable(Problem.class))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_FOUND));
        assertThat(create("hourly", ", 'every': '1h'").next().get(0)).isEqualTo("2026-03-03T12:00:00Z");
    }

    @Test
    void whatIsGoneFromConfigurationIsRetired() {
        JsonNode hourly = json("{'type': 'scripted', 'every': '1h', 'payload': {'script': ['ok']}}");
        join("two", DefinitionSet.EMPTY.with(DefinitionKind.SCHEDULE, "hourly", hourly));
        nodes.get(1).turn();
        join(
                        "three",
                        DefinitionSet.EMPTY.with(
                                DefinitionKind.SCHEDULE, "daily", json("{'type': 'scripted', 'every': '1d'}")))
                .turn();

        clock.advance(Duration.ofHours(1));
        nodes.get(1).runDue();
        nodes.get(2).runDue();

        assertThat(runs()).isEmpty();
        assertThat(nodes.get(2).schedules().list())
                .extracting(ScheduleStatus::name)
                .containsExactly("daily");
    }

    @Test
    void aTriggerByHandMayOverrideParametersAndTakePartOfTheMatrix() {
        create(
                "shops",
                ", 'every': '1h', 'payload': {'script': ['ok'], 'batch_size': 20}, 'retry': {'max-attempts': 9},"
                        + " 'matrix': {'shop': [{'shop_id': 1, 'name': 'A'}, {'shop_id': 2, 'name': 'B'}], 'platform': ['x', 'y']}");

        Triggered triggered = schedules()
                .trigger(
                        "shops",
                        new ManualFire(json("{'batch_size': 5}"), 2, Map.of("shop_id", "2", "platform", "y")),
                        ANNA,
                        "now");
        node.runDue();

        assertThat(triggered.runs()).singleElement().satisfies(run -> {
            assertThat(json(run.payload()))
                    .isEqualTo(json("{'script': ['ok'], 'batch_size': 5, 'platform': 'y', 'shop_id': 2, 'name': 'B'}"));
            assertThat(run.origin().manual()).isTrue();
            assertThat(run.origin().policy()).isEqualTo("{\"max-retries\":2}");
            assertThat(run.createdBy()).isEqualTo("token:anna");
        });
        assertThat(fires("shops")).singleElement().satisfies(fire -> {
            assertThat(fire.fire().manual()).isTrue();
            assertThat(fire.runState()).isEqualTo(RunState.SUCCEEDED);
        });
        assertThat(schedules().get("shops").next().get(0)).isEqualTo("2026-03-03T10:00:00Z");
        assertThat(schedules().trigger("shops", ManualFire.AS_IT_IS, ANNA, null).runs())
                .hasSize(4);
    }

    @Test
    void aTriggerOfAnUnknownPartIsRefused() {
        create("shops", ", 'every': '1h', 'matrix': {'shop': [1, 2]}");

        assertThatThrownBy(() ->
                        schedules().trigger("shops", new ManualFire(null, null, Map.of("shoop", "1")), ANNA, null))
                .hasMessageContaining("did you mean 'shop'?");
        assertThatThrownBy(() ->
                        schedules().trigger("shops", new ManualFire(null, null, Map.of("shop", "3")), ANNA, null))
                .hasMessageContaining("No cell");
        assertThat(runs()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeItIsStored() {
        assertThatThrownBy(() -> create("bad", ", 'cron': '0 0 0 30 2 ?', 'zone': 'Mars'"))
                .asInstanceOf(throwable(Problem.class))
                .satisfies(problem -> assertThat(problem.details())
                        .anySatisfy(
                                detail -> assertThat(detail).contains("zone").contains("no such time zone")));
        assertThatThrownBy(() -> create("over", ", 'cron': '0 0 0 1 1 ? 2020'"))
                .hasMessageContaining("never fires again");
        assertThatThrownBy(() -> schedules().create("ghost", json("{'type': 'nope', 'every': '1h'}"), ANNA, null))
                .hasMessageContaining("nope");
        assertThat(schedules().list()).isEmpty();
    }

    @Test
    void everythingPausedMeansThatSchedulesWait() {
        create("hourly", ", 'every': '1h', 'misfire': 'run all', 'payload': {'script': ['ok']}");
        pause("[{\"type\": null, \"since\": 0, \"by\": \"anna\", \"note\": null}]");
        after(Duration.ofHours(2));
        assertThat(runs()).isEmpty();

        pause("[]");
        after(Duration.ofSeconds(2));

        assertThat(told("hourly")).containsExactly("11:00 SUCCEEDED", "10:00 SUCCEEDED");
    }

    private void pause(String pauses) {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement("UPDATE RQ_CONTROL SET PAUSES = ?")) {
            statement.setString(1, pauses);
            statement.executeUpdate();
            connection.commit();
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void ofThreeNodesAtOnceOneMakesTheRunOfEachTimeAndCell() throws Exception {
        create(
                "quick",
                ", 'every': '1s', 'overlap': 'allow', 'payload': {'script': ['ok']}, 'matrix': {'shop': [1, 2, 3]}");
        for (String name : List.of("two", "three")) {
            join(name, DefinitionSet.EMPTY).turn();
        }
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            for (int second = 0; second < SECONDS; second++) {
                clock.advance(Duration.ofSeconds(1));
                List<Callable<Integer>> turns = new ArrayList<>();
                nodes.forEach(each -> turns.add(each::turn));
                for (Future<Integer> turn : threads.invokeAll(turns)) {
                    turn.get();
                }
            }
        } finally {
            threads.shutdown();
        }
        clock.advance(Duration.ofSeconds(1));
        node.schedules().pause("quick", ANNA, null);
        nodes.forEach(ManualScheduler::runDue);

        List<FireWithRun> fires = fires("quick");
        assertThat(fires).allMatch(fire -> fire.fire().runId() != null && fire.runState() == RunState.SUCCEEDED);
        assertThat(fires.stream().map(fire -> fire.fire().time() + fire.fire().cell()))
                .doesNotHaveDuplicates()
                .hasSize(3 * SECONDS);
        assertThat(fires.stream().map(fire -> fire.fire().runId())).doesNotHaveDuplicates();
        assertThat(runs()).hasSize(3 * SECONDS);
    }

    @Test
    void whatCameOfTheNewestTimeIsSummedUp() {
        create("shops", ", 'every': '1h', 'payload': {'script': ['500', 'ok']}, 'matrix': {'shop': [1, 2]}");
        create("new", ", 'every': '1d'");
        after(Duration.ofHours(1));

        assertThat(schedules().newest(List.of("shops", "new")))
                .containsEntry("new", List.of())
                .hasEntrySatisfying(
                        "shops",
                        counts -> assertThat(counts)
                                .extracting(FireCount::state, FireCount::skipped, FireCount::cells, FireCount::manual)
                                .containsExactly(tuple(RunState.RETRYING, null, 2L, false)));
        clock.advance(Duration.ofHours(1));
        node.turn(1);

        assertThat(schedules().newest(List.of("shops")).get("shops"))
                .extracting(count -> count.time().toString())
                .containsOnly("2026-03-03T11:00:00Z");
        assertThat(schedules().byCell(schedules().get("shops").schedule()))
                .containsOnlyKeys("shop=1", "shop=2")
                .allSatisfy((cell, latest) -> assertThat(latest.run()).isNotNull());
        assertThat(schedules().byCell(schedules().get("new").schedule())).isEmpty();
    }

    @Test
    void aCellTellsItsLatestRunAndWhatWasSkippedSince() {
        create("shops", ", 'every': '1h', 'payload': {'script': ['500', '500', '500', 'ok']}, 'matrix': {'shop': [1]}");
        schedules().trigger("shops", ManualFire.AS_IT_IS, ANNA, null);
        clock.advance(Duration.ofHours(1));
        node.turn(1);

        LatestFire latest =
                schedules().byCell(schedules().get("shops").schedule()).get("shop=1");

        assertThat(latest.newest().fire().skipped()).isEqualTo(Skipped.OVERLAP);
        assertThat(latest.run().fire().manual()).isTrue();
        assertThat(latest.run().runState()).isNotNull();
    }

    @Test
    void whatFiresSoonIsToldNextFirst() {
        create("hourly", ", 'cron': '0 30 * * * ?'");
        create("often", ", 'every': '10m'");
        create("late", ", 'every': '1d'");
        create("paused", ", 'every': '10m', 'paused': true");

        List<ComingFires> coming = schedules().coming(clock.instant().plus(Duration.ofHours(1)), 3);

        assertThat(coming).extracting(each -> each.schedule().name()).containsExactly("often", "hourly");
        assertThat(coming.get(0).times()).hasSize(3);
        assertThat(coming.get(0).more()).isTrue();
        assertThat(coming.get(1).times()).hasSize(1);
        assertThat(coming.get(1).more()).isFalse();
        assertThat(schedules().count()).isEqualTo(4);
        assertThat(schedules().has("late")).isTrue();
        schedules().delete("late", null, ANNA, null);
        assertThat(schedules().has("late")).isFalse();
        assertThat(schedules().count()).isEqualTo(3);
    }

    @Test
    void firesAreReadInPages() {
        create(
                "all",
                ", 'every': '1h', 'misfire': 'run all', 'payload': {'script': ['ok']}, 'matrix': {'shop': [1, 2]}");
        after(Duration.ofHours(3));
        List<FireWithRun> all = fires("all");

        List<FireWithRun> paged = new ArrayList<>();
        String cursor = null;
        do {
            var page = schedules().fires("all", 4, cursor);
            paged.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        assertThat(all).hasSize(6);
        assertThat(paged).isEqualTo(all);
        assertThatThrownBy(() -> schedules().fires("all", 4, "%%")).isInstanceOf(Problem.class);
    }

    @Test
    void aMatrixOfAThousandCellsIsOneTransaction() {
        StringBuilder values = new StringBuilder("0");
        for (int i = 1; i < 1_000; i++) {
            values.append(',').append(i);
        }
        create("wide", ", 'every': '1h', 'payload': {'script': ['ok']}, 'matrix': {'shop': [" + values + "]}");
        clock.advance(Duration.ofHours(1));
        node.turn(1);

        assertThat(schedules().fires("wide", 200, null).next()).isNotNull();
        assertThat(schedules().get("wide").next().get(0)).isEqualTo("2026-03-03T11:00:00Z");
    }
}
