package io.requartz.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditLog;
import io.requartz.failure.SafeText;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.run.ManyRuns;
import io.requartz.run.Page;
import io.requartz.run.PayloadDifference;
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
import java.util.Locale;

/** What people do with dead letters; found by the id of their run. Thread-safe. All methods throw {@link Problem}. */
public final class DeadLetters {

    private static final int PAGE = 200;
    private static final int NOTE_LENGTH = 2_000;
    private static final int NAME_LENGTH = 100;
    private static final String KIND = "dead-letter";

    private final Transactions transactions;
    private final DeadLetterRepository letters;
    private final RunRepository runRows;
    private final Runs runs;
    private final AuditLog audit;
    private final InstantSource clock;

    public DeadLetters(
            Transactions transactions,
            DeadLetterRepository letters,
            RunRepository runRows,
            Runs runs,
            AuditLog audit,
            InstantSource clock) {
        this.transactions = transactions;
        this.letters = letters;
        this.runRows = runRows;
        this.runs = runs;
        this.audit = audit;
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

    /**
     * Those that failed alike, the largest group first.
     *
     * @param limit 1 to 200
     */
    public List<DeadLetterGroup> groups(DeadLetterFilter filter, int limit) {
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".",
                    "Ask for less; filters narrow it down to what you look for.");
        }
        return transactions.call("group dead letters", tx -> letters.groups(tx, filter, limit));
    }

    /**
     * A dead letter, its run as it is now, and what tells the payload that the run died of from the one that it has now.
     */
    public record Compared(DeadLetter letter, Run run, PayloadDifference difference) {}

    public Compared compare(String runId) {
        DeadLetter letter = get(runId);
        Run run = runs.get(runId);
        return new Compared(letter, run, PayloadDifference.between(letter.payload(), run.payload()));
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
        requireDead(runs.get(runId));
        return runs.retryNow(runId, by, note, newPayload, null);
    }

    /**
     * Says who is to look after it.
     *
     * @param assignee at most 100 characters, on one line; null: nobody any more
     * @param note why; may be null
     */
    public DeadLetter assign(String runId, String assignee, Actor by, String note) {
        requireName(assignee);
        requireShort(note);
        runs.get(runId);
        transactions.run("assign a dead letter", tx -> {
            Run run = requireDead(runRows.lock(tx, runId).orElseThrow());
            String before = letters.find(tx, runId).map(DeadLetter::assignee).orElse(null);
            Instant now = clock.instant();
            letters.assign(tx, runId, run.cycle(), assignee, now, by.name());
            runRows.append(tx, new RunEvent(runId, now, "assigned", null, null, by.name(), note, assigned(assignee)));
            audit.append(
                    tx,
                    by,
                    new AuditChange("dead-letter.assign", KIND, runId, assigned(before), assigned(assignee), note));
        });
        return get(runId);
    }

    private static String assigned(String assignee) {
        return JsonNodeFactory.instance.objectNode().put("assignee", assignee).toString();
    }

    private static void requireName(String assignee) {
        if (assignee != null
                && (assignee.isBlank()
                        || assignee.length() > NAME_LENGTH
                        || !assignee.equals(SafeText.chars(assignee, NAME_LENGTH))
                        || assignee.chars().anyMatch(Character::isISOControl))) {
            throw Problem.invalid(
                    "That is no name of somebody; expected 1 to " + NAME_LENGTH + " characters on one line.",
                    "Name a person or a team, or leave it out to take it from whoever has it.");
        }
    }

    /** It is done, by other means. */
    public Run resolve(String runId, Actor by, String note) {
        return settle(runId, DeadLetterStatus.RESOLVED, by, note);
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
        return settle(runId, DeadLetterStatus.REJECTED, by, note);
    }

    private Run settle(String runId, DeadLetterStatus status, Actor by, String note) {
        requireShort(note);
        runs.get(runId);
        transactions.run("close a dead letter", tx -> {
            Run run = runRows.lock(tx, runId).orElseThrow();
            settle(tx, run, status, new ManyRuns.Act(by, note, null));
            audit.append(tx, by, settled(run, status, note));
        });
        return runs.get(runId);
    }

    private static AuditChange settled(Run before, DeadLetterStatus status, String note) {
        return new AuditChange(
                status == DeadLetterStatus.RESOLVED ? "dead-letter.resolve" : "dead-letter.reject",
                KIND,
                before.id(),
                "{\"state\":\"" + before.state() + "\"}",
                "{\"state\":\"" + status + "\"}",
                note);
    }

    /**
     * Closes one as a part of the caller's transaction.
     *
     * @param run locked
     * @param status RESOLVED or REJECTED
     * @throws Problem CONFLICT if the run is not DEAD; nothing is written then
     */
    public void settle(Tx tx, Run run, DeadLetterStatus status, ManyRuns.Act act) {
        requireDead(run);
        RunState state = RunState.valueOf(status.name());
        Instant now = clock.instant();
        letters.close(tx, run.id(), run.cycle(), status, now, act.by().name(), act.note());
        runRows.settle(tx, run.id(), run.state().become(state), now);
        runRows.append(
                tx,
                new RunEvent(
                        run.id(),
                        now,
                        state.name().toLowerCase(Locale.ROOT),
                        RunState.DEAD,
                        state,
                        act.by().name(),
                        act.note(),
                        act.detail()));
    }

    private static void requireShort(String note) {
        if (note != null && note.length() > NOTE_LENGTH) {
            throw Problem.invalid(
                    "The note has " + note.length() + " characters; at most " + NOTE_LENGTH + " are kept.",
                    "Make it shorter.");
        }
    }

    private static Run requireDead(Run run) {
        if (run.state() != RunState.DEAD) {
            throw notDead(run);
        }
        return run;
    }

    private static Problem notDead(Run run) {
        return Problem.conflict(
                "Run " + run.id() + " is " + run.state() + ", not DEAD.",
                run.state().settled()
                        ? "Somebody closed it before; its events say who."
                        : "It is being tried (again).");
    }
}
