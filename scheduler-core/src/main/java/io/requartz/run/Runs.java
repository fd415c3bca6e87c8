package io.requartz.run;

import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.time.Ticker;
import io.requartz.tx.CallersTx;
import io.requartz.tx.DuplicateKeyException;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What people and programs can ask of runs. Every change is one transaction; what a call has returned is committed. Thread-safe.
 * All methods throw {@link Problem}.
 */
public final class Runs {

    private static final int PAGE = 200;
    private static final int NEWEST_ATTEMPTS = 20_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final RunServices services;
    private final SubmissionChecks checks;
    private final RunActions actions;
    private final RunIds ids;
    private final RunCopies copies;
    private final Submissions submissions;

    public Runs(RunServices services) {
        this.services = services;
        this.checks = new SubmissionChecks(services.payloadLimit());
        this.actions = new RunActions(services, checks);
        this.ids = new RunIds(services.clock(), services.random());
        this.copies = new RunCopies(services, checks, ids);
        this.submissions = new Submissions(services, checks, ids);
    }

    /**
     * Accepts a run, or finds the one that was submitted with the same idempotency key and payload. When this returns, the run is
     * committed and will not be lost.
     */
    public Submitted submit(Submission wish) {
        return submissions.submit(wish);
    }

    /**
     * As {@link #submit}, for many at once and in few statements: all of them are committed, or none. To be called with what memory
     * holds easily; for more there is {@link #submitInParts}.
     *
     * @return an answer for each, in their order
     * @throws Problem if one of them is refused; then none was submitted
     */
    public List<Submitted> submitAll(List<Submission> wishes) {
        return submissions.submitAll(wishes);
    }

    /**
     * As {@link #submitAll}, for as many as come: up to 512 are one transaction, and no more of them are in memory. When it fails,
     * the parts that were told are in, and the rest is not; with idempotency keys all can be submitted again.
     *
     * @param committed told of each part after its commit, in the calling thread
     */
    public void submitInParts(Iterator<Submission> wishes, Consumer<List<Submitted>> committed) {
        submissions.submitInParts(wishes, committed);
    }

    /**
     * As {@link #submitAll}, as part of a transaction of the caller's: the runs exist if and only if it commits.
     * {@link #added} is to be told of the commit. Runs that a person wants now ({@code manual}) are refused.
     */
    public List<Submitted> submitWithin(CallersTx caller, List<Submission> wishes) {
        return submissions.submitWithin(caller, wishes);
    }

    /** @throws Problem if such a wish would be refused whenever it came: of an unknown type, or with a payload that does not fit */
    public void check(Submission wish) {
        checks.check(wish, services.type(wish.type()));
    }

    /** The job type of this name, of this node or any other. May ask the database, in a transaction of its own. */
    public Optional<JobTypeDefinition> type(String name) {
        return services.types().apply(name);
    }

    /**
     * As {@link #submit}, for a fire of a schedule and as part of its transaction; {@link #added} is to be told of the commit.
     * Keys are not looked at.
     *
     * @param type that of the wish
     * @param cell null if there is no matrix
     * @throws Problem if the wish is refused; then nothing was written
     */
    public Run add(Tx tx, Submission wish, JobTypeDefinition type, String schedule, Instant fire, String cell) {
        checks.check(wish, type);
        Origin origin = copies.origin(wish, type).by(schedule, fire, cell);
        Run run = NewRun.of(
                ids.next(), wish, type.plugin(), origin, services.clock().instant(), null);
        submissions.insert(tx, List.of(new Fresh(run, "")), wish.by());
        return run;
    }

    /** To be told after the commit. */
    public void added(List<Run> runs) {
        submissions.tell(runs);
    }

    /**
     * Cancels a run that waits, as part of the caller's transaction; a running one is left alone.
     *
     * @param reason in a word
     * @return whether it is cancelled, or has ended before; false if it is running
     */
    public boolean supersede(Tx tx, String id, String reason, Actor by, String note) {
        return actions.supersede(tx, id, reason, by, note);
    }

    public Optional<Run> find(String id) {
        if (!RunIds.plausible(id)) {
            return Optional.empty();
        }
        return services.transactions().call("read a run", tx -> services.runs().find(tx, id));
    }

    /** @throws Problem of kind NOT_FOUND */
    public Run get(String id) {
        return find(id).orElseThrow(() -> noSuchRun(id));
    }

    static Problem noSuchRun(String id) {
        String shown = id.length() > 60 ? id.substring(0, 60) + "..." : id;
        return Problem.notFound(
                "There is no run '" + shown + "'.", "List runs to find it; ids are UUIDs in lower case.");
    }

