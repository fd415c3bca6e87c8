package io.requartz.jdbc;

import io.requartz.run.AttemptLog;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;

/** What running attempts say of themselves, a statement for many of them. */
public final class ProgressRows {

    /** How far an attempt says that it is. */
    public record Told(String runId, int attempt, int percent, String message) {}

    /** What an attempt has logged so far. */
    public record Logged(String fireId, AttemptLog lines) {}

    /** In the order of the runs' ids, as everybody locks them. */
    public void progress(Tx tx, List<Told> told) {
        Sql.batch(
                tx,
                "UPDATE RQ_RUNS SET PROGRESS_PERCENT = ?, PROGRESS_MESSAGE = ? WHERE ID = ? AND STATE = 'RUNNING' AND ATTEMPTS = ?",
                told.stream()
                        .map(each -> new Object[] {each.percent(), each.message(), each.runId(), each.attempt()})
                        .toList());
    }

    public void log(Tx tx, List<Logged> logged) {
        Sql.batch(
                tx,
                "UPDATE RQ_ATTEMPTS SET LOG_LINES = ? WHERE FIRE_ID = ? AND OUTCOME IS NULL",
                logged.stream()
                        .map(each -> new Object[] {AttemptRows.writeLog(each.lines()), each.fireId()})
                        .toList());
    }

    public void stuck(Tx tx, List<String> fireIds, Instant since) {
        Sql.batch(
                tx,
                "UPDATE RQ_ATTEMPTS SET STUCK_SINCE = ? WHERE FIRE_ID = ? AND OUTCOME IS NULL",
                fireIds.stream().map(id -> new Object[] {since, id}).toList());
    }
}
