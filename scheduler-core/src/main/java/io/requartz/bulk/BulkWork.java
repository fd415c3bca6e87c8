package io.requartz.bulk;

import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditLog;
import io.requartz.deadletter.DeadLetters;
import io.requartz.failure.SafeText;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.ManyRuns;
import io.requartz.time.Ticker;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works bulk actions off, part by part. A part is one transaction: it locks the action, does to the next runs what is to be done,
 * and moves the cursor; so a crash leaves either all of it or nothing, and any node goes on. One run that cannot be dealt with is
 * counted and passed over. Retries are let go at the action's rate, and only a few seconds ahead, so that a pause holds the rest.
 *
 * <p>For one thread.
 */
public final class BulkWork {

    /** So far ahead of time are runs let go. */
    static final Duration AHEAD = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(BulkWork.class);
    private static final Duration UNREADABLE = Duration.ofMinutes(1);
    private static final int ERROR_LENGTH = 2_000;

    private final Surroundings around;
    private final int batch;
    private volatile Long workedAt;

    /**
     * What it works with.
     *
     * @param node name of this node, for people
     */
    public record Surroundings(
            Transactions transactions,
            BulkRepository rows,
            ManyRuns runs,
            DeadLetters letters,
            AuditLog audit,
            Supplier<String> node,
            InstantSource clock,
            Ticker ticker) {}

    /** @param batch how many runs at most are dealt with in one transaction */
    public BulkWork(Surroundings around, int batch) {
        this.around = around;
        this.batch = batch;
    }

    /**
     * Works off what is due, for about this long at most.
     *
     * @return true if something is left that is due
     */
    public boolean work(Duration atMost) {
        long end = around.ticker().nanoTime() + atMost.toNanos();
        while (around.ticker().nanoTime() - end < 0) {
            if (!part()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a part was dealt with within this time. */
    public boolean workedWithin(Duration time) {
        Long last = workedAt;
        return last != null && around.ticker().nanoTime() - last <= time.toNanos();
    }

    /** One part. @return false if nothing was due */
    public boolean part() {
        AtomicReference<BulkPart> tried = new AtomicReference<>();
        try {
            return part(batch, tried);
        } catch (RuntimeException failed) {
            requireBearable(failed);
            log.debug("A part of a bulk action failed as a whole; its runs are taken singly", failed);
            return singly();
        }
    }

    /** As many as a part has, each in a transaction of its own, so that only what cannot be done is passed over. */
    private boolean singly() {
        for (int i = 0; i < batch; i++) {
            AtomicReference<BulkPart> tried = new AtomicReference<>();
            try {
                if (!part(1, tried)) {
                    return false;
                }
            } catch (RuntimeException failed) {
                requireBearable(failed);
                passOver(tried.get(), failed);
            }
        }
        return true;
    }

    /** What a database that is away leaves undone is done later. */
    private static void requireBearable(RuntimeException failed) {
        if (failed instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE) {
            throw failed;
        }
    }

    private boolean part(int most, AtomicReference<BulkPart> tried) {
        Optional<BulkPart> done = around.transactions().call("work off a part of a bulk action", tx -> {
            Instant now = around.clock().instant();
            Optional<BulkAction> next = around.rows().lockNext(tx, now.plus(AHEAD));
            return next.map(action -> {
                BulkPart part = new BulkPart(action, around.runs(), around.letters(), now);
                tried.set(part);
                work(tx, part, most);
                return part;
            });
        });
        done.ifPresent(part -> {
            workedAt = around.ticker().nanoTime();
            part.announce();
        });
        return done.isPresent();
    }

    private void work(Tx tx, BulkPart part, int most) {
        BulkAction action = part.action();
        if (action.criteria() == null) {
            save(tx, action, part.later(UNREADABLE, "This node's version cannot read what is meant."));
            return;
        }
        int limit = part.atMost(most, around.clock().instant().plus(AHEAD));
        List<Candidate> next = around.rows().next(tx, action, limit);
        part.deal(tx, next);
        around.rows().refuse(tx, action.id(), part.refusals());
        BulkAction worked = save(tx, action, part.progress());
        if (next.size() < limit && part.whole()) {
            finish(tx, worked);
        }
    }

    private BulkAction save(Tx tx, BulkAction action, BulkProgress progress) {
        BulkAction worked =
                action.worked(progress, around.clock().instant(), around.node().get());
        around.rows().update(tx, worked);
        return worked;
    }

    private void finish(Tx tx, BulkAction worked) {
        BulkAction done = worked.worked(worked.progress().complete(), worked.workedAt(), worked.node())
                .become(BulkState.DONE, around.clock().instant());
        around.rows().update(tx, done);
        around.audit()
                .append(
                        tx,
                        Actor.SYSTEM,
                        new AuditChange(
                                "bulk-action.done",
                                BulkActions.KIND,
                                done.id(),
                                null,
                                BulkActions.stateOf(done),
                                done.note()));
    }

    private void refuse(Tx tx, BulkAction action, String run, RuntimeException failed) {
        if (action.progress().failed() < BulkRefusal.MOST_KEPT) {
            around.rows()
                    .refuse(
                            tx,
                            action.id(),
                            List.of(new BulkRefusal(run, around.clock().instant(), BulkPart.reason(failed))));
        }
    }

    /** The first run of what was tried cannot be dealt with: it is counted, and the next one is the next. */
    private void passOver(BulkPart tried, RuntimeException failed) {
        if (tried == null || tried.first() == null) {
            throw failed;
        }
        String run = tried.first();
        log.warn("Bulk action {}: run {} is passed over", tried.action().id(), run, failed);
        String error = SafeText.chars("Run " + run + ": " + failed.getMessage(), ERROR_LENGTH);
        around.transactions()
                .run(
                        "pass over a run",
                        tx -> around.rows()
                                .lock(tx, tried.action().id())
                                .filter(action ->
                                        action.version() == tried.action().version())
                                .ifPresent(action -> {
                                    BulkProgress at = action.progress();
                                    refuse(tx, action, run, failed);
                                    save(
                                            tx,
                                            action,
                                            new BulkProgress(
                                                    at.matched(),
                                                    at.done(),
                                                    at.skipped(),
                                                    at.failed() + 1,
                                                    run,
                                                    at.nextAt(),
                                                    error));
                                }));
    }
}