    /**
     * Waits until the run is settled or DEAD, but no longer than this.
     *
     * @return the run as it is then; empty if there is none
     */
    public Optional<Run> await(String id, Duration atMost) {
        Ticker ticker = services.ticker();
        long deadline = ticker.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = services.changes().count();
            Optional<Run> run = find(id);
            Duration left = RunChanges.left(deadline, ticker.nanoTime());
            if (run.isEmpty() || !run.get().state().open() || left.isZero()) {
                return run;
            }
            try {
                services.changes().awaitSince(seen, RunChanges.shorter(left, LOOK_AGAIN));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return run;
            }
        }
    }

    /** As the other, newest first. */
    public Page<Run> list(RunFilter filter, int limit, String cursor) {
        return list(filter, RunSort.NEWEST, limit, cursor);
    }

    /**
     * Without payloads and results.
     *
     * @param limit 1 to 200
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    public Page<Run> list(RunFilter filter, RunSort sort, int limit, String cursor) {
        if (limit < 1 || limit > PAGE) {
            throw Problem.invalid(
                    "limit is " + limit + "; expected 1 to " + PAGE + ".", "Ask for less and follow 'next'.");
        }
        RunSort.After after = cursor == null ? null : sort.after(cursor);
        List<Run> found = services.transactions()
                .call("list runs", tx -> services.runs().list(tx, filter, sort, limit + 1, after));
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), sort.cursor(found.get(limit - 1)));
    }

    /**
     * How attempts ended since then, by minute, oldest first. Only the newest 20,000 attempts are looked at: on a busy cluster the
     * earliest minutes may be missing.
     */
    public List<Activity> activity(Instant since) {
        return services.transactions()
                .call("read the latest attempts", tx -> services.runs().activity(tx, since, NEWEST_ATTEMPTS));
    }

    /** The newest run of a scope; empty if it has none any more. */
    public Optional<Run> latestInScope(long scopeId) {
        return services.transactions()
                .call("read the latest run of a scope", tx -> services.runs().latestInScope(tx, scopeId));
    }

    /** Oldest first. */
    public List<Attempt> attempts(String id) {
        return of(id, services.runs()::attempts);
    }

    public List<AttemptLog> logs(String id) {
        return of(id, services.runs()::logs);
    }

    /** Oldest first. */
    public List<RunEvent> events(String id) {
        return of(id, services.runs()::events);
    }

    private interface Reading<T> {
        List<T> of(Tx tx, String id);
    }

    private <T> List<T> of(String id, Reading<T> reading) {
        get(id);
        return services.transactions().call("read what belongs to a run", tx -> reading.of(tx, id));
    }

    /**
     * Cancels a run that waits; asks a running one to stop.
     *
     * @param note why; may be null
     */
    public CancelAnswer cancel(String id, Actor by, String note) {
        return actions.cancel(id, by, note);
    }

    /**
     * A waiting run becomes due now; a DEAD one begins a new cycle; a settled one is copied to a new run, which is returned.
     *
     * @param newPayload null: as it is
     * @param expectedVersion null: any
     */
    public Run retryNow(String id, Actor by, String note, String newPayload, Long expectedVersion) {
        Run run = get(id);
        if (run.state().settled()) {
            RunActions.requireVersion(run, expectedVersion);
            return copy(run, by, note, newPayload);
        }
        return actions.retryNow(id, by, note, newPayload, expectedVersion);
    }

    private Run copy(Run settled, Actor by, String note, String newPayload) {
        ManyRuns.Act act = new ManyRuns.Act(by, SubmissionChecks.note(note), null);
        Run run = copies.prepare(settled, by, newPayload, null);
        try {
            services.transactions().run("submit a copy of a run", tx -> {
                copies.insert(tx, run, settled, act);
                services.audit().append(tx, by, RunAudit.copied(settled, run, act.note()));
            });
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("Another run with the same unique key was submitted just now.", "Try again.");
        }
        submissions.tell(List.of(run));
        return run;
    }

    /** The same acts on many runs, for transactions of others. */
    public ManyRuns many() {
        return new ManyRuns(services, actions, copies);
    }

    /**
     * Changes a run that is not running and not settled.
     *
     * @param expectedVersion null: any
     * @param note why; may be null
     */
    public Run edit(String id, RunEdit edit, Long expectedVersion, Actor by, String note) {
        return actions.edit(id, edit, expectedVersion, by, note);
    }
}
