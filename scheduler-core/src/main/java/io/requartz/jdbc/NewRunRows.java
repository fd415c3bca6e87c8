package io.requartz.jdbc;

import io.requartz.run.Run;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Inserts runs, however many, by one statement a table that the drivers send as rows of few inserts. */
final class NewRunRows {

    private NewRunRows() {}

    static void insert(Tx tx, List<Fresh> runs) {
        Sql.batch(
                tx,
                """
                INSERT INTO RQ_RUNS (ID, TYPE, PLUGIN, STATE, PRIORITY, PAYLOAD, PAYLOAD_VERSION, PAYLOAD_HASH, TAGS,
                    IDEMPOTENCY_KEY, UNIQUE_KEY, OPEN_KEY, CYCLE, ATTEMPTS, FAILURES, NODES_LOST, CREATED_AT, CREATED_BY,
                    DUE_AT, EXPIRES_AT, PARKED_MS, COPY_OF, SCOPE_ID, MANUAL, POLICY, SCHEDULE, SCHEDULED_AT, CELL, VERSION)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, 1)""",
                runs.stream()
                        .map(fresh -> values(fresh.run(), fresh.payloadHash()))
                        .toList());
        List<Object[]> tags = new ArrayList<>();
        for (Fresh fresh : runs) {
            fresh.run()
                    .tags()
                    .forEach(tag -> tags.add(new Object[] {tag, fresh.run().id()}));
        }
        insertTags(tx, tags);
    }

    private static Object[] values(Run run, String payloadHash) {
        return new Object[] {
            run.id(),
            run.type(),
            run.plugin(),
            run.state(),
            run.priority().level(),
            run.payload(),
            run.payloadVersion(),
            payloadHash,
            RunRows.writeNames(run.tags()),
            run.idempotencyKey(),
            run.uniqueKey(),
            openKey(run.type(), run.uniqueKey()),
            run.cycle(),
            run.attempts(),
            run.failures(),
            run.nodesLost(),
            run.createdAt(),
            run.createdBy(),
            run.dueAt(),
            run.expiresAt(),
            run.copyOf(),
            run.origin().scopeId(),
            run.origin().manual(),
            run.origin().policy(),
            run.origin().schedule(),
            run.origin().scheduledAt(),
            run.origin().cell()
        };
    }

    static void insertTags(Tx tx, String id, Collection<String> tags) {
        insertTags(tx, tags.stream().map(tag -> new Object[] {tag, id}).toList());
    }

    private static void insertTags(Tx tx, List<Object[]> rows) {
        Sql.batch(tx, "INSERT INTO RQ_RUN_TAGS (TAG, RUN_ID) VALUES (?, ?)", rows);
    }

    static String openKey(String type, String uniqueKey) {
        return uniqueKey == null ? null : type + "/" + uniqueKey;
    }
}
