package io.requartz.jdbc;

import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterRepository;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RQ_DEAD_LETTERS as people see it; {@link OutcomeRows} writes new ones. */
public final class DeadLetterRows implements DeadLetterRepository {

    private static final String LISTED = """
            RUN_ID, CYCLE, TYPE, STATUS, REASON, CATEGORY, EXCEPTION_CLASS, MESSAGE, FINGERPRINT, ATTEMPTS, DIED_AT,
            CLOSED_AT, CLOSED_BY, NOTE""";

    @Override
    public List<DeadLetter> list(Tx tx, DeadLetterFilter filter, int limit, String cursor) {
        StringBuilder sql = new StringBuilder("SELECT " + LISTED + " FROM RQ_DEAD_LETTERS WHERE 1 = 1");
        List<Sql.Parameter> parameters = new ArrayList<>();
        Sql.and(sql, parameters, "STATUS = ?", filter.status());
        Sql.and(sql, parameters, "TYPE = ?", filter.type());
        Sql.and(sql, parameters, "REASON = ?", filter.reason());
        Sql.and(sql, parameters, "CATEGORY = ?", filter.category());
        Sql.and(sql, parameters, "FINGERPRINT = ?", filter.fingerprint());
        if (cursor != null) {
            String runId = cursor.substring(0, cursor.indexOf('#'));
            sql.append(" AND (RUN_ID < ? OR RUN_ID = ? AND CYCLE < ?)");
            parameters.addAll(Sql.parameters(runId, runId, Integer.parseInt(cursor.substring(runId.length() + 1))));
        }
        sql.append(" ORDER BY RUN_ID DESC, CYCLE DESC LIMIT ").append(limit);
        return Sql.query(tx, sql.toString(), row -> letter(row, null), parameters);
    }

    @Override
    public Optional<DeadLetter> find(Tx tx, String runId) {
        return Sql.one(
                tx,
                "SELECT " + LISTED + ", PAYLOAD FROM RQ_DEAD_LETTERS WHERE RUN_ID = ? ORDER BY CYCLE DESC LIMIT 1",
                row -> letter(row, row.getString("PAYLOAD")),
                runId);
    }

    @Override
    public void close(Tx tx, String runId, int cycle, DeadLetterStatus status, Instant at, String by, String note) {
        Sql.update(tx, """
                UPDATE RQ_DEAD_LETTERS SET STATUS = ?, CLOSED_AT = ?, CLOSED_BY = ?, NOTE = ?
                WHERE RUN_ID = ? AND CYCLE = ? AND STATUS = 'OPEN'""", status, at, by, note, runId, cycle);
    }

    private static DeadLetter letter(ResultSet row, String payload) throws SQLException {
        String category = row.getString("CATEGORY");
        return new DeadLetter(
                row.getString("RUN_ID"),
                row.getInt("CYCLE"),
                row.getString("TYPE"),
                Sql.enumOf(row, "STATUS", DeadLetterStatus.class),
                Sql.enumOf(row, "REASON", DeadLetterReason.class),
                category == null ? null : new ErrorCategory(category),
                row.getString("EXCEPTION_CLASS"),
                row.getString("MESSAGE"),
                row.getString("FINGERPRINT"),
                payload,
                row.getInt("ATTEMPTS"),
                Sql.instant(row, "DIED_AT"),
                Sql.instant(row, "CLOSED_AT"),
                row.getString("CLOSED_BY"),
                row.getString("NOTE"));
    }
}
