package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.requartz.api.ErrorCategory;
import io.requartz.run.Activity;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptLog;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.LogLine;
import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** RQ_ATTEMPTS as it is read. */
final class AttemptRows {

    private static final JsonMapper JSON = new JsonMapper();

    List<Attempt> of(Tx tx, String runId) {
        return Sql.query(tx, """
                SELECT TOKEN, RUN_ID, ATTEMPT_NO, CYCLE, FIRE_ID, NODE, STARTED_AT, ENDED_AT, OUTCOME, CATEGORY,
                    EXCEPTION_CLASS, MESSAGE, STACK_TRACE, HTTP_STATUS, RESPONSE_EXCERPT, NEXT_STATE, DELAY_MS, STRATEGY,
                    NEXT_AT, WHY, STUCK_SINCE
                FROM RQ_ATTEMPTS WHERE RUN_ID = ? ORDER BY ATTEMPT_NO""", AttemptRows::attempt, runId);
    }

    /** The token grows with each start, so its index gives the newest without looking at the others. */
    List<Activity> activity(Tx tx, Instant since, int newest) {
        return Sql.query(
                tx,
                """
                SELECT ENDED_AT - MOD(ENDED_AT, 60000) AS AT_MINUTE, OUTCOME, NEXT_STATE, COUNT(*) AS N
                FROM (SELECT ENDED_AT, OUTCOME, NEXT_STATE FROM RQ_ATTEMPTS ORDER BY TOKEN DESC LIMIT ?) newest
                WHERE ENDED_AT >= ?
                GROUP BY ENDED_AT - MOD(ENDED_AT, 60000), OUTCOME, NEXT_STATE ORDER BY 1""",
                row -> new Activity(
                        Sql.instant(row, "AT_MINUTE"),
                        Sql.enumOf(row, "OUTCOME", AttemptOutcome.class),
                        Sql.enumOf(row, "NEXT_STATE", RunState.class),
                        row.getLong("N")),
                newest,
                since);
    }

    List<AttemptLog> logs(Tx tx, String runId) {
        return Sql.query(
                tx,
                "SELECT ATTEMPT_NO, LOG_LINES FROM RQ_ATTEMPTS WHERE RUN_ID = ? ORDER BY ATTEMPT_NO",
                row -> readLog(row.getInt("ATTEMPT_NO"), row.getString("LOG_LINES")),
                runId);
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        String category = row.getString("CATEGORY");
        long delay = row.getLong("DELAY_MS");
        boolean noDelay = row.wasNull();
        return new Attempt(
                row.getLong("TOKEN"),
                row.getString("RUN_ID"),
                row.getInt("ATTEMPT_NO"),
                row.getInt("CYCLE"),
                row.getString("FIRE_ID"),
                row.getString("NODE"),
                Sql.instant(row, "STARTED_AT"),
                Sql.instant(row, "ENDED_AT"),
                Sql.enumOf(row, "OUTCOME", AttemptOutcome.class),
                category == null ? null : new ErrorCategory(category),
                row.getString("EXCEPTION_CLASS"),
                row.getString("MESSAGE"),
                row.getString("STACK_TRACE"),
                Sql.integer(row, "HTTP_STATUS"),
                row.getString("RESPONSE_EXCERPT"),
                Sql.enumOf(row, "NEXT_STATE", RunState.class),
                noDelay ? null : Duration.ofMillis(delay),
                row.getString("STRATEGY"),
                Sql.instant(row, "NEXT_AT"),
                row.getString("WHY"),
                Sql.instant(row, "STUCK_SINCE"));
    }

    /** As stored: {@code [dropped, [millis, level, logger, message], ...]}; null if nothing was logged. */
    static String writeLog(AttemptLog logged) {
        if (logged.lines().isEmpty()) {
            return null;
        }
        ArrayNode all = JSON.createArrayNode().add(logged.dropped());
        for (LogLine line : logged.lines()) {
            all.addArray()
                    .add(line.at().toEpochMilli())
                    .add(line.level())
                    .add(line.logger())
                    .add(line.message());
        }
        return all.toString();
    }

    private static AttemptLog readLog(int attempt, String stored) {
        if (stored == null) {
            return new AttemptLog(attempt, List.of(), 0);
        }
        try {
            JsonNode all = JSON.readTree(stored);
            List<LogLine> lines = new ArrayList<>();
            for (int i = 1; i < all.size(); i++) {
                JsonNode line = all.get(i);
                lines.add(new LogLine(
                        Instant.ofEpochMilli(line.get(0).asLong()),
                        line.get(1).asText(),
                        line.get(2).asText(),
                        line.get(3).asText()));
            }
            return new AttemptLog(attempt, lines, all.get(0).asInt());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the stored log of attempt " + attempt + " is not readable", broken);
        }
    }
}
