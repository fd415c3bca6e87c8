package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRefusal;
import io.requartz.bulk.BulkRequest;
import io.requartz.bulk.BulkState;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.guard.Gate;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Page;
import io.requartz.run.Run;
import io.requartz.run.RunEvent;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.testdb.TestDatabase;
import io.requartz.testing.ManualScheduler;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One act on many runs, the same on every database. */
abstract class BulkActionsContractTest extends ScriptedRunsContract {

    BulkActionsContractTest(TestDatabase kind) {
        super(kind);
    }

    @Test
    void allThatMatchAreRetriedAndBecomeDueAtTheRate() {
        List<Run> letters = dead(30);
        assertThat(scheduler
                        .bulkActions()
                        .dryRun(BulkRequest.of(
                                BulkKind.RETRY_DEAD_LETTERS,
                                BulkCriteria.letters(DeadLetterFilter.OPEN),
                                true,
                                null,
                                null)))
                .isEqualTo(30);

        BulkAction action = letters(BulkKind.RETRY_DEAD_LETTERS, 10, "it is mended");
        assertThat(action.state()).isEqualTo(BulkState.RUNNING);
        assertThat(action.progress().matched()).isEqualTo(30);
        Instant begun = clock.instant();
        scheduler.doDuties();

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(read(action).progress().done()).isEqualTo(30);
        assertThat(read(action).finishedAt()).isEqualTo(begun);
        List<Run> waiting = letters.stream()
                .map(this::read)
                .sorted(Comparator.comparing(Run::id))
                .toList();
        assertThat(waiting).extracting(Run::state).containsOnly(RunState.SCHEDULED);
        for (int i = 0; i < 30; i++) {
            assertThat(waiting.get(i).dueAt()).isEqualTo(begun.plusMillis(100L * i));
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(scheduler.runDue()).isEqualTo(11);
        clock.advance(Duration.ofSeconds(2));
        assertThat(scheduler.runDue()).isEqualTo(19);
        assertThat(states(letters)).containsOnly(RunState.SUCCEEDED);
    }

    @Test
    void aSlowRateLetsOnlyAFewGoAheadSoThatAPauseHoldsTheRest() {
        dead(40);
        BulkAction action = letters(BulkKind.RETRY_DEAD_LETTERS, 2, null);

        scheduler.doDuties();
        assertThat(read(action).progress().done()).isEqualTo(11);
        assertThat(read(action).perSecond()).hasValue(2);
        assertThat(read(action).predictedEnd()).hasValue(action.createdAt().plusSeconds(20));
        clock.advance(Duration.ofSeconds(3));
        scheduler.doDuties();
        assertThat(read(action).progress().done()).isEqualTo(17);

        BulkAction paused = scheduler.bulkActions().pause(action.id(), ANNA, "wait");
        assertThat(paused.state()).isEqualTo(BulkState.PAUSED);
        clock.advance(Duration.ofMinutes(1));
        scheduler.doDuties();
        assertThat(read(action).progress().done()).isEqualTo(17);
        assertThat(read(action).progress().percent()).isEqualTo(42);
        assertThat(read(action).progress().left()).isEqualTo(23);
        assertThat(read(action).predictedEnd()).isEmpty();

        scheduler.bulkActions().resume(action.id(), ANNA, null);
        scheduler.doDuties();
        assertThat(read(action).progress().done()).isBetween(18L, 39L);

        BulkAction cancelled = scheduler.bulkActions().cancel(action.id(), ANNA, "enough");
        long done = cancelled.progress().done();
        clock.advance(Duration.ofHours(1));
        scheduler.doDuties();
        assertThat(read(action).state()).isEqualTo(BulkState.CANCELLED);
        assertThat(read(action).progress().done()).isEqualTo(done);
        assertThatThrownBy(() -> scheduler.bulkActions().resume(action.id(), ANNA, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CANCELLED");
    }

    @Test
    void moreThanOnePartIsWorkedOffInOneRound() {
        List<Run> letters = dead(230);

        BulkAction action = letters(BulkKind.RESOLVE_DEAD_LETTERS, null, "done by hand");
        scheduler.doDuties();

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(read(action).progress().done()).isEqualTo(230);
        assertThat(states(letters)).containsOnly(RunState.RESOLVED);
        RunEvent event = scheduler.runs().events(letters.get(7).id()).get(0);
        assertThat(event.kind()).isEqualTo("resolved");
        assertThat(event.actor()).isEqualTo("token:anna");
        assertThat(event.note()).isEqualTo("done by hand");
        assertThat(event.detail()).contains(action.id());
    }

    @Test
    void whatComesLaterOrDiesAgainIsLeftAlone() {
        List<Run> stubborn = submit(3, "refuse");
        scheduler.runDue();
        BulkAction action = letters(BulkKind.RETRY_DEAD_LETTERS, 100, null);
        clock.advance(Duration.ofSeconds(1));
        List<Run> later = dead(2);

        for (int i = 0; i < 5; i++) {
            scheduler.doDuties();
            clock.advance(Duration.ofSeconds(1));
            scheduler.runDue();
        }

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(read(action).progress().done()).isEqualTo(3);
        assertThat(stubborn).allSatisfy(run -> assertThat(read(run).cycle()).isEqualTo(2));
        assertThat(later).allSatisfy(run -> assertThat(read(run).cycle()).isEqualTo(1));
    }

    @Test
    void whatChangedMeanwhileIsSkipped() {
        List<Run> letters = dead(4);
        BulkAction action = letters(BulkKind.REJECT_DEAD_LETTERS, null, "no use");
        scheduler.deadLetters().resolve(letters.get(1).id(), ANNA, "it was done");

        scheduler.doDuties();

        assertThat(states(letters))
                .containsExactly(RunState.REJECTED, RunState.RESOLVED, RunState.REJECTED, RunState.REJECTED);
        assertThat(read(action).progress().done()).isEqualTo(3);
        assertThat(read(action).progress().skipped()).isEqualTo(1);
    }

    @Test
    void oneThatCannotBeRetriedStopsNoOther() {
        Run first = scheduler
                .runs()
                .submit(wish("refuse", "ok").uniqueWhileOpen("shop 7").build())
                .run();
        scheduler.runDue();
        Run second = scheduler
                .runs()
                .submit(wish("refuse", "ok").uniqueWhileOpen("shop 7").build())
                .run();
        scheduler.runDue();
        Run third = dead(1).get(0);

        BulkAction action = letters(BulkKind.RETRY_DEAD_LETTERS, 100, null);
        scheduler.doDuties();

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(read(action).progress().done()).isEqualTo(2);
        assertThat(read(action).progress().failed()).isEqualTo(1);
        assertThat(read(action).progress().lastError()).contains(second.id()).contains(first.id());
        assertThat(refusals(action)).singleElement().satisfies(refusal -> {
            assertThat(refusal.runId()).isEqualTo(second.id());
            assertThat(refusal.at()).isEqualTo(clock.instant());
            assertThat(refusal.reason()).contains(first.id());
        });
        assertThat(states(List.of(first, second, third)))
                .containsExactly(RunState.SCHEDULED, RunState.DEAD, RunState.SCHEDULED);
    }

    @Test
    void aRowThatMakesNoSenseIsPassedOver() throws SQLException {
        List<Run> letters = dead(5);
        String strange = letters.get(2).id();
        execute("UPDATE RQ_RUNS SET PRIORITY = 99 WHERE ID = '" + strange + "'");

        BulkAction action = letters(BulkKind.RESOLVE_DEAD_LETTERS, null, null);
        scheduler.doDuties();
        execute("UPDATE RQ_RUNS SET PRIORITY = 5 WHERE ID = '" + strange + "'");

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(read(action).progress().done()).isEqualTo(4);
        assertThat(read(action).progress().failed()).isEqualTo(1);
        assertThat(read(action).progress().lastError()).contains(strange);
        assertThat(refusals(action)).extracting(BulkRefusal::runId).containsExactly(strange);
        assertThat(states(letters))
                .containsExactly(
                        RunState.RESOLVED, RunState.RESOLVED, RunState.DEAD, RunState.RESOLVED, RunState.RESOLVED);
    }

    @Test
    void whatWasRefusedIsListedInParts() {
        List<Run> dead = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            dead.add(scheduler
                    .runs()
                    .submit(wish("refuse").uniqueWhileOpen("shop " + i).build())
                    .run());
            scheduler.runDue();
            scheduler
                    .runs()
                    .submit(wish("ok")
                            .uniqueWhileOpen("shop " + i)
                            .delay(Duration.ofHours(1))
                            .build());
        }
        dead.sort(Comparator.comparing(Run::id));
        BulkAction action = letters(BulkKind.RETRY_DEAD_LETTERS, 100, null);
        scheduler.doDuties();

        Page<BulkRefusal> first = scheduler.bulkActions().refusals(action.id(), 2, null);
        Page<BulkRefusal> second = scheduler.bulkActions().refusals(action.id(), 2, first.next());

        assertThat(first.items())
                .extracting(BulkRefusal::runId)
                .containsExactly(dead.get(0).id(), dead.get(1).id());
        assertThat(second.items())
                .extracting(BulkRefusal::runId)
                .containsExactly(dead.get(2).id());
        assertThat(second.next()).isNull();
        assertThatThrownBy(() -> scheduler.bulkActions().refusals("no-such", 2, null))
                .isInstanceOf(Problem.class);
    }

    private List<BulkRefusal> refusals(BulkAction action) {
        return scheduler.bulkActions().refusals(action.id(), 200, null).items();
    }

    @Test
    void nodesThatTakeTheSameRunsMeanwhileAreNotHindered() throws Exception {
        List<Run> runs = submit(400, "ok");
        BulkAction action = runs(
                BulkKind.CANCEL_RUNS,
                RunFilter.ALL.withStates(Set.of(RunState.SCHEDULED, RunState.RUNNING)),
                List.of());
        ManualScheduler other = ManualScheduler.join(
                "other", database, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
        ExecutorService threads = Executors.newFixedThreadPool(2);

        Future<?> cancelling = threads.submit(() -> scheduler.workOffBulkActions());
        Future<?> running = threads.submit(() -> {
            for (int i = 0; i < 20; i++) {
                other.turn(20);
            }
        });
        cancelling.get(60, TimeUnit.SECONDS);
        running.get(60, TimeUnit.SECONDS);
        threads.shutdown();
        scheduler.workOffBulkActions();
        other.runDue();
        other.close();

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(read(action).progress().failed()).isZero();
        assertThat(states(runs)).containsOnly(RunState.CANCELLED, RunState.SUCCEEDED);
        assertThat(runs).allSatisfy(run -> assertThat(read(run).attempts()).isLessThanOrEqualTo(1));
    }

    @Test
    void severalNodesShareTheWork() throws Exception {
        List<Run> letters = dead(250);
        List<BulkAction> actions = new ArrayList<>();
        for (List<Run> part : List.of(letters.subList(0, 120), letters.subList(100, 250))) {
            BulkCriteria criteria = new BulkCriteria(
                    null, DeadLetterFilter.OPEN, part.stream().map(Run::id).toList());
            actions.add(scheduler
                    .bulkActions()
                    .begin(BulkRequest.of(BulkKind.RESOLVE_DEAD_LETTERS, criteria, false, null, null), ANNA));
        }
        ManualScheduler other = ManualScheduler.join(
                "other", database, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
        ExecutorService threads = Executors.newFixedThreadPool(2);

        Future<?> one = threads.submit(() -> scheduler.workOffBulkActions());
        Future<?> two = threads.submit(() -> other.workOffBulkActions());
        one.get(60, TimeUnit.SECONDS);
        two.get(60, TimeUnit.SECONDS);
        threads.shutdown();
        scheduler.workOffBulkActions();
        other.close();

        assertThat(actions)
                .allSatisfy(action -> assertThat(read(action).state()).isEqualTo(BulkState.DONE));
        assertThat(actions.stream()
                        .mapToLong(action -> read(action).progress().done())
                        .sum())
                .isEqualTo(250);
        assertThat(states(letters)).containsOnly(RunState.RESOLVED);
    }

    @Test
    void waitingRunsAreCancelledAndRunningOnesAskedToStop() {
        List<Run> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(scheduler
                    .runs()
                    .submit(wish("ok")
                            .delay(Duration.ofHours(1))
                            .tags(List.of("stale"))
                            .build())
                    .run());
        }
        Run other = scheduler
                .runs()
                .submit(wish("ok").delay(Duration.ofHours(1)).build())
                .run();
        Run running = scheduler
                .runs()
                .submit(wish("ok").tags(List.of("stale")).build())
                .run();
        assertThat(scheduler.takeWithoutRunning()).isEqualTo(1);

        BulkAction action = runs(
                BulkKind.CANCEL_RUNS,
                new RunFilter(Set.of(), null, null, "stale", null, null, null, null, 0),
                List.of());
        scheduler.doDuties();

        assertThat(read(action).progress().done()).isEqualTo(6);
        assertThat(states(waiting)).containsOnly(RunState.CANCELLED);
        assertThat(read(other).state()).isEqualTo(RunState.SCHEDULED);
        assertThat(read(running).state()).isEqualTo(RunState.RUNNING);
        assertThat(read(running).cancelRequestedBy()).isEqualTo("token:anna");
        scheduler.outliveDeadPeers();
        scheduler.die();
        scheduler = ManualScheduler.join(
                database, Plugins.builder().add(ScriptedJob.class).build(), clock);
        scheduler.outliveDeadPeers();
        assertThat(read(running).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void selectedRunsAreRetriedAsEachOfThemIsSingly() {
        Run succeeded = submit(1, "ok").get(0);
        scheduler.runDue();
        Run retrying = submit(1, "503", "ok").get(0);
        scheduler.runDue();
        Run dead = dead(1).get(0);
        Run notMeant = dead(1).get(0);
        RunFilter any = RunFilter.ALL.withStates(Set.of(RunState.SUCCEEDED, RunState.RETRYING, RunState.DEAD));

        BulkAction action = runs(BulkKind.RETRY_RUNS, any, List.of(succeeded.id(), retrying.id(), dead.id()));
        assertThat(action.progress().matched()).isEqualTo(3);
        scheduler.doDuties();
        clock.advance(Duration.ofSeconds(1));
        scheduler.runDue();

        assertThat(read(action).progress().done()).isEqualTo(3);
        assertThat(states(List.of(succeeded, retrying, dead))).containsOnly(RunState.SUCCEEDED);
        assertThat(read(notMeant).state()).isEqualTo(RunState.DEAD);
        assertThat(scheduler.runs().list(RunFilter.ALL, 10, null).items())
                .extracting(Run::copyOf)
                .contains(succeeded.id());
    }

    @Test
    void anActionThatANewerNodeBeganStopsNoOther() throws SQLException {
        List<Run> letters = dead(2);
        BulkAction strange = letters(BulkKind.RETRY_DEAD_LETTERS, null, null);
        execute("UPDATE RQ_BULK_ACTIONS SET CRITERIA = '{\"of\":\"dead_letters\",\"moon\":\"full\"}', NEXT_AT = 5");
        BulkAction action = letters(BulkKind.RESOLVE_DEAD_LETTERS, null, null);

        scheduler.doDuties();

        assertThat(read(action).state()).isEqualTo(BulkState.DONE);
        assertThat(states(letters)).containsOnly(RunState.RESOLVED);
        assertThat(read(strange).state()).isEqualTo(BulkState.RUNNING);
        assertThat(read(strange).progress().lastError()).isNotBlank();
        scheduler.bulkActions().cancel(strange.id(), ANNA, null);
    }

    @Test
    void whatMeetsNothingIsDoneAtOnce() {
        BulkAction action = letters(BulkKind.RETRY_DEAD_LETTERS, null, null);

        assertThat(action.state()).isEqualTo(BulkState.DONE);
        assertThat(action.progress().percent()).isEqualTo(100);
    }

    @Test
    void wishesThatSayNothingOrTheImpossibleAreRefused() {
        assertThatThrownBy(
                        () -> BulkRequest.of(BulkKind.CANCEL_RUNS, BulkCriteria.runs(RunFilter.ALL), false, null, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("which are meant");
        assertThatThrownBy(() -> BulkRequest.of(
                        BulkKind.CANCEL_RUNS,
                        BulkCriteria.runs(RunFilter.ALL.withStates(Set.of(RunState.DEAD))),
                        false,
                        null,
                        null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("DEAD cannot be cancelled");
        assertThatThrownBy(() -> letters(BulkKind.REJECT_DEAD_LETTERS, null, " "))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("note");
        assertThatThrownBy(() -> letters(BulkKind.RETRY_DEAD_LETTERS, 0, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("rate is 0");
        assertThatThrownBy(() -> letters(BulkKind.RESOLVE_DEAD_LETTERS, 5, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("rate");
    }

    @Test
    void actionsAreListedNewestFirstByTheirKindAndState() {
        dead(1);
        BulkAction retried = letters(BulkKind.RETRY_DEAD_LETTERS, null, null);
        clock.advance(Duration.ofMillis(2));
        BulkAction resolved = letters(BulkKind.RESOLVE_DEAD_LETTERS, null, null);
        scheduler.bulkActions().pause(resolved.id(), ANNA, null);

        assertThat(scheduler.bulkActions().list(BulkFilter.ALL, 1, null).items())
                .extracting(BulkAction::id)
                .containsExactly(resolved.id());
        String next = scheduler.bulkActions().list(BulkFilter.ALL, 1, null).next();
        assertThat(scheduler.bulkActions().list(BulkFilter.ALL, 1, next).items())
                .extracting(BulkAction::id)
                .containsExactly(retried.id());
        assertThat(scheduler
                        .bulkActions()
                        .list(new BulkFilter(BulkKind.RESOLVE_DEAD_LETTERS, BulkState.PAUSED), 10, null)
                        .items())
                .extracting(BulkAction::id)
                .containsExactly(resolved.id());
    }
}
