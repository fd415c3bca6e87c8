package io.requartz.jdbc;

import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkCriteriaFormat;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkProgress;
import io.requartz.bulk.BulkRefusal;
import io.requartz.bulk.BulkRepository;
import io.requartz.bulk.BulkState;
import io.requartz.bulk.Candidate;
import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** RQ_BULK_ACTIONS, and what they are about. */
public final class BulkRows implements BulkRepository {

    /** Of kinds that this code knows: a newer node may have brought others. */
    private static final String WHOLE = """
            SELECT ID, KIND, CRITERIA, UP_TO_ID, UP_TO_AT, STATE, ACTOR, NOTE, RATE_PER_S, MATCHED, DONE, SKIPPED, FAILED,
                CURSOR_ID, NEXT_AT, LAST_ERROR, CREATED_AT, FINISHED_AT, WORKED_AT, NODE, VERSION
            FROM RQ_BULK_ACTIONS WHERE KIND IN (%s)""".formatted(RunInvariantRows.list(List.of(BulkKind.values())));

    /** A query for what is meant, to be given its columns. */
    private record Meant(String from, String id, String at, List<Sql.Parameter> parameters) {

        static Meant by(BulkCriteria criteria) {
            StringBuilder sql = new StringBuilder();
            List<Sql.Parameter> parameters = new ArrayList<>();
            boolean runs = criteria.runs() != null;
            String id = runs ? "ID" : "RUN_ID";
            if (runs) {
                sql.append(" FROM RQ_RUNS r WHERE 1 = 1");
                RunRows.where(sql, parameters, criteria.runs());
            } else {
                sql.append(" FROM RQ_DEAD_LETTERS WHERE 1 = 1");
                DeadLetterRows.where(sql, parameters, criteria.letters());
            }
            if (!criteria.ids().isEmpty()) {
                sql.append(" AND ")
                        .append(id)
                        .append(" IN (")
                        .append(Sql.marks(criteria.ids()))
                        .append(')');
                criteria.ids().forEach(one -> parameters.add(new Sql.Parameter(one)));
            }
            return new Meant(sql.toString(), id, runs ? "CREATED_AT" : "DIED_AT", parameters);
        }
    }

    @Override
    public Extent extent(Tx tx, BulkCriteria criteria) {
        Meant meant = Meant.by(criteria);
        return Sql.query(
                        tx,
                        "SELECT COUNT(*) AS N, MAX(" + meant.id() + ") AS LAST_ID, MAX(" + meant.at() + ") AS LAST_AT"
                                + meant.from(),
                        row -> new Extent(row.getLong("N"), upTo(row, "LAST_ID", "LAST_AT")),
                        meant.parameters())
                .get(0);
    }

    private static BulkAction.UpTo upTo(ResultSet row, String id, String at) throws SQLException {
        String last = row.getString(id);
        return last == null ? null : new BulkAction.UpTo(last, Sql.instant(row, at));
    }

    @Override
    public List<Candidate> next(Tx tx, BulkAction action, int limit) {
        if (action.upTo() == null) {
            return List.of();
        }
        Meant meant = Meant.by(action.criteria());
        List<Sql.Parameter> parameters = new ArrayList<>(meant.parameters());
        StringBuilder sql = new StringBuilder("SELECT " + meant.id() + " AS RUN, ")
                .append(action.criteria().runs() == null ? "'DEAD' AS STATE, ATTEMPTS" : "STATE, ATTEMPTS")
                .append(meant.from())
                .append(" AND " + meant.at() + " <= ? AND " + meant.id() + " <= ?");
        parameters.addAll(Sql.parameters(action.upTo().at(), action.upTo().id()));
        if (action.progress().cursor() != null) {
            sql.append(" AND ").append(meant.id()).append(" > ?");
            parameters.addAll(Sql.parameters(action.progress().cursor()));
        }
        sql.append(" ORDER BY ").append(meant.id()).append(" LIMIT ").append(limit);
        return Sql.query(
                tx,
                sql.toString(),
                row -> new Candidate(
                        row.getString("RUN"), Sql.enumOf(row, "STATE", RunState.class), row.getInt("ATTEMPTS")),
                parameters);
    }

