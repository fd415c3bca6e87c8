package io.requartz.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmissionGroupsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<String>> committed = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore mayCommit = new Semaphore(0);
    private final SubmissionGroups groups = new SubmissionGroups(this::commit);

    @AfterEach
    void stop() {
        mayCommit.release(1_000);
        threads.shutdownNow();
    }

    private static Fresh run(String id) {
        Origin origin = new Origin(null, false, null, null, null, null);
        return new Fresh(NewRun.of(id, Submission.of("any").build(), "plugin", origin, Instant.EPOCH, null), "");
    }

    private void commit(List<Fresh> runs) {
        mayCommit.acquireUninterruptibly();
        List<String> ids = runs.stream().map(fresh -> fresh.run().id()).toList();
        if (ids.contains("lost")) {
            throw Problem.unavailable("The database did not answer.", "Look.", null);
        }
        if (ids.contains("bad")) {
            throw new IllegalStateException("a bad one");
        }
        committed.add(ids);
    }

    private Future<?> submit(String id) {
        return threads.submit(() -> groups.insert(run(id)));
    }

    /** Two that are just being committed, and these behind them. */
    private List<Future<?>> behindTwoOthers(String... ids) {
        List<Future<?>> all = new ArrayList<>();
        all.add(submit("first"));
        all.add(submit("second"));
        await().until(() -> mayCommit.getQueueLength() == 2);
        for (String id : ids) {
            all.add(submit(id));
        }
        await().until(() -> groups.waiting() == ids.length);
        mayCommit.release(1_000);
        return all;
    }

    @Test
    void aLoneRunIsCommittedByItself() {
        mayCommit.release();

        groups.insert(run("alone"));

        assertThat(committed).containsExactly(List.of("alone"));
    }

    @Test
    void whatComesWhileOthersCommitIsCommittedTogether() throws Exception {
        String[] ids = IntStream.range(0, 50).mapToObj(i -> "run-" + i).toArray(String[]::new);

        for (Future<?> each : behindTwoOthers(ids)) {
            each.get(20, TimeUnit.SECONDS);
        }

        assertThat(committed).hasSizeLessThanOrEqualTo(4);
        assertThat(committed.stream().flatMap(List::stream)).hasSize(52).doesNotHaveDuplicates();
    }

    @Test
    void aRunThatCannotBeInsertedHurtsOnlyWhoeverSubmittedIt() throws Exception {
        List<Future<?>> all = behindTwoOthers("good", "bad", "fine");

        assertThatThrownBy(() -> all.get(3).get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("a bad one");
        all.get(2).get(20, TimeUnit.SECONDS);
        all.get(4).get(20, TimeUnit.SECONDS);
        assertThat(committed.stream().flatMap(List::stream))
                .containsExactlyInAnyOrder("first", "second", "good", "fine");
    }

    @Test
    void whatMayHaveBeenCommittedIsNotTriedAgain() {
        mayCommit.release(2);

        assertThatThrownBy(() -> groups.insert(run("lost"))).isInstanceOf(Problem.class);

        assertThat(mayCommit.availablePermits()).isEqualTo(1);
    }
}
