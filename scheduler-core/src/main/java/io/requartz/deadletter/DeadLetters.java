package io.requartz.deadletter;

import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.Page;
import io.requartz.run.Run;
import io.requartz.run.RunEvent;
import io.requartz.run.RunRepository;
import io.requartz.run.RunState;
import io.requartz.run.Runs;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What people do with dead letters; found by the id of their run. Thread-safe. All methods throw {@link Problem}. */
public final class DeadLetters {

    private static final int PAGE = 200;
    private static final int NOTE_LENGTH = 2_000;

    private final Transactions transactions;
    private final DeadLetterRepository letters;
    private final RunRepository runRows;
    private final Runs runs;
    private final InstantSource clock;

    public DeadLetters(
            Transactions transactions,
            DeadLetterRepository letters,
            RunRepository runRows,
            Runs runs,
            InstantSource clock) {
        this.transactions = transactions;
        this.letters = letters;
        this.runRows = runRows;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Newest run first, without payloads.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<DeadLetter> list(DeadLetterFilter filter, int limit, String cursor) {
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".", "Ask for less and follow 'next'.");
        }
        if (cursor != null && !cursor.matches("[0-9a-f-]{36}#[0-9]{1,9}")) {
            throw Problem.invalid("That is not a cursor of this list.", "Take it from 'next' of the page before.");
        }
        List<DeadLetter> found =
                transactions.call("list dead letters", tx -> letters.list(tx, filter, limit + 1, cursor));
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        DeadLetter last = found.get(limit - 1);
        return new Page<>(found.subList(0, limit), last.runId() + "#" + last.cycle());
    }

    /** The latest dead letter of this run, open or closed. */
    public DeadLetter get(String runId) {
        runs.get(runId);
        return transactions
                .call("read a dead letter", tx -> letters.find(tx, runId))
                .orElseThrow(() -> Problem.notFound(
                        "Run " + runId + " has no dead letter.", "Look at the run: it has not died, or not yet."));
    }

    /**
     * Begins a new cycle; the old attempts stay.
     *
     * @param note why; may be null
     * @param newPayload null: as it is
     */
    public Run retry(String runId, Actor by, String note, String newPayload) {
        Run run = runs.get(runId);
        if (run.state() != RunState.DEAD) {
            throw notDead(run);
        }
        return runs.retryNow(runId, by, note, newPayload, null);
    }

    /** It is done, by other means. */
    public Run resolve(String runId, Actor by, String note) {
        return settle(runId, RunState.RESOLVED, DeadLetterStatus.RESOLVED, "resolved", by, note);
    }

    /**
     * It is given up.
     *
     * @param note why; required
     */
    public Run reject(String runId, Actor by, String note) {
        if (note == null || note.isBlank()) {
            throw Problem.invalid(
                    "A rejection needs a note.", "Say why it is given up; whoever asks later will read it.");
        }
        return settle(runId, RunState.REJECTED, DeadLetterStatus.REJECTED, "rejected", by, note);
    }

    private Run settle(String runId, RunState state, DeadLetterStatus status, String kind, Actor by, String note) {
        if (note != null && note.length() > NOTE_LENGTH) {
            throw Problem.invalid(
                    "The note has " + note.length() + " characters; at most " + NOTE_LENGTH + " are kept.",
                    "Make it shorter.");
        }
        runs.get(runId);
        transactions.run("close a dead letter", tx -> settle(tx, runId, state, status, kind, by, note));
        return runs.get(runId);
    }

    private void settle(
            Tx tx, String runId, RunState state, DeadLetterStatus status, String kind, Actor by, String note) {
        Run run = runRows.lock(tx, runId).orElseThrow();
        if (run.state() != RunState.DEAD) {
            throw notDead(run);
        }
        Instant now = clock.instant();
        letters.close(tx, runId, run.cycle(), status, now, by.name(), note);
        runRows.settle(tx, runId, run.state().become(state), now);
        runRows.append(tx, new RunEvent(runId, now, kind, RunState.DEAD, state, by.name(), note, null));
    }

    private static Problem notDead(Run run) {
        return Problem.conflict(
                "Run " + run.id() + " is " + run.state() + ", not DEAD.",
                run.state().settled()
                        ? "Somebody closed it before; its events say who."
                        : "It is being tried (again).");
    }
}
