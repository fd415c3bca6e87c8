package io.requartz.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import java.time.Duration;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubmissionGroupsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<String>> committed = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore mayCommit = new Semaphore(0);
    private final AtomicLong hours = new AtomicLong();

    /** To these, a commit takes hours. */
    private final SubmissionGroups groups = groups(SubmissionGroups.MOST_PATIENCE);

    private SubmissionGroups groups(Duration mostPatience) {
        return new SubmissionGroups(this::commit, () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet()), mostPatience);
    }

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
        return submit(groups, id);
    }

    private Future<?> submit(SubmissionGroups into, String id) {
        return threads.submit(() -> into.insert(run(id)));
    }

    /** One that is just being committed, and these behind it. */
    private List<Future<?>> behindAnother(String... ids) {
        return behindAnother(groups, ids);
    }

    private List<Future<?>> behindAnother(SubmissionGroups into, String... ids) {
        List<Future<?>> all = new ArrayList<>();
        all.add(submit(into, "first"));
        await().until(() -> mayCommit.getQueueLength() == 1);
        for (String id : ids) {
            all.add(submit(into, id));
        }
        await().until(() -> into.waiting() == ids.length);
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

        for (Future<?> each : behindAnother(ids)) {
            each.get(20, TimeUnit.SECONDS);
        }

        assertThat(committed).extracting(List::size).containsExactly(1, 50);
        assertThat(committed.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void whoeverLeadsWaitsForThoseWhoWereAtItBefore() throws Exception {
        SubmissionGroups patient = groups(Duration.ofHours(1));
        List<Future<?>> all = behindAnother(patient, "a", "b", "c");
        all.get(0).get(20, TimeUnit.SECONDS);

        all.add(submit(patient, "the first one's thread again"));

        for (Future<?> each : all) {
            each.get(20, TimeUnit.SECONDS);
        }
        assertThat(committed).extracting(List::size).containsExactly(1, 4);
    }

    @Test
    void butNotForLong() throws Exception {
        for (Future<?> each : behindAnother("a", "b", "c")) {
            each.get(20, TimeUnit.SECONDS);
        }

        submit("d").get(20, TimeUnit.SECONDS);

        assertThat(committed).last().isEqualTo(List.of("d"));
    }

    @Test
    void aRunThatCannotBeInsertedHurtsOnlyWhoeverSubmittedIt() throws Exception {
        List<Future<?>> all = behindAnother("good", "bad", "fine");

        assertThatThrownBy(() -> all.get(2).get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("a bad one");
        all.get(1).get(20, TimeUnit.SECONDS);
        all.get(3).get(20, TimeUnit.SECONDS);
        assertThat(committed.stream().flatMap(List::stream)).containsExactlyInAnyOrder("first", "good", "fine");
    }

    @Test
    void whatMayHaveBeenCommittedIsNotTriedAgain() {
        mayCommit.release(2);

        assertThatThrownBy(() -> groups.insert(run("lost"))).isInstanceOf(Problem.class);

        assertThat(mayCommit.availablePermits()).isEqualTo(1);
    }
}