    @Override
    public void insert(Tx tx, BulkAction action) {
        BulkProgress progress = action.progress();
        Sql.update(
                tx,
                """
                INSERT INTO RQ_BULK_ACTIONS (ID, KIND, CRITERIA, UP_TO_ID, UP_TO_AT, STATE, ACTOR, NOTE, RATE_PER_S, MATCHED, DONE,
                    SKIPPED, FAILED, NEXT_AT, CREATED_AT, FINISHED_AT, VERSION)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                action.id(),
                action.kind(),
                BulkCriteriaFormat.write(action.criteria()),
                action.upTo() == null ? null : action.upTo().id(),
                action.upTo() == null ? null : action.upTo().at(),
                action.state(),
                action.actor(),
                action.note(),
                action.ratePerSecond(),
                progress.matched(),
                progress.done(),
                progress.skipped(),
                progress.failed(),
                progress.nextAt(),
                action.createdAt(),
                action.finishedAt(),
                action.version());
    }

    @Override
    public void update(Tx tx, BulkAction action) {
        BulkProgress progress = action.progress();
        Sql.update(
                tx,
                """
                UPDATE RQ_BULK_ACTIONS SET STATE = ?, MATCHED = ?, DONE = ?, SKIPPED = ?, FAILED = ?, CURSOR_ID = ?, NEXT_AT = ?,
                    LAST_ERROR = ?, FINISHED_AT = ?, WORKED_AT = ?, NODE = ?, VERSION = ?
                WHERE ID = ?""",
                action.state(),
                progress.matched(),
                progress.done(),
                progress.skipped(),
                progress.failed(),
                progress.cursor(),
                progress.nextAt(),
                progress.lastError(),
                action.finishedAt(),
                action.workedAt(),
                action.node(),
                action.version(),
                action.id());
    }

    @Override
    public Optional<BulkAction> find(Tx tx, String id) {
        return Sql.one(tx, WHOLE + " AND ID = ?", BulkRows::action, id);
    }

    @Override
    public Optional<BulkAction> lock(Tx tx, String id) {
        return Sql.one(tx, WHOLE + " AND ID = ? FOR UPDATE", BulkRows::action, id);
    }

    @Override
    public Optional<BulkAction> lockNext(Tx tx, Instant dueBy) {
        return Sql.one(
                tx,
                WHOLE + " AND STATE = 'RUNNING' AND NEXT_AT <= ? ORDER BY NEXT_AT, ID LIMIT 1 FOR UPDATE SKIP LOCKED",
                BulkRows::action,
                dueBy);
    }

    @Override
    public void refuse(Tx tx, String id, List<BulkRefusal> refusals) {
        for (BulkRefusal refusal : refusals) {
            Sql.update(
                    tx,
                    "INSERT INTO RQ_BULK_REFUSALS (ACTION_ID, RUN_ID, REFUSED_AT, REASON) VALUES (?, ?, ?, ?)",
                    id,
                    refusal.runId(),
                    refusal.at(),
                    refusal.reason());
        }
    }

    @Override
    public List<BulkRefusal> refusals(Tx tx, String id, int limit, String cursor) {
        StringBuilder sql =
                new StringBuilder("SELECT RUN_ID, REFUSED_AT, REASON FROM RQ_BULK_REFUSALS WHERE ACTION_ID = ?");
        List<Sql.Parameter> parameters = new ArrayList<>(Sql.parameters(id));
        Sql.and(sql, parameters, "RUN_ID > ?", cursor);
        sql.append(" ORDER BY RUN_ID LIMIT ").append(limit);
        return Sql.query(
                tx,
                sql.toString(),
                row -> new BulkRefusal(
                        row.getString("RUN_ID"), Sql.instant(row, "REFUSED_AT"), row.getString("REASON")),
                parameters);
    }

    @Override
    public List<BulkAction> list(Tx tx, BulkFilter filter, int limit, String cursor) {
        StringBuilder sql = new StringBuilder(WHOLE);
        List<Sql.Parameter> parameters = new ArrayList<>();
        Sql.and(sql, parameters, "KIND = ?", filter.kind());
        Sql.and(sql, parameters, "STATE = ?", filter.state());
        Sql.and(sql, parameters, "ID < ?", cursor);
        sql.append(" ORDER BY ID DESC LIMIT ").append(limit);
        return Sql.query(tx, sql.toString(), BulkRows::action, parameters);
    }

    private static BulkAction action(ResultSet row) throws SQLException {
        return new BulkAction(
                row.getString("ID"),
                Sql.enumOf(row, "KIND", BulkKind.class),
                criteria(row.getString("CRITERIA")),
                upTo(row, "UP_TO_ID", "UP_TO_AT"),
                Sql.enumOf(row, "STATE", BulkState.class),
                row.getString("ACTOR"),
                row.getString("NOTE"),
                Sql.integer(row, "RATE_PER_S"),
                new BulkProgress(
                        row.getLong("MATCHED"),
                        row.getLong("DONE"),
                        row.getLong("SKIPPED"),
                        row.getLong("FAILED"),
                        row.getString("CURSOR_ID"),
                        Sql.instant(row, "NEXT_AT"),
                        row.getString("LAST_ERROR")),
                Sql.instant(row, "CREATED_AT"),
                Sql.instant(row, "FINISHED_AT"),
                Sql.instant(row, "WORKED_AT"),
                row.getString("NODE"),
                row.getLong("VERSION"));
    }

    /** Null if a newer node wrote what this one does not know. */
    private static BulkCriteria criteria(String stored) {
        try {
            return BulkCriteriaFormat.read(stored);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
