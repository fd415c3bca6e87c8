package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.audit.AuditEntry;
import io.requartz.audit.AuditFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.guard.Gate;
import io.requartz.jdbc.AuditRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.Run;
import io.requartz.run.RunEdit;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeReset;
import io.requartz.scope.ScopeStatus;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** What scopes do, the same on every database. Each test has restaurants of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScopesContractTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final Logger RUN_LOG = (Logger) LoggerFactory.getLogger("io.requartz.runs");

    private final TestDatabase kind;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private SettableClock clock;
    private ManualScheduler scheduler;
    private int restaurant = 100;

    ScopesContractTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeAll
    void join() throws Exception {
        schema = kind.fresh();
        pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        clock = SettableClock.atSomeTime();
        scheduler = ManualScheduler.join(
                "manual", database, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
    }

    @AfterAll
    void leave() throws Exception {
        if (schema != null) {
            scheduler.close();
            pool.close();
            schema.close();
        }
    }

    @BeforeEach
    void begin() {
        restaurant++;
        logged.list.clear();
        logged.start();
        RUN_LOG.setLevel(Level.INFO);
        RUN_LOG.setAdditive(false);
        RUN_LOG.addAppender(logged);
    }

    @AfterEach
    void examine() {
        RUN_LOG.detachAppender(logged);
        RUN_LOG.setLevel(Level.OFF);
        RUN_LOG.setAdditive(true);
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .isEmpty();
    }

    private Submission.Builder wish(String type, String... script) {
        return Submission.of(type)
                .payload(ScopedTypes.payload(restaurant, script))
                .by(ANNA);
    }

    private Run run(Submission.Builder wish) {
        Run run = scheduler.runs().submit(wish.build()).run();
        scheduler.runDue();
        return scheduler.runs().get(run.id());
    }

    private Run hourly(String step) {
        return run(wish("hourly", step));
    }

    private ScopeStatus status() {
        return scheduler
                .scopes()
                .list(new ScopeFilter("sync", null, false, Map.of("restaurant_id", "" + restaurant)), 10, null)
                .items()
                .get(0);
    }

    private Scope scope() {
        return status().scope();
    }

    private Run disable() {
        hourly("500");
        hourly("500");
        return hourly("500");
    }

    private List<String> lines() {
        return logged.list.stream()
                .map(event -> event.getLevel() + " - " + event.getFormattedMessage())
                .toList();
    }

    private List<AuditEntry> audit() {
        String subject = Long.toString(scope().id());
        return database.transactions()
                .call(
                        "read the audit",
                        tx -> new AuditRows(clock)
                                .list(tx, new AuditFilter(null, null, "scope", subject, null, null), 50, null));
    }

    @Test
    void theThirdFailureInARowDisablesThisCombinationAlone() {
        Run first = hourly("500");
        assertThat(first.state()).isEqualTo(RunState.FAILED);
        assertThat(scope().state().failures()).isEqualTo(1);
        hourly("500");

        Run third = hourly("500");

        assertThat(third.state()).isEqualTo(RunState.DEAD);
        assertThat(scheduler.deadLetters().get(third.id()).reason()).isEqualTo(DeadLetterReason.SCOPE_DISABLED);
        assertThat(scheduler.runs().attempts(third.id()).get(0).why()).contains("3/3 failures in a row disable scope");
        Scope scope = scope();
        assertThat(scope.state().disabledAt()).isEqualTo(clock.instant());
        assertThat(scope.state().disabledBy()).isEqualTo("system");
        assertThat(scope.key()).isEqualTo("sync: restaurant_id=" + restaurant + ", platform=uber_eats");
        assertThat(lines())
                .containsExactly(
                        "WARN - Availability sync failed for Le Bouzou %d on uber_eats (attempt 1/3): HTTP 500"
                                .formatted(restaurant),
                        "WARN - Availability sync failed for Le Bouzou %d on uber_eats (attempt 2/3): HTTP 500"
                                .formatted(restaurant),
                        "WARN - Availability sync failed for Le Bouzou %d on uber_eats (attempt 3/3): HTTP 500"
                                .formatted(restaurant),
                        ("ERROR - Disabling automatic sync for Le Bouzou %d on uber_eats after 3 failures."
                                        + " Manual intervention required.")
                                .formatted(restaurant));
        assertThat(audit()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("scope.disable");
            assertThat(entry.actor()).isEqualTo("system");
            assertThat(entry.after()).contains("\"disabled\":true", "restaurant_id=" + restaurant);
        });
        restaurant++;
        assertThat(hourly("ok").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void noFourthAttemptIsMadeWhileItIsDisabled() {
        disable();
        int attempts = ScriptedJob.EXECUTED.size();

        Run fourth = hourly("ok");

        assertThat(fourth.state()).isEqualTo(RunState.PARKED);
        assertThat(fourth.reason()).isEqualTo("scope:" + scope().id());
        assertThat(fourth.attempts()).isZero();
        assertThat(ScriptedJob.EXECUTED).hasSize(attempts);
        assertThat(status().held()).isEqualTo(1);
        scheduler.releaseParked();
        assertThat(scheduler.runDue()).isZero();
    }

    @Test
    void aSuccessBetweenBeginsTheCountAnew() {
        hourly("500");
        hourly("500");
        hourly("ok");
        assertThat(scope().state().failures()).isZero();
        hourly("500");
        hourly("500");

        assertThat(scope().state().disabled()).isFalse();
        assertThat(scope().state().failures()).isEqualTo(2);
    }

    @Test
    void attemptsCountAndNotRunsAndARetryThatDisablesIsParkedWithItsAttempts() {
        Run run = run(wish("scripted", "500", "500", "500", "ok"));
        for (int i = 0; i < 2; i++) {
            scheduler.advance(Duration.ofMinutes(2));
            scheduler.runDue();
        }
        run = scheduler.runs().get(run.id());

        assertThat(run.state()).isEqualTo(RunState.PARKED);
        assertThat(run.attempts()).isEqualTo(3);
        List<Attempt> attempts = scheduler.runs().attempts(run.id());
        assertThat(attempts.get(2).nextState()).isEqualTo(RunState.PARKED);
        Instant planned = attempts.get(2).nextAt();
        assertThat(planned).isEqualTo(clock.instant().plusSeconds(40));

        scheduler.scopes().reset(scope().id(), ANNA, "mended");
        scheduler.releaseParked();

        run = scheduler.runs().get(run.id());
        assertThat(run.state()).isEqualTo(RunState.RETRYING);
        assertThat(run.dueAt()).as("it is no earlier than its policy says").isEqualTo(planned);
        scheduler.advance(Duration.ofMinutes(1));
        scheduler.runDue();
        assertThat(scheduler.runs().get(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aProbeRunsThroughAndItsSuccessEnablesForAll() {
        disable();
        Run waiting = hourly("ok");
        logged.list.clear();

        Run failed = run(wish("daily", "refuse"));
        assertThat(failed.state()).isEqualTo(RunState.DEAD);
        assertThat(scope().state().failures()).isEqualTo(4);
        assertThat(lines())
                .containsExactly(
                        "WARN - Daily sync failed for Le Bouzou %d on uber_eats (attempt 4/3): the payload is wrong"
                                .formatted(restaurant));
        logged.list.clear();
        run(wish("daily", "ok"));

        assertThat(scope().state().disabled()).isFalse();
        assertThat(scope().state().failures()).isZero();
        assertThat(lines())
                .containsExactly("INFO - Re-enabled automatic sync for Le Bouzou %d on uber_eats after successful sync"
                        .formatted(restaurant));
        assertThat(scheduler.releaseParked()).isEqualTo(1);
        scheduler.runDue();
        assertThat(scheduler.runs().get(waiting.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(audit()).extracting(AuditEntry::action).containsExactly("scope.enable", "scope.disable");
    }

    @Test
    void aManualRunPassesAndItsFailureLeavesTheScopeDisabledAndItsSuccessEnables() {
        disable();
        logged.list.clear();

        Run failed = run(wish("hourly", "500").manual(true));
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(scheduler.runs().attempts(failed.id()).get(0).why()).contains("stays disabled (4/3)");
        run(wish("hourly", "ok").manual(true));

        assertThat(scope().state().disabled()).isFalse();
        assertThat(lines())
                .containsExactly(
                        "INFO - Manual sync triggered for restaurant %d on uber_eats".formatted(restaurant),
                        "WARN - Availability sync failed for Le Bouzou %d on uber_eats (attempt 4/3): HTTP 500; it stays disabled"
                                .formatted(restaurant),
                        "INFO - Manual sync triggered for restaurant %d on uber_eats".formatted(restaurant),
                        "INFO - Re-enabled automatic sync for Le Bouzou %d on uber_eats after successful manual sync"
                                .formatted(restaurant));
    }

    @Test
    void aRetryByHandIsManual() {
        Run dead = disable();
        Run parked = hourly("ok");

        scheduler.deadLetters().retry(dead.id(), ANNA, "again", null);
        scheduler.runDue();
        assertThat(scheduler.runs().get(dead.id()).attempts()).isEqualTo(2);
        assertThat(scope().state().disabled()).isTrue();

        scheduler.runs().retryNow(parked.id(), ANNA, "now", null, null);
        scheduler.runDue();
        assertThat(scheduler.runs().get(parked.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(scheduler.runs().get(parked.id()).origin().manual()).isTrue();
        assertThat(scope().state().disabled()).isFalse();
    }

    @Test
    void whatAPersonDisabledHoldsProbesTooUntilAPersonEnablesIt() {
        hourly("ok");
        long id = scope().id();
        scheduler.scopes().disable(id, ANNA, "menus are being changed");

        Run probe = run(wish("daily", "ok"));
        assertThat(probe.state()).isEqualTo(RunState.PARKED);
        run(wish("hourly", "ok").manual(true));
        assertThat(scope().state().disabledBy()).isEqualTo("token:anna");
        ScopeReset reset =
                scheduler.scopes().reset(Map.of("restaurant_id", "" + restaurant, "platform", "uber_eats"), ANNA, null);
        assertThat(reset.reset()).isEmpty();
        assertThat(reset.held()).extracting(Scope::id).containsExactly(id);
        scheduler.releaseParked();
        assertThat(scheduler.runs().get(probe.id()).state()).isEqualTo(RunState.PARKED);

        scheduler.scopes().enable(id, ANNA, null);
        scheduler.releaseParked();
        scheduler.runDue();
        assertThat(scheduler.runs().get(probe.id()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(audit()).extracting(AuditEntry::action).containsExactly("scope.enable", "scope.disable");
        assertThat(audit()).extracting(AuditEntry::actor).containsOnly("token:anna");
        assertThat(audit().get(1).note()).isEqualTo("menus are being changed");
    }

    @Test
    void heldRunsGoOnAtTheReleaseRateHighestPriorityFirst() {
        disable();
        List<Run> held = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            held.add(run(wish("hourly", "ok")
                    .priority(i == 13 ? io.requartz.run.Priority.HIGHEST : io.requartz.run.Priority.NORMAL)));
            scheduler.advance(Duration.ofMillis(1));
        }
        scheduler.scopes().enable(scope().id(), ANNA, null);
        Instant opened = clock.instant();

        assertThat(scheduler.releaseParked())
                .as("two a second, for five seconds")
                .isEqualTo(10);

        assertThat(scheduler.runs().get(held.get(13).id()).dueAt()).isEqualTo(opened);
        assertThat(scheduler.runs().get(held.get(0).id()).dueAt()).isEqualTo(opened.plusMillis(500));
        assertThat(scheduler.runs().get(held.get(8).id()).dueAt()).isEqualTo(opened.plusMillis(4500));
        assertThat(scheduler.releaseParked()).isZero();
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(scheduler.releaseParked()).isEqualTo(4);
        assertThat(scheduler.runs().get(held.get(9).id()).dueAt()).isEqualTo(opened.plusSeconds(5));
        scheduler.advance(Duration.ofSeconds(10));
        scheduler.runDue();
        assertThat(held)
                .allSatisfy(run ->
                        assertThat(scheduler.runs().get(run.id()).state()).isEqualTo(RunState.SUCCEEDED));
    }

    @Test
    void manyHeldRunsGoOnAsFastAsTheRateAllowsAndNotAsOneRoundDoes() {
        disable();
        int many = 550;
        scheduler
                .runs()
                .submitAll(Collections.nCopies(many, wish("hourly", "ok").build()));
        scheduler.runDue();
        assertThat(status().held()).isEqualTo(many);
        scheduler.scopes().change("sync", ScopedTypes.json("{'release': '10000/s'}"), null, ANNA, null);
        try {
            scheduler.scopes().enable(scope().id(), ANNA, null);

            assertThat(scheduler.releaseParked()).isEqualTo(many);
        } finally {
            scheduler.scopes().change("sync", null, null, ANNA, null);
        }
        assertThat(status().held()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(scheduler.runDue()).isEqualTo(many);
    }

    @Test
    void aScopeThatClosesAgainHoldsTheRest() {
        disable();
        List<Run> held = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            held.add(hourly("500"));
        }
        scheduler.scopes().enable(scope().id(), ANNA, null);
        for (int i = 0; i < 60; i++) {
            scheduler.releaseParked();
            scheduler.turn(1);
            scheduler.advance(Duration.ofMillis(500));
        }

        assertThat(scope().state().disabled()).isTrue();
        assertThat(held.stream().map(run -> scheduler.runs().get(run.id()).state()))
                .filteredOn(state -> state == RunState.PARKED)
                .hasSize(9);
    }

    @Test
    void resetNamesWhatItResetAndRefusesAnUnknownDimension() {
        disable();
        hourly("ok");
        int first = restaurant;
        restaurant++;
        hourly("500");
        int second = restaurant;

        ScopeReset one = scheduler.scopes().reset(Map.of("restaurant_id", "" + first), ANNA, "mended");
        assertThat(one.reset()).singleElement().satisfies(changed -> {
            assertThat(changed.scope().dimensions()).containsEntry("restaurant_id", "" + first);
            assertThat(changed.failures()).isEqualTo(3);
            assertThat(changed.enabled()).isTrue();
        });
        assertThatThrownBy(() -> scheduler.scopes().reset(Map.of("restaurant", "" + second), ANNA, null))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
                    assertThat(problem.hint()).contains("platform, restaurant_id");
                });
        assertThat(scope().state().failures()).isEqualTo(1);
        assertThat(scheduler
                        .scopes()
                        .reset(Map.of("platform", "deliveroo"), ANNA, null)
                        .reset())
                .isEmpty();

        assertThat(scheduler.scopes().reset(Map.of(), ANNA, null).reset())
                .extracting(changed -> changed.scope().dimensions().get("restaurant_id"))
                .contains("" + second)
                .doesNotContain("" + first);
        assertThat(scope().state().failures()).isZero();
        scheduler.releaseParked();
        scheduler.runDue();
    }

    @Test
    void theLimitIsChangedLiveForTheNextDecision() {
        long version = scheduler.scopes().definition("sync").version();
        scheduler.scopes().change("sync", ScopedTypes.json("{'disable_after': 1}"), version, ANNA, "stricter");
        try {
            assertThat(hourly("500").state()).isEqualTo(RunState.DEAD);
            assertThat(status().limit()).isEqualTo(1);
            assertThatThrownBy(() -> scheduler.scopes().change("sync", null, version, ANNA, null))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.STALE));
            assertThatThrownBy(() -> scheduler
                            .scopes()
                            .change(
                                    "sync",
                                    ScopedTypes.json("{'dimensions': ['platform', 'restaurant_id']}"),
                                    null,
                                    ANNA,
                                    null))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("dimensions");
        } finally {
            scheduler.scopes().change("sync", null, null, ANNA, null);
        }
        assertThat(status().limit()).isEqualTo(3);
    }

    @Test
    void withManualTriggerAPersonsWishAloneOpensTheScopeUntilItFailsAgain() {
        scheduler.scopes().change("sync", ScopedTypes.json("{'re-enable-on': 'manual-trigger'}"), null, ANNA, null);
        try {
            disable();
            Run waiting = hourly("ok");
            scheduler.runs().submit(wish("hourly", "500").manual(true).build());
            assertThat(scope().state().disabled()).isFalse();
            assertThat(scope().state().failures()).isEqualTo(3);
            scheduler.runDue();

            assertThat(scope().state().disabled()).isTrue();
            assertThat(scope().state().failures()).isEqualTo(4);
            assertThat(scheduler.runs().get(waiting.id()).state()).isEqualTo(RunState.PARKED);
            assertThat(audit().get(1).note()).startsWith("by asking for run");
        } finally {
            scheduler.scopes().change("sync", null, null, ANNA, null);
        }
    }

    @Test
    void lostNodesAndCancelledAttemptsDoNotCount() {
        ManualScheduler dying = ManualScheduler.join(
                "dying", database, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
        for (int i = 0; i < 3; i++) {
            scheduler.runs().submit(wish("scripted", "ok").build());
        }
        assertThat(dying.takeWithoutRunning()).isEqualTo(3);
        dying.die();
        scheduler.outliveDeadPeers();

        assertThat(scope().state().failures()).isZero();
        scheduler.runDue();
    }

    @Test
    void anEditOfThePayloadMovesARunToItsNewScope() {
        disable();
        Run held = hourly("ok");
        long old = scope().id();
        restaurant++;
        hourly("ok");

        Run moved = scheduler
                .runs()
                .edit(
                        held.id(),
                        new RunEdit(ScopedTypes.payload(restaurant, "ok"), null, null, null),
                        null,
                        ANNA,
                        null);

        assertThat(moved.origin().scopeId()).isEqualTo(scope().id()).isNotEqualTo(old);
        assertThat(moved.state()).isEqualTo(RunState.SCHEDULED);
        scheduler.runDue();
        assertThat(scheduler.runs().get(held.id()).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aParkedRunThatIsCancelledIsHeldNoMore() {
        disable();
        Run held = hourly("ok");

        scheduler.runs().cancel(held.id(), ANNA, null);

        assertThat(status().held()).isZero();
        assertThat(scheduler.runs().get(held.id()).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aWaitingRunOfAScheduleIsSkippedInsteadOfHeld() throws SQLException {
        disable();
        Run waiting = scheduler.runs().submit(wish("hourly", "ok").build()).run();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE RQ_RUNS SET SCHEDULE = 'nightly', SCHEDULED_AT = " + clock.millis()
                    + " WHERE ID = '" + waiting.id() + "'");
            statement.executeUpdate(
                    "INSERT INTO RQ_SCHEDULE_FIRES (SCHEDULE, FIRE_TIME, CELL, HANDLED_AT, MANUAL, RUN_ID, TIMES,"
                            + " MAY_BE_OPEN) VALUES ('nightly', " + clock.millis() + ", '', " + clock.millis()
                            + ", FALSE, '"
                            + waiting.id() + "', 1, TRUE)");
            connection.commit();
        }
        scheduler.runDue();

        Run skipped = scheduler.runs().get(waiting.id());
        assertThat(skipped.state()).isEqualTo(RunState.CANCELLED);
        assertThat(skipped.reason()).isEqualTo("skipped");
        assertThat(scope().state().skipped()).isEqualTo(1);
        assertThat(scheduler.runs().events(waiting.id())).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("skipped");
            assertThat(event.note()).isEqualTo("held by scope:" + scope().id());
        });
    }

    @Test
    void runsAreToldWhatTheirScopesAreCalled() {
        Run first = hourly("ok");
        Run second = run(wish("daily", "ok"));

        Map<String, String> labels = scheduler.scopes().labels(List.of(first.id(), second.id(), "no such run"));

        assertThat(labels).containsOnlyKeys(first.id(), second.id());
        assertThat(labels.get(first.id())).isEqualTo(labels.get(second.id())).isNotBlank();
        assertThat(scheduler.scopes().labels(List.of())).isEmpty();
    }

    @Test
    void aPayloadWithoutADimensionIsRefusedAndNothingIsKept() {
        assertThatThrownBy(() -> scheduler
                        .runs()
                        .submit(Submission.of("hourly")
                                .payload("{\"restaurant_id\": 1}")
                                .build()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.details())
                                .containsExactly("'platform' is missing; expected a text or a number"));
    }

    @Test
    void aLabelFollowsTheLastSubmission() {
        hourly("ok");
        assertThat(scope().label()).isEqualTo("Le Bouzou " + restaurant + " on uber_eats");

        run(Submission.of("hourly")
                .payload("{\"restaurant_id\": \"%d\", \"platform\": \"uber_eats\", \"restaurant_name\": \"New\"}"
                        .formatted(restaurant)));

        assertThat(scope().label()).isEqualTo("New on uber_eats");
    }
}
