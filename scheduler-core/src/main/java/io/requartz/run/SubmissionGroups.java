package io.requartz.run;

import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Lets runs that several threads submit at the same moment share a transaction. Whoever comes while few others are at it commits at
 * once, what waits then with it; so a lone thread waits for nobody, and a hundred need two connections. Not for runs that may have
 * to wait for a lock: the others of their group would wait with them. Thread-safe.
 */
final class SubmissionGroups {

    private static final int AT_ONCE = 2;
    private static final int MOST = 128;
    private static final int MOST_CHARS = 1 << 20;

    private final Consumer<List<Fresh>> commit;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore leaders = new Semaphore(AT_ONCE);

    /** @param commit inserts runs in one transaction: all or none */
    SubmissionGroups(Consumer<List<Fresh>> commit) {
        this.commit = commit;
    }

    private static final class Waiting {

        private final Fresh run;
        private final AtomicBoolean taken = new AtomicBoolean();
        private final CompletableFuture<Optional<RuntimeException>> outcome = new CompletableFuture<>();

        Waiting(Fresh run) {
            this.run = run;
        }
    }

    /** When this returns, the run is committed. Cannot be interrupted. */
    void insert(Fresh run) {
        Waiting mine = new Waiting(run);
        waiting.add(mine);
        leaders.acquireUninterruptibly();
        try {
            while (!mine.taken.get()) {
                lead();
            }
        } finally {
            leaders.release();
        }
        mine.outcome.join().ifPresent(failed -> again(run, failed));
    }

    /** Alone, unless it is not known whether it was committed: in a group, somebody else's run may be to blame. */
    private void again(Fresh run, RuntimeException failed) {
        if (failed instanceof Problem) {
            throw failed;
        }
        commit.accept(List.of(run));
    }

    /** How many wait to be committed. */
    int waiting() {
        return waiting.size();
    }

    private void lead() {
        List<Waiting> group = next();
        if (group.isEmpty()) {
            return;
        }
        Optional<RuntimeException> outcome = Optional.of(new IllegalStateException("the group was given up"));
        try {
            commit.accept(group.stream().map(each -> each.run).toList());
            outcome = Optional.empty();
        } catch (RuntimeException failed) {
            outcome = Optional.of(failed);
        } finally {
            for (Waiting each : group) {
                each.outcome.complete(outcome);
            }
        }
    }

    private List<Waiting> next() {
        List<Waiting> group = new ArrayList<>();
        long chars = 0;
        while (group.size() < MOST && chars < MOST_CHARS) {
            Waiting next = waiting.poll();
            if (next == null) {
                break;
            }
            next.taken.set(true);
            chars += next.run.run().payload().length();
            group.add(next);
        }
        return group;
    }
}
