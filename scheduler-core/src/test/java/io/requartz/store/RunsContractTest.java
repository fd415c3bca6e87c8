package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Activity;
import io.requartz.run.Actor;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Page;
import io.requartz.run.Priority;
import io.requartz.run.Run;
import io.requartz.run.RunEdit;
import io.requartz.run.RunEvent;
import io.requartz.run.RunFilter;
import io.requartz.run.RunSort;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The life of runs and dead letters, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunsContractTest {

    private static final Actor ANNA = new Actor("token:anna");

    private final TestDatabase kind;
    private TestSchema schema;
    private HikariDataSource pool;
    private SettableClock clock;
    private ManualScheduler scheduler;

    RunsContractTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeAll
    void join() throws Exception {
        schema = kind.fresh();
        pool = Pools.create("test", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        Database database = Database.of(pool, "test");
        Migration.migrate(pool, database.dialect());
        clock = SettableClock.atSomeTime();
        scheduler = ManualScheduler.join(
                database, Plugins.builder().add(ScriptedJob.class).build(), clock);
    }

    @AfterAll
    void leave() throws Exception {
        if (schema != null) {
            scheduler.close();
            pool.close();
            schema.close();
        }
    }

    private Run submit(String... script) {
        return scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .payload(payload(script))
                        .by(ANNA)
                        .build())
                .run();
    }

    private static String payload(String... script) {
        return "{\"script\": [\"" + String.join("\", \"", script) + "\"]}";
    }

    private Run after(Run run) {
        scheduler.runDue();
        return scheduler.runs().get(run.id());
    }

    private Run later(Run run, Duration time) {
        clock.advance(time);
        return after(run);
    }

    @Test
    void aRunThatSucceedsIsSettledWithItsResult() {
        Run run = after(submit("ok"));

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.result()).isEqualTo("{\"attempt\":1}");
        assertThat(run.finishedAt()).isEqualTo(clock.instant());
        Attempt attempt = scheduler.runs().attempts(run.id()).get(0);
        assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
        assertThat(attempt.nextState()).isEqualTo(RunState.SUCCEEDED);
        assertThat(scheduler.runs().logs(run.id()).get(0).lines())
                .extracting("message")
                .containsExactly("step ok");
    }

    @Test
    void whatEndedLatelyIsCountedByMinute() {
        clock.advance(Duration.ofHours(3));
        Instant since = clock.instant();
        after(submit("ok"));
        after(submit("ok"));
        after(submit("404"));

        List<Activity> activity = scheduler.runs().activity(since);

        Instant minute = since.truncatedTo(ChronoUnit.MINUTES);
        assertThat(activity)
                .containsExactlyInAnyOrder(
                        new Activity(minute, AttemptOutcome.SUCCEEDED, RunState.SUCCEEDED, 2),
                        new Activity(minute, AttemptOutcome.FAILED, RunState.DEAD, 1));
    }

    @Test
    void aFailureIsRetriedAtTheTimeThatThePolicySays() {
        Run run = after(submit("500", "500", "ok"));

        assertThat(run.state()).isEqualTo(RunState.RETRYING);
        assertThat(run.failures()).isEqualTo(1);
        assertThat(run.dueAt()).isEqualTo(clock.instant().plusSeconds(10));
        assertThat(run.lastCategory()).isEqualTo(ErrorCategory.SERVER_ERROR);
        Attempt failed = scheduler.runs().attempts(run.id()).get(0);
        assertThat(failed.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(failed.strategy()).isEqualTo("exponential");
        assertThat(failed.httpStatus()).isEqualTo(500);
        assertThat(failed.why()).isNotBlank();

        Run tooEarly = later(run, Duration.ofSeconds(9));
        assertThat(tooEarly.attempts()).isEqualTo(1);

        Run second = later(run, Duration.ofSeconds(1));
        assertThat(second.state()).isEqualTo(RunState.RETRYING);
        assertThat(second.dueAt()).isEqualTo(clock.instant().plusSeconds(20));

        Run third = later(run, Duration.ofSeconds(20));
        assertThat(third.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(third.attempts()).isEqualTo(3);
        List<Attempt> attempts = scheduler.runs().attempts(run.id());
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(attempts).extracting(Attempt::token).isSorted();
    }

    /** The numbers of a batch come back from each driver in its own way. */
    @Test
    void eachJobOfABatchIsGivenTheTokenOfItsOwnAttempt() {
        List<Run> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(submit("token"));
        }
        scheduler.runDue();

        for (Run run : batch) {
            Attempt attempt = scheduler.runs().attempts(run.id()).get(0);
            assertThat(scheduler.runs().get(run.id()).result()).isEqualTo(Long.toString(attempt.token()));
        }
    }

    @Test
    void aRunThatUsesUpItsAttemptsIsADeadLetterAndCanBeBroughtBack() {
        Run run = after(submit("503", "503", "503", "503", "ok"));
        for (int i = 0; i < 3; i++) {
            run = later(run, Duration.ofHours(1));
        }
        assertThat(run.state()).isEqualTo(RunState.DEAD);
        DeadLetter letter = scheduler.deadLetters().get(run.id());
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.EXHAUSTED);
        assertThat(letter.status()).isEqualTo(DeadLetterStatus.OPEN);
        assertThat(letter.attempts()).isEqualTo(4);
        assertThat(letter.fingerprint()).hasSize(16);
        String id = run.id();
        assertThat(scheduler.deadLetters().list(DeadLetterFilter.OPEN, 50, null).items())
                .extracting(DeadLetter::runId)
                .contains(id);

        Run back = scheduler.deadLetters().retry(run.id(), ANNA, "it is mended", null);
        assertThat(back.state()).isEqualTo(RunState.SCHEDULED);
        assertThat(back.cycle()).isEqualTo(2);
        assertThat(back.failures()).isZero();

        Run done = after(run);
        assertThat(done.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(done.attempts()).isEqualTo(5);
        assertThat(scheduler.deadLetters().get(run.id()).status()).isEqualTo(DeadLetterStatus.RETRIED);
    }

    @Test
    void whatIsNotRetryableDiesAtOnceAndIsRetriedWithAnotherPayload() {
        Run run = after(submit("refuse"));
        assertThat(run.state()).isEqualTo(RunState.DEAD);
        assertThat(scheduler.deadLetters().get(run.id()).reason()).isEqualTo(DeadLetterReason.NOT_RETRYABLE);
        String key = run.id() + "-1";

        scheduler.deadLetters().retry(run.id(), ANNA, null, payload("ok"));
        Run done = after(run);

        assertThat(done.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(done.payloadVersion()).isEqualTo(2);
        assertThat(key).isNotEqualTo(done.id() + "-" + done.payloadVersion());
        assertThat(scheduler.deadLetters().get(run.id()).payload()).isEqualTo(payload("refuse"));
        assertThat(scheduler.runs().events(run.id())).extracting(RunEvent::kind).containsExactly("edited", "retried");
    }

    @Test
    void aDeadLetterIsResolvedOrRejectedOnceAndStaysSo() {
        Run resolved = after(submit("refuse"));
        Run rejected = after(submit("refuse"));

        assertThat(scheduler
                        .deadLetters()
                        .resolve(resolved.id(), ANNA, "done by hand")
                        .state())
                .isEqualTo(RunState.RESOLVED);
        assertThatThrownBy(() -> scheduler.deadLetters().reject(rejected.id(), ANNA, " "))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID));
        assertThat(scheduler
                        .deadLetters()
                        .reject(rejected.id(), ANNA, "not worth it")
                        .state())
                .isEqualTo(RunState.REJECTED);
        assertThatThrownBy(() -> scheduler.deadLetters().retry(rejected.id(), ANNA, null, null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT));
    }

    @Test
    void hostileJobsFailLikeOthers() {
        for (String step : List.of("error", "sneaky", "poison", "nul")) {
            Run run = after(submit(step));
            assertThat(run.state()).as(step).isEqualTo(RunState.RETRYING);
            assertThat(scheduler.runs().attempts(run.id()).get(0).stackTrace())
                    .as(step)
                    .isNotBlank();
            scheduler.runs().cancel(run.id(), ANNA, null);
        }
        Run interrupted = after(submit("interrupted"));
        assertThat(interrupted.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void quartzInstructionsOfAJobAreObeyed() {
        Run refired = submit("refire", "ok");
        refired = after(refired);
        assertThat(refired.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(scheduler.runs().attempts(refired.id()).get(0).delay()).isZero();

        Run unscheduled = after(submit("unschedule"));
        assertThat(unscheduled.state()).isEqualTo(RunState.DEAD);
        assertThat(scheduler.deadLetters().get(unscheduled.id()).reason()).isEqualTo(DeadLetterReason.UNSCHEDULED);
    }

    @Test
    void theSameIdempotencyKeyAnswersTheSameRun() {
        Submission wish = Submission.of("scripted")
                .payload("{\"a\": 1, \"b\": 2}")
                .idempotencyKey("order-7")
                .build();
        Run first = scheduler.runs().submit(wish).run();

        var again = scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .payload("{\"b\":2,\"a\":1}")
                        .idempotencyKey("order-7")
                        .build());

        assertThat(again.created()).isFalse();
        assertThat(again.run().id()).isEqualTo(first.id());
        assertThatThrownBy(() -> scheduler
                        .runs()
                        .submit(Submission.of("scripted")
                                .payload("{\"a\": 2}")
                                .idempotencyKey("order-7")
                                .build()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getMessage()).contains(first.id()));
        scheduler.runDue();
    }

    @Test
    void aUniqueKeyIsHeldWhileItsRunIsOpen() {
        Submission wish = Submission.of("scripted")
                .payload(payload("refuse"))
                .uniqueWhileOpen("shop 7")
                .build();
        Run first = scheduler.runs().submit(wish).run();
        assertThatThrownBy(() -> scheduler.runs().submit(wish))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getMessage()).contains(first.id()));

        after(first);
        Run second = scheduler.runs().submit(wish).run();
        assertThatThrownBy(() -> scheduler.deadLetters().retry(first.id(), ANNA, null, null))
                .isInstanceOf(Problem.class);

        after(second);
        assertThat(scheduler
                        .deadLetters()
                        .retry(first.id(), ANNA, null, payload("ok"))
                        .state())
                .isEqualTo(RunState.SCHEDULED);
        scheduler.runDue();
    }

    @Test
    void aRunStartsNoEarlierThanAskedAndExpiresIfItHasNotBegun() {
        Run delayed = scheduler
                .runs()
                .submit(Submission.of("scripted").delay(Duration.ofMinutes(5)).build())
                .run();
        Run expiring = scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .delay(Duration.ofMinutes(5))
                        .expireAfter(Duration.ofMinutes(4))
                        .build())
                .run();
        assertThat(after(delayed).state()).isEqualTo(RunState.SCHEDULED);

        assertThat(later(delayed, Duration.ofMinutes(5)).state()).isEqualTo(RunState.SUCCEEDED);
        Run expired = scheduler.runs().get(expiring.id());
        assertThat(expired.state()).isEqualTo(RunState.CANCELLED);
        assertThat(expired.reason()).isEqualTo("expired");
        assertThat(expired.attempts()).isZero();
    }

    @Test
    void aWaitingRunIsCancelledEditedOrMadeDue() {
        Run run = scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .delay(Duration.ofHours(1))
                        .tags(List.of("old"))
                        .build())
                .run();
        Run edited = scheduler
                .runs()
                .edit(
                        run.id(),
                        new RunEdit(payload("ok"), Priority.HIGHEST, List.of("new", "a_b%c"), null),
                        run.version(),
                        ANNA,
                        "sooner");
        assertThat(edited.tags()).containsExactly("new", "a_b%c");
        assertThat(edited.priority()).isEqualTo(Priority.HIGHEST);
        assertThatThrownBy(() -> scheduler
                        .runs()
                        .edit(run.id(), new RunEdit(null, Priority.LOW, null, null), run.version(), ANNA, null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.STALE));

        scheduler.runs().retryNow(run.id(), ANNA, null, null, null);
        assertThat(after(run).state()).isEqualTo(RunState.SUCCEEDED);
        Run copy = scheduler.runs().retryNow(run.id(), ANNA, "once more", null, null);
        assertThat(copy.copyOf()).isEqualTo(run.id());

        assertThat(scheduler.runs().cancel(copy.id(), ANNA, "no need").run().state())
                .isEqualTo(RunState.CANCELLED);
        assertThat(after(copy).attempts()).isZero();
        assertThatThrownBy(() -> scheduler.runs().cancel(copy.id(), ANNA, null)).isInstanceOf(Problem.class);
    }

    @Test
    void higherPrioritiesStartFirst() {
        ScriptedJob.EXECUTED.clear();
        List<String> expected = new java.util.ArrayList<>();
        for (Priority priority : Priority.values()) {
            Run run = scheduler
                    .runs()
                    .submit(Submission.of("scripted").priority(priority).build())
                    .run();
            expected.add(0, run.id() + "#1");
        }
        while (scheduler.turn(1) > 0) {
            // one at a time
        }
        assertThat(ScriptedJob.EXECUTED).containsExactlyElementsOf(expected);
    }

    @Test
    void listsAreFilteredAndPaged() {
        Run tagged = scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .tags(List.of("100%_sure"))
                        .delay(Duration.ofDays(1))
                        .build())
                .run();
        scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .tags(List.of("100x"))
                        .delay(Duration.ofDays(1))
                        .build());
        RunFilter byTag =
                new RunFilter(Set.of(RunState.SCHEDULED), "scripted", null, "100%_sure", null, null, null, null, 0);
        assertThat(scheduler.runs().list(byTag, 50, null).items())
                .extracting(Run::id)
                .containsExactly(tagged.id());

        var first = scheduler.runs().list(RunFilter.ALL, 1, null);
        var second = scheduler.runs().list(RunFilter.ALL, 1, first.next());
        assertThat(second.items().get(0).id()).isLessThan(first.items().get(0).id());
        RunFilter text = new RunFilter(Set.of(), null, null, null, tagged.id().substring(0, 30), null, null, null, 0);
        assertThat(scheduler.runs().list(text, 50, null).items())
                .extracting(Run::id)
                .contains(tagged.id());
    }

    @Test
    void listsAreSortedByAgeOrByTheTimeThatRunsWaitFor() {
        List<String> made = new ArrayList<>();
        for (int days : List.of(3, 1, 2)) {
            clock.advance(Duration.ofMillis(1));
            made.add(scheduler
                    .runs()
                    .submit(Submission.of("scripted")
                            .tags(List.of("sorted"))
                            .delay(Duration.ofDays(days))
                            .build())
                    .run()
                    .id());
        }
        RunFilter sorted = new RunFilter(Set.of(), null, null, "sorted", null, null, null, null, 0);

        assertThat(paged(sorted, RunSort.OLDEST)).containsExactlyElementsOf(made);
        assertThat(paged(sorted, RunSort.NEWEST)).containsExactly(made.get(2), made.get(1), made.get(0));
        assertThat(paged(sorted, RunSort.DUE)).containsExactly(made.get(1), made.get(2), made.get(0));
        scheduler.runs().cancel(made.get(2), ANNA, null);
        assertThat(paged(sorted, RunSort.DUE)).containsExactly(made.get(1), made.get(0));
        assertThatThrownBy(() -> scheduler.runs().list(sorted, RunSort.DUE, 1, made.get(0)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not a cursor");
    }

    private List<String> paged(RunFilter filter, RunSort sort) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<Run> page = scheduler.runs().list(filter, sort, 1, cursor);
            page.items().forEach(run -> ids.add(run.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    @Test
    void badSubmissionsAreRefusedWithWhatToDo() {
        assertRefused(Submission.of("scripted").payload("{broken"), Problem.Kind.INVALID);
        assertRefused(Submission.of("scripted").payload("[1]"), Problem.Kind.INVALID);
        assertRefused(Submission.of("scripted").payload(""), Problem.Kind.INVALID);
        assertRefused(Submission.of("scripted").payload("{\"a\":1,\"a\":2}"), Problem.Kind.INVALID);
        assertRefused(Submission.of("scripted").payload("{\"a\":\"\ud800\"}"), Problem.Kind.INVALID);
        assertRefused(
                Submission.of("scripted").payload("{\"a\":\"" + "x".repeat(1 << 20) + "\"}"), Problem.Kind.TOO_LARGE);
        assertRefused(Submission.of("scripted").tags(List.of("\0")), Problem.Kind.INVALID);
        assertRefused(Submission.of("scripted").idempotencyKey("k".repeat(201)), Problem.Kind.INVALID);
        for (String name : List.of(
                "nobody", "%", "_", "'; DROP TABLE RQ_RUNS; --", "x".repeat(10_000), "\ud83d\ude80", "\0", "a\nb")) {
            assertRefused(Submission.of(name), Problem.Kind.NOT_FOUND);
        }
    }

    private void assertRefused(Submission.Builder wish, Problem.Kind kind) {
        assertThatThrownBy(() -> scheduler.runs().submit(wish.build()))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(kind);
                    assertThat(problem.hint()).isNotBlank();
                });
    }

    @Test
    void aRunMayBringKeysOfAPolicyThatAreEditedAndTakenAway() {
        Run run = scheduler
                .runs()
                .submit(Submission.of("scripted")
                        .payload(payload("500", "500", "500"))
                        .policy("{\"backoff\": {\"fixed\": \"7s\"}}")
                        .by(ANNA)
                        .build())
                .run();
        assertThat(after(run).dueAt()).isEqualTo(clock.instant().plusSeconds(7));

        scheduler
                .runs()
                .edit(
                        run.id(),
                        new RunEdit(null, null, null, "{\"backoff\": \"immediate\", \"max-attempts\": 3}"),
                        null,
                        ANNA,
                        null);
        Run dead = later(run, Duration.ofSeconds(7));

        assertThat(dead.state()).isEqualTo(RunState.DEAD);
        assertThat(dead.attempts()).isEqualTo(3);
        assertThat(dead.origin().policy()).contains("max-attempts");
        scheduler.runs().edit(run.id(), new RunEdit(null, null, null, "{}"), null, ANNA, null);
        assertThat(scheduler.runs().get(run.id()).origin().policy()).isNull();
    }
}
