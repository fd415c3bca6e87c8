package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** RQ_JOB_TYPES: what every node may know about every type, whether it has the plugin or not. */
public final class JobTypeRows {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALL =
            "SELECT NAME, PLUGIN, TITLE, DESCRIPTION, JOB_CLASS, POLICY, TIME_LIMIT_MS, PAYLOAD_SCHEMA, EXCLUSIVE, SCOPE, STANDS FROM RQ_JOB_TYPES";

    public Optional<JobTypeDefinition> find(Tx tx, String name) {
        return Sql.one(tx, ALL + " WHERE NAME = ?", JobTypeRows::definition, name);
    }

    public List<JobTypeDefinition> all(Tx tx) {
        return Sql.query(tx, ALL + " ORDER BY NAME", JobTypeRows::definition);
    }

    /** Stores the type as this node has it; the last node to start decides. */
    public void store(Tx tx, JobTypeDefinition type, Instant now, String by) {
        Object[] values = {
            type.plugin(),
            type.title(),
            type.description(),
            type.jobClass(),
            RetryPolicyFormat.write(type.policy()).toString(),
            type.timeLimit(),
            type.payloadSchema(),
            type.exclusive(),
            type.standing() == null ? null : type.standing().scope(),
            type.standing() == null ? null : type.standing().stands(),
            now,
            by,
            type.name()
        };
        int changed = Sql.update(tx, """
                UPDATE RQ_JOB_TYPES SET PLUGIN = ?, TITLE = ?, DESCRIPTION = ?, JOB_CLASS = ?, POLICY = ?, TIME_LIMIT_MS = ?,
                    PAYLOAD_SCHEMA = ?, EXCLUSIVE = ?, SCOPE = ?, STANDS = ?, UPDATED_AT = ?, UPDATED_BY = ?
                WHERE NAME = ?""", values);
        if (changed == 0) {
            Sql.update(tx, """
                    INSERT INTO RQ_JOB_TYPES (PLUGIN, TITLE, DESCRIPTION, JOB_CLASS, POLICY, TIME_LIMIT_MS, PAYLOAD_SCHEMA,
                        EXCLUSIVE, SCOPE, STANDS, UPDATED_AT, UPDATED_BY, NAME)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", values);
        }
    }

    private static JobTypeDefinition definition(ResultSet row) throws SQLException {
        long limit = row.getLong("TIME_LIMIT_MS");
        Duration timeLimit = row.wasNull() ? null : Duration.ofMillis(limit);
        return new JobTypeDefinition(
                row.getString("NAME"),
                row.getString("PLUGIN"),
                row.getString("TITLE"),
                row.getString("DESCRIPTION"),
                row.getString("JOB_CLASS"),
                policy(row.getString("POLICY")),
                timeLimit,
                row.getString("PAYLOAD_SCHEMA"),
                row.getBoolean("EXCLUSIVE"),
                standing(row));
    }

    private static Standing standing(ResultSet row) throws SQLException {
        String scope = row.getString("SCOPE");
        return scope == null ? null : new Standing(scope, Sql.enumOf(row, "STANDS", Stands.class));
    }

    private static RetryPolicy policy(String stored) {
        try {
            return RetryPolicyFormat.parse(JSON.readTree(stored), RetryPolicy.DEFAULT);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored policy is not JSON: " + stored, broken);
        }
    }
}
