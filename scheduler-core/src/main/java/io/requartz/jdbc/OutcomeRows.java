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

    private static final String CLOSE_RUN = """
            UPDATE RQ_RUNS SET STATE = ?, DUE_AT = ?, REASON = ?, FAILURES = ?, FAILURES_BY_CATEGORY = ?, NODES_LOST = ?,
                LAST_CATEGORY = COALESCE(?, LAST_CATEGORY), LAST_MESSAGE = COALESCE(?, LAST_MESSAGE), RESULT = ?,
                FINISHED_AT = ?, OPEN_KEY = CASE WHEN ? THEN OPEN_KEY ELSE NULL END, NODE = NULL, VERSION = VERSION + 1
            WHERE ID = ? AND STATE = 'RUNNING' AND ATTEMPTS = ?""";

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
        Sql.batchChanging(tx, """
                UPDATE RQ_ATTEMPTS SET ENDED_AT = ?, OUTCOME = ?, CLOSED_BY = ?, CATEGORY = ?, EXCEPTION_CLASS = ?, MESSAGE = ?,
                    STACK_TRACE = ?, HTTP_STATUS = ?, RESPONSE_EXCERPT = ?, NEXT_STATE = ?, DELAY_MS = ?, STRATEGY = ?,
                    NEXT_AT = ?, WHY = ?, LOG_LINES = ?
                WHERE FIRE_ID = ?""", closings, OutcomeRows::attempt);
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
            outcome.fired().fireId()
        };
    }

    /** @return those whose run was running at this attempt, with nobody asking to cancel it */
    public List<Closing> closeRunsNobodyCancels(Tx tx, List<Closing> closings) {
        return Sql.batchChanging(tx, CLOSE_RUN + " AND CANCEL_BY IS NULL", closings, OutcomeRows::run);
    }

    public void closeRuns(Tx tx, List<Closing> closings) {
        Sql.batchChanging(tx, CLOSE_RUN, closings, OutcomeRows::run);
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
            closing.next().open(),
            outcome.fired().runId(),
            outcome.fired().attempt()
        };
    }

    /** With the payload that the run died of. */
    public void insertDeadLetters(Tx tx, List<Closing> dead) {
        Sql.batch(tx, """
                INSERT INTO RQ_DEAD_LETTERS (RUN_ID, CYCLE, TYPE, STATUS, REASON, CATEGORY, EXCEPTION_CLASS, MESSAGE, FINGERPRINT,
                    PAYLOAD, ATTEMPTS, DIED_AT)
                VALUES (?, ?, ?, 'OPEN', ?, ?, ?, ?, ?, ?, ?, ?)""", dead.stream().map(OutcomeRows::deadLetter).toList());
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
