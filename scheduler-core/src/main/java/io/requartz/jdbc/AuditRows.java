package io.requartz.jdbc;

import io.requartz.audit.AuditChange;
import io.requartz.audit.AuditEntry;
import io.requartz.audit.AuditFilter;
import io.requartz.audit.AuditLog;
import io.requartz.failure.SafeText;
import io.requartz.run.Actor;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** RQ_AUDIT. */
public final class AuditRows implements AuditLog {

    private static final int SUBJECT = 300;
    private static final int NOTE = 2_000;

    private final InstantSource clock;

    public AuditRows(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public void append(Tx tx, Actor by, AuditChange change) {
        Sql.update(
                tx,
                """
                INSERT INTO RQ_AUDIT (AT, ACTOR, ACTION, KIND, SUBJECT, OLD_VALUE, NEW_VALUE, NOTE)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                clock.instant(),
                by.name(),
                change.action(),
                change.kind(),
                SafeText.chars(change.subject(), SUBJECT),
                change.before(),
                change.after(),
                SafeText.chars(change.note(), NOTE));
    }

    @Override
    public List<AuditEntry> list(Tx tx, AuditFilter filter, int limit, Long before) {
        StringBuilder sql = new StringBuilder(
                "SELECT SEQ, AT, ACTOR, ACTION, KIND, SUBJECT, OLD_VALUE, NEW_VALUE, NOTE FROM RQ_AUDIT WHERE 1 = 1");
        List<Sql.Parameter> parameters = new ArrayList<>();
        Sql.and(sql, parameters, "ACTOR = ?", filter.actor());
        Sql.and(sql, parameters, "ACTION = ?", filter.action());
        Sql.and(sql, parameters, "KIND = ?", filter.kind());
        Sql.and(sql, parameters, "SUBJECT = ?", filter.subject());
        Sql.and(sql, parameters, "AT >= ?", filter.since());
        Sql.and(sql, parameters, "AT < ?", filter.until());
        Sql.and(sql, parameters, "SEQ < ?", before);
        sql.append(" ORDER BY SEQ DESC LIMIT ").append(limit);
        return Sql.query(
                tx,
                sql.toString(),
                row -> new AuditEntry(
                        row.getLong("SEQ"),
                        Sql.instant(row, "AT"),
                        row.getString("ACTOR"),
                        row.getString("ACTION"),
                        row.getString("KIND"),
                        row.getString("SUBJECT"),
                        row.getString("OLD_VALUE"),
                        row.getString("NEW_VALUE"),
                        row.getString("NOTE")),
                parameters);
    }
}
