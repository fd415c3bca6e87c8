package io.requartz.jdbc;

import io.requartz.failure.Failure;
import io.requartz.failure.Fingerprint;
import io.requartz.failure.SafeText;
import io.requartz.run.Closing;
import io.requartz.run.Outcome;
import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What ending attempts writes: the attempt, the run, the dead letter. Each method is one statement for the whole group. */
public final class OutcomeRows {

    private static final String RUN =
            "state key, due number, reason text, failures number, counts text, lost number, category text,"
                    + " message text, result text, finished number, id key, attempt number";

    private static final String CLOSE = """
            STATE = :state, DUE_AT = :due, REASON = :reason, FAILURES = :failures, FAILURES_BY_CATEGORY = :counts,
                NODES_LOST = :lost, LAST_CATEGORY = COALESCE(:category, LAST_CATEGORY),
                LAST_MESSAGE = COALESCE(:message, LAST_MESSAGE), RESULT = :result, FINISHED_AT = :finished,
                NODE = NULL, VERSION = VERSION + 1""";

    private static final String RUNNING = "ID = :id AND STATE = 'RUNNING' AND ATTEMPTS = :attempt";

    private final WideStatement closeRuns;
    private final WideStatement closeUncancelled;
    private final WideStatement closeAttempts;
    private final WideStatement insertDeadLetters;

    public OutcomeRows(Dialect dialect) {
        closeRuns = WideStatement.update(dialect, "RQ_RUNS", RUN, CLOSE, RUNNING);
        closeUncancelled = WideStatement.update(dialect, "RQ_RUNS", RUN, CLOSE, RUNNING + " AND CANCEL_BY IS NULL");
        closeAttempts = WideStatement.update(
                dialect,
                "RQ_ATTEMPTS",
                "ended number, outcome key, closer key, category text, class text, message text, trace text, status number,"
                        + " excerpt text, next key, delay number, strategy text, at number, why text, log text, token number",
                """
                ENDED_AT = :ended, OUTCOME = :outcome, CLOSED_BY = :closer, CATEGORY = :category, EXCEPTION_CLASS = :class,
                    MESSAGE = :message, STACK_TRACE = :trace, HTTP_STATUS = :status, RESPONSE_EXCERPT = :excerpt,
                    NEXT_STATE = :next, DELAY_MS = :delay, STRATEGY = :strategy, NEXT_AT = :at, WHY = :why, LOG_LINES = :log""",
                "TOKEN = :token");
        insertDeadLetters = WideStatement.insert(
                dialect,
                "run key, cycle number, type key, reason key, category key, class text, message text, fingerprint key,"
                        + " payload text, attempts number, died number",
                new WideStatement.Into(
                        "RQ_DEAD_LETTERS",
                        "RUN_ID, CYCLE, TYPE, STATUS, REASON, CATEGORY, EXCEPTION_CLASS, MESSAGE, FINGERPRINT, PAYLOAD, ATTEMPTS, DIED_AT",
                        ":run, :cycle, :type, 'OPEN', :reason, :category, :class, :message, :fingerprint, :payload, :attempts, :died"));
    }

    /** A run as an outcome finds it, locked. */
    public record Running(String id, RunState state, int attempts, boolean cancelRequested) {}

    public Map<String, Running> lockRuns(Tx tx, Collection<String> ids) {
        Map<String, Running> found = new HashMap<>();
        Sql.query(
                        tx,
                        "SELECT ID, STATE, ATTEMPTS, CANCEL_BY FROM RQ_RUNS WHERE ID IN (" + Sql.marks(ids)
                                + ") ORDER BY ID FOR UPDATE",
                        row -> new Running(
                                row.getString("ID"),
                                RunState.valueOf(row.getString("STATE")),
                                row.getInt("ATTEMPTS"),
                                row.getString("CANCEL_BY") != null),
                        ids.toArray())
                .forEach(running -> found.put(running.id(), running));
        return found;
    }

    public void closeAttempts(Tx tx, List<Closing> closings) {
        closeAttempts.any(tx, closings, OutcomeRows::attempt);
    }

    private static Object[] attempt(Closing closing) {
        Outcome outcome = closing.outcome();
        Failure failure = outcome.failure();
        return new Object[] {
            outcome.endedAt(),
            outcome.kind(),
            outcome.closedBy(),
            failure == null ? null : failure.category(),
            failure == null ? null : SafeText.chars(failure.exceptionClass(), 300),
            failure == null ? null : failure.message(),
            failure == null ? null : failure.stackTrace(),
            failure == null ? null : failure.httpStatus(),
            failure == null ? null : failure.responseExcerpt(),
            closing.next(),
            closing.delay(),
            closing.strategy(),
            closing.dueAt(),
            SafeText.chars(closing.why(), 500),
            AttemptRows.writeLog(outcome.log()),
            outcome.fired().token()
        };
    }

    /**
     * Closes runs that are running at their attempt, with nobody asking to cancel them.
     *
     * @throws NotAllFound if one is not
     */
    public void closeAllUncancelled(Tx tx, List<Closing> closings) {
        closeUncancelled.all(tx, closings, OutcomeRows::run);
    }

    /** Closes runs that are locked. */
    public void closeRuns(Tx tx, List<Closing> closings) {
        closeRuns.any(tx, closings, OutcomeRows::run);
    }

    private static Object[] run(Closing closing) {
        Outcome outcome = closing.outcome();
        Failure failure = outcome.failure();
        Instant finished = closing.next().open() ? null : outcome.endedAt();
        return new Object[] {
            closing.next(),
            closing.dueAt(),
            closing.reason(),
            closing.failures(),
            FireRows.writeCounts(closing.failuresByCategory()),
            closing.nodesLost(),
            failure == null ? null : failure.category(),
            failure == null ? null : failure.message(),
            outcome.result(),
            finished,
            outcome.fired().runId(),
            outcome.fired().attempt()
        };
    }

    /** With the payload that the run died of. */
    public void insertDeadLetters(Tx tx, List<Closing> dead) {
        insertDeadLetters.insert(tx, dead, OutcomeRows::deadLetter);
    }

    private static Object[] deadLetter(Closing closing) {
        Outcome outcome = closing.outcome();
        Failure failure = outcome.failure();
        return new Object[] {
            outcome.fired().runId(),
            outcome.fired().cycle(),
            outcome.fired().type(),
            closing.dead(),
            failure.category(),
            SafeText.chars(failure.exceptionClass(), 300),
            failure.message(),
            Fingerprint.of(failure),
            outcome.fired().payload(),
            outcome.fired().attempt(),
            outcome.endedAt()
        };
    }
}
