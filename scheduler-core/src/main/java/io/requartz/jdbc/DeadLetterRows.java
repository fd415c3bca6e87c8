package io.requartz.jdbc;

import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterGroup;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterRepository;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RQ_DEAD_LETTERS as people see it; {@link OutcomeRows} writes new ones. */
public final class DeadLetterRows implements DeadLetterRepository {

    private static final String LISTED = """
            RUN_ID, CYCLE, TYPE, STATUS, REASON, CATEGORY, EXCEPTION_CLASS, MESSAGE, FINGERPRINT, ATTEMPTS, DIED_AT,
            CLOSED_AT, CLOSED_BY, NOTE, ASSIGNEE, ASSIGNED_AT, ASSIGNED_BY""";

    @Override
    public List<DeadLetter> list(Tx tx, DeadLetterFilter filter, int limit, String cursor) {
        StringBuilder sql = new StringBuilder("SELECT " + LISTED + " FROM RQ_DEAD_LETTERS WHERE 1 = 1");
        List<Sql.Parameter> parameters = new ArrayList<>();
        where(sql, parameters, filter);
        if (cursor != null) {
            String runId = cursor.substring(0, cursor.indexOf('#'));
            sql.append(" AND (RUN_ID < ? OR RUN_ID = ? AND CYCLE < ?)");
            parameters.addAll(Sql.parameters(runId, runId, Integer.parseInt(cursor.substring(runId.length() + 1))));
        }
        sql.append(" ORDER BY RUN_ID DESC, CYCLE DESC LIMIT ").append(limit);
        return Sql.query(tx, sql.toString(), row -> letter(row, null), parameters);
    }

    /** What the filter asks for, as conditions that begin with AND. */
    static void where(StringBuilder sql, List<Sql.Parameter> parameters, DeadLetterFilter filter) {
        Sql.and(sql, parameters, "STATUS = ?", filter.status());
        Sql.and(sql, parameters, "TYPE = ?", filter.type());
        Sql.and(sql, parameters, "REASON = ?", filter.reason());
        Sql.and(sql, parameters, "CATEGORY = ?", filter.category());
        Sql.and(sql, parameters, "FINGERPRINT = ?", filter.fingerprint());
        if ("".equals(filter.assignee())) {
            sql.append(" AND ASSIGNEE IS NULL");
        } else {
            Sql.and(sql, parameters, "ASSIGNEE = ?", filter.assignee());
        }
        Sql.and(sql, parameters, "DIED_AT >= ?", filter.since());
        Sql.and(sql, parameters, "DIED_AT < ?", filter.until());
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
    public List<DeadLetterGroup> groups(Tx tx, DeadLetterFilter filter, int limit) {
        StringBuilder sql = new StringBuilder("""
                SELECT FINGERPRINT, COUNT(*) AS N, MIN(DIED_AT) AS FIRST_AT, MAX(DIED_AT) AS LAST_AT, MAX(RUN_ID) AS SAMPLE
                FROM RQ_DEAD_LETTERS WHERE FINGERPRINT IS NOT NULL""");
        List<Sql.Parameter> parameters = new ArrayList<>();
        where(sql, parameters, filter);
        sql.append(" GROUP BY FINGERPRINT ORDER BY COUNT(*) DESC, FINGERPRINT LIMIT ")
                .append(limit);
        List<DeadLetterGroup> bare = Sql.query(
                tx,
                sql.toString(),
                row -> new DeadLetterGroup(
                        row.getString("FINGERPRINT"),
                        row.getLong("N"),
                        Sql.instant(row, "FIRST_AT"),
                        Sql.instant(row, "LAST_AT"),
                        Map.of(),
                        row.getString("SAMPLE"),
                        null,
                        null,
                        null),
                parameters);
        return bare.isEmpty() ? bare : told(tx, filter, bare);
    }

    /** With their types, and what the sample of each says. */
    private static List<DeadLetterGroup> told(Tx tx, DeadLetterFilter filter, List<DeadLetterGroup> bare) {
        List<String> prints = bare.stream().map(DeadLetterGroup::fingerprint).toList();
        List<String> samples = bare.stream().map(DeadLetterGroup::sampleRun).toList();
        Map<String, DeadLetter> latest = new HashMap<>();
        Sql.query(
                        tx,
                        "SELECT " + LISTED + " FROM RQ_DEAD_LETTERS WHERE RUN_ID IN (" + Sql.marks(samples)
                                + ") ORDER BY RUN_ID, CYCLE",
                        row -> letter(row, null),
                        samples.toArray())
                .forEach(letter -> latest.put(letter.fingerprint() + letter.runId(), letter));
        Map<String, Map<String, Long>> types = types(tx, filter, prints);
        return bare.stream()
                .map(group -> {
                    DeadLetter sample = latest.get(group.fingerprint() + group.sampleRun());
                    return new DeadLetterGroup(
                            group.fingerprint(),
                            group.count(),
                            group.firstAt(),
                            group.lastAt(),
                            types.getOrDefault(group.fingerprint(), Map.of()),
                            group.sampleRun(),
                            sample == null ? null : sample.category(),
                            sample == null ? null : sample.exceptionClass(),
                            sample == null ? null : sample.message());
                })
                .toList();
    }

    private static Map<String, Map<String, Long>> types(Tx tx, DeadLetterFilter filter, List<String> prints) {
        StringBuilder sql =
                new StringBuilder("SELECT FINGERPRINT, TYPE, COUNT(*) AS N FROM RQ_DEAD_LETTERS WHERE FINGERPRINT IN ("
                        + Sql.marks(prints) + ")");
        List<Sql.Parameter> parameters = Sql.parameters(prints.toArray());
        where(sql, parameters, filter);
        sql.append(" GROUP BY FINGERPRINT, TYPE");
        Map<String, Map<String, Long>> types = new HashMap<>();
        Sql.query(
                tx,
                sql.toString(),
                row -> types.computeIfAbsent(row.getString("FINGERPRINT"), print -> new HashMap<>())
                        .put(row.getString("TYPE"), row.getLong("N")),
                parameters);
        return types;
    }

    @Override
    public void assign(Tx tx, String runId, int cycle, String assignee, Instant at, String by) {
        Sql.update(tx, """
                UPDATE RQ_DEAD_LETTERS SET ASSIGNEE = ?, ASSIGNED_AT = ?, ASSIGNED_BY = ?
                WHERE RUN_ID = ? AND CYCLE = ? AND STATUS = 'OPEN'""", assignee, at, by, runId, cycle);
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
                row.getString("NOTE"),
                row.getString("ASSIGNEE"),
                Sql.instant(row, "ASSIGNED_AT"),
                row.getString("ASSIGNED_BY"));
    }
}
