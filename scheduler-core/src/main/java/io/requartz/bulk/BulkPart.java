package io.requartz.bulk;

import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.deadletter.DeadLetters;
import io.requartz.failure.SafeText;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.ManyRuns;
import io.requartz.run.ManyRuns.Act;
import io.requartz.run.ManyRuns.Seen;
import io.requartz.run.Run;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One part of a bulk action within its transaction: what is done to the next runs, and how far that brings it. */
final class BulkPart {

    private static final int ERROR_LENGTH = 2_000;

    private final BulkAction action;
    private final ManyRuns runs;
    private final DeadLetters letters;
    private final Instant now;
    private final Act act;
    private final Instant paceFrom;
    private final List<String> changed = new ArrayList<>();
    private final List<String> askedToStop = new ArrayList<>();
    private String first;
    private boolean whole = true;
    private Instant firstDue;
    private long paced;
    private long done;
    private long skipped;
    private long failed;
    private String cursor;
    private String lastError;
    private final List<BulkRefusal> refusals = new ArrayList<>();

    BulkPart(BulkAction action, ManyRuns runs, DeadLetters letters, Instant now) {
        this.action = action;
        this.runs = runs;
        this.letters = letters;
        this.now = now;
        this.act = new Act(new Actor(action.actor()), action.note(), "{\"bulk_action\":\"" + action.id() + "\"}");
        this.cursor = action.progress().cursor();
        this.lastError = action.progress().lastError();
        this.paceFrom = action.progress().nextAt().isBefore(now)
                ? now
                : action.progress().nextAt();
    }

    BulkAction action() {
        return action;
    }

    /** Id of the first run that it came to; null if there was none. */
    String first() {
        return first;
    }

    /** Whether all that were to be dealt with were. */
    boolean whole() {
        return whole;
    }

    /** How many may be dealt with now: of paced ones, those that are due before the time. */
    int atMost(int most, Instant before) {
        if (!action.kind().paced()) {
            return most;
        }
        long time = Duration.between(paceFrom, before).toMillis();
        return (int) Math.max(1, Math.min(most, (time * action.ratePerSecond() + 999) / 1000));
    }

    void deal(Tx tx, List<Candidate> next) {
        if (next.isEmpty()) {
            return;
        }
        first = next.get(0).runId();
        ManyRuns.Held held = runs.hold(
                tx,
                next.stream()
                        .map(each -> new Seen(each.runId(), each.state(), each.attempts()))
                        .toList());
        held.runs().forEach(run -> deal(tx, run));
        whole = held.changed() == null;
        if (whole) {
            skipped += next.size() - held.runs().size();
            cursor = next.get(next.size() - 1).runId();
        } else {
            stopBefore(held, next);
        }
    }

    /** A run got another trigger in this moment. The next part begins with it; each time is an attempt of it, so that ends. */
    private void stopBefore(ManyRuns.Held held, List<Candidate> next) {
        List<String> before = next.stream()
                .map(Candidate::runId)
                .takeWhile(id -> !id.equals(held.changed()))
                .toList();
        if (!before.isEmpty()) {
            skipped += before.size() - held.runs().size();
            cursor = before.get(before.size() - 1);
        }
    }

    private void deal(Tx tx, Run run) {
        if (!meant(run)) {
            skipped++;
            return;
        }
        try {
            if (act(tx, run)) {
                done++;
                changed.add(run.id());
            } else {
                skipped++;
            }
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.UNAVAILABLE) {
                throw refused;
            }
            failed++;
            lastError = SafeText.chars("Run " + run.id() + ": " + refused.getMessage(), ERROR_LENGTH);
            if (action.progress().failed() + failed <= BulkRefusal.MOST_KEPT) {
                refusals.add(new BulkRefusal(run.id(), now, reason(refused)));
            }
        }
    }

    static String reason(Throwable refused) {
        return Objects.requireNonNullElse(SafeText.chars(refused.getMessage(), ERROR_LENGTH), "It gave no reason.");
    }

    /** What was refused, and why. */
    List<BulkRefusal> refusals() {
        return refusals;
    }

    /** It may have changed between being looked for and being locked. */
    private boolean meant(Run run) {
        return action.criteria().runs() == null
                ? action.kind().usualStates().contains(run.state())
                : action.criteria().runs().states().contains(run.state());
    }

    private boolean act(Tx tx, Run run) {
        return switch (action.kind()) {
            case RETRY_RUNS, RETRY_DEAD_LETTERS -> retry(tx, run);
            case CANCEL_RUNS -> {
                if (runs.cancel(tx, run, act)) {
                    askedToStop.add(run.id());
                }
                yield true;
            }
            case RESOLVE_DEAD_LETTERS -> {
                letters.settle(tx, run, DeadLetterStatus.RESOLVED, act);
                yield true;
            }
            case REJECT_DEAD_LETTERS -> {
                letters.settle(tx, run, DeadLetterStatus.REJECTED, act);
                yield true;
            }
        };
    }

    private boolean retry(Tx tx, Run run) {
        Instant due = paceFrom.plusNanos(spacing(paced));
        boolean retried = runs.retry(tx, run, due, act);
        if (retried) {
            paced++;
            firstDue = firstDue == null ? due : firstDue;
        }
        return retried;
    }

    private long spacing(long many) {
        return many * Duration.ofSeconds(1).toNanos() / action.ratePerSecond();
    }

    BulkProgress progress() {
        BulkProgress before = action.progress();
        return new BulkProgress(
                before.matched(),
                before.done() + done,
                before.skipped() + skipped,
                before.failed() + failed,
                cursor,
                action.kind().paced() ? paceFrom.plusNanos(spacing(paced)) : now,
                lastError);
    }

    /** As it was, but not before some time has passed. */
    BulkProgress later(Duration pause, String why) {
        BulkProgress before = action.progress();
        return new BulkProgress(
                before.matched(), before.done(), before.skipped(), before.failed(), cursor, now.plus(pause), why);
    }

    /** After the commit. */
    void announce() {
        runs.announce(changed, askedToStop, firstDue);
    }
}
