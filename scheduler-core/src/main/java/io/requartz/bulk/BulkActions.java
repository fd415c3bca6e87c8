package io.requartz.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditLog;
import io.requartz.failure.SafeText;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Page;
import io.requartz.run.RunIds;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bulk actions as people ask for them, watch them and hold them. {@link BulkWork} works them off, on any node. Thread-safe. All
 * methods throw {@link Problem}.
 */
public final class BulkActions {

    /** What the audit calls them. */
    static final String KIND = "bulk-action";

    private static final Logger log = LoggerFactory.getLogger(BulkActions.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 200;
    private static final int NOTE_LENGTH = 2_000;

    private final Transactions transactions;
    private final BulkRepository rows;
    private final AuditLog audit;
    private final RunIds ids;
    private final InstantSource clock;
    private volatile Runnable begun = () -> {};

    public BulkActions(
            Transactions transactions, BulkRepository rows, AuditLog audit, RunIds ids, InstantSource clock) {
        this.transactions = Objects.requireNonNull(transactions, "transactions");
        this.rows = Objects.requireNonNull(rows, "rows");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.ids = Objects.requireNonNull(ids, "ids");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Told when there is something to work off, after the commit. */
    public void onBegun(Runnable listener) {
        this.begun = listener;
    }

    /** How many match now; nothing is done. */
    public long dryRun(BulkRequest request) {
        return matching(request.criteria());
    }

    /** As {@link #dryRun}, while rate and note are still to be said. */
    public long matching(BulkCriteria meant) {
        return transactions
                .call("count what a bulk action would meet", tx -> rows.extent(tx, meant))
                .matched();
    }

    /**
     * Accepts it. It is about those that match now; what matches later is left alone. It is worked off by and by, wherever a node
     * is, and goes on after any crash.
     */
    public BulkAction begin(BulkRequest request, Actor by) {
        Instant now = clock.instant();
        String id = ids.next();
        BulkAction action = transactions.call("begin a bulk action", tx -> {
            BulkRepository.Extent extent = rows.extent(tx, request.criteria());
            boolean nothing = extent.matched() == 0;
            BulkAction fresh = new BulkAction(
                    id,
                    request.kind(),
                    request.criteria(),
                    extent.upTo(),
                    nothing ? BulkState.DONE : BulkState.RUNNING,
                    by.name(),
                    SafeText.chars(request.note(), NOTE_LENGTH),
                    request.ratePerSecond(),
                    BulkProgress.begin(extent.matched(), now),
                    now,
                    nothing ? now : null,
                    null,
                    null,
                    1);
            rows.insert(tx, fresh);
            audit.append(tx, by, asked(fresh));
            return fresh;
        });
        log.info(
                "{} asked to {} ({}): {} match",
                by.name(),
                action.kind().label().replace('_', ' '),
                action.id(),
                action.progress().matched());
        begun.run();
        return action;
    }

    private static AuditChange asked(BulkAction action) {
        ObjectNode after = JSON.createObjectNode();
        try {
            after.set("criteria", JSON.readTree(BulkCriteriaFormat.write(action.criteria())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        after.put("matched", action.progress().matched());
        if (action.ratePerSecond() != null) {
            after.put("rate_per_second", action.ratePerSecond());
        }
        return new AuditChange(action.kind().action(), KIND, action.id(), null, after.toString(), action.note());
    }

    /** @throws Problem of kind NOT_FOUND */
    public BulkAction get(String id) {
        return transactions.call("read a bulk action", tx -> rows.find(tx, id)).orElseThrow(() -> none(id));
    }

    private static Problem none(String id) {
        String shown = id.length() > 60 ? id.substring(0, 60) + "..." : id;
        return Problem.notFound("There is no bulk action '" + shown + "'.", "List the bulk actions to find it.");
    }

    /**
     * Newest first.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<BulkAction> list(BulkFilter filter, int limit, String cursor) {
        requirePage(limit, cursor);
        List<BulkAction> found = transactions.call("list bulk actions", tx -> rows.list(tx, filter, limit + 1, cursor));
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).id());
    }

    /**
     * The runs that it met and could not deal with, at most {@value BulkRefusal#MOST_KEPT} in all.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<BulkRefusal> refusals(String id, int limit, String cursor) {
        requirePage(limit, cursor);
        get(id);
        List<BulkRefusal> found = transactions.call(
                "list what a bulk action could not do", tx -> rows.refusals(tx, id, limit + 1, cursor));
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).runId());
    }

    private static void requirePage(int limit, String cursor) {
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".", "Ask for less and follow 'next'.");
        }
        if (cursor != null && !RunIds.plausible(cursor)) {
            throw Problem.invalid("That is not a cursor of this list.", "Take it from 'next' of the page before.");
        }
    }

    /** Holds it: once this has returned, nothing more is done until it is resumed. What is done stays. */
    public BulkAction pause(String id, Actor by, String note) {
        return change(id, BulkState.PAUSED, "bulk-action.pause", by, note);
    }

    public BulkAction resume(String id, Actor by, String note) {
        BulkAction action = change(id, BulkState.RUNNING, "bulk-action.resume", by, note);
        begun.run();
        return action;
    }

    /** Ends it: once this has returned, nothing more is done. What is done stays. */
    public BulkAction cancel(String id, Actor by, String note) {
        return change(id, BulkState.CANCELLED, "bulk-action.cancel", by, note);
    }

    private BulkAction change(String id, BulkState next, String what, Actor by, String note) {
        if (note != null && note.length() > NOTE_LENGTH) {
            throw Problem.invalid(
                    "The note has " + note.length() + " characters; at most " + NOTE_LENGTH + " are kept.",
                    "Make it shorter.");
        }
        BulkAction changed = transactions.call("change a bulk action", tx -> change(tx, id, next, what, by, note));
        log.info("{}: {} by {}", what, id, by.name());
        return changed;
    }

    private BulkAction change(Tx tx, String id, BulkState next, String what, Actor by, String note) {
        BulkAction action = rows.lock(tx, id).orElseThrow(() -> none(id));
        if (action.state().finished() || action.state() == next) {
            throw Problem.conflict(
                    "The bulk action is " + action.state() + ".",
                    action.state().finished()
                            ? "It has ended; what is left would need a new one."
                            : "There is nothing to change.");
        }
        BulkAction changed = action.become(next, clock.instant());
        rows.update(tx, changed);
        audit.append(tx, by, new AuditChange(what, KIND, id, stateOf(action), stateOf(changed), note));
        return changed;
    }

    /** For the audit. */
    static String stateOf(BulkAction action) {
        BulkProgress progress = action.progress();
        return JSON.createObjectNode()
                .put("state", action.state().name())
                .put("matched", progress.matched())
                .put("done", progress.done())
                .put("skipped", progress.skipped())
                .put("failed", progress.failed())
                .toString();
    }
}
