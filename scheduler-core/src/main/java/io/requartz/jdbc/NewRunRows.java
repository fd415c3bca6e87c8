package io.requartz.jdbc;

import io.requartz.run.Origin;
import io.requartz.run.PendingTriggers.Pending;
import io.requartz.run.Run;
import io.requartz.run.RunRepository.Fresh;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Inserts runs that wait, however many, each with its trigger. Most bring no more than a payload and an idempotency key, so that most
 * of their columns are the same for all of them: these are written by a statement of their own, on PostgreSQL with their triggers.
 */
final class NewRunRows {

    private static final String VALUES =
            "id key, type key, plugin key, priority number, payload text, hash key, keyed key, created number, by key, due number,"
                    + " scope number";

    private static final WideStatement.Into PLAIN = new WideStatement.Into(
            "RQ_RUNS",
            "ID, TYPE, PLUGIN, STATE, PRIORITY, PAYLOAD, PAYLOAD_VERSION, PAYLOAD_HASH, IDEMPOTENCY_KEY, CYCLE, ATTEMPTS, FAILURES,"
                    + " NODES_LOST, CREATED_AT, CREATED_BY, DUE_AT, PARKED_MS, SCOPE_ID, VERSION",
            ":id, :type, :plugin, 'SCHEDULED', :priority, :payload, 1, :hash, :keyed, 1, 0, 0, 0, :created, :by, :due, 0, :scope, 1");

    private final String cluster;
    private final TriggerRows triggers;
    private final WideStatement plain;
    private final Optional<WideStatement> plainWithTriggers;

    NewRunRows(Database database) {
        cluster = database.cluster();
        triggers = new TriggerRows(database);
        plain = WideStatement.insert(database.dialect(), VALUES, PLAIN);
        plainWithTriggers = database.dialect() == Dialect.POSTGRESQL
                ? Optional.of(WideStatement.insertBoth(
                        database.dialect(), VALUES + ", cluster key", PLAIN, TriggerRows.into("concat(:id, '#1')")))
                : Optional.empty();
    }

    void commit(Transactions transactions, List<Fresh> runs) {
        if (plainWithTriggers.isPresent() && runs.stream().allMatch(NewRunRows::isPlainAndKeyless)) {
            WideStatement statement = plainWithTriggers.get();
            List<Object[]> rows = runs.stream().map(this::plainValues).toList();
            if (statement.isOneFor(rows)) {
                transactions.runSingle("submit runs", tx -> statement.insert(tx, rows, row -> row));
                return;
            }
        }
        transactions.run("submit runs", tx -> insert(tx, runs));
    }

    void insert(Tx tx, List<Fresh> runs) {
        Map<Boolean, List<Fresh>> byPlain = runs.stream().collect(Collectors.partitioningBy(NewRunRows::isPlain));
        insertPlain(tx, byPlain.get(true));
        insertOthers(tx, byPlain.get(false));
        RunKeyRows.hold(tx, runs);
    }

    private void insertPlain(Tx tx, List<Fresh> runs) {
        if (plainWithTriggers.isPresent()) {
            plainWithTriggers.get().insert(tx, runs, this::plainValues);
        } else {
            plain.insert(tx, runs, this::plainValues);
            insertTriggers(tx, runs);
        }
    }

    private void insertTriggers(Tx tx, List<Fresh> runs) {
        triggers.insert(
                tx,
                runs.stream()
                        .map(Fresh::run)
                        .map(run -> new Pending(run.id(), 1, run.type(), run.priority(), run.dueAt()))
                        .toList());
    }

    private static boolean isPlain(Fresh fresh) {
        Run run = fresh.run();
        Origin origin = run.origin();
        return run.tags().isEmpty()
                && run.uniqueKey() == null
                && run.expiresAt() == null
                && run.copyOf() == null
                && origin.equals(new Origin(origin.scopeId(), false, null, null, null, null));
    }

    private static boolean isPlainAndKeyless(Fresh fresh) {
        return isPlain(fresh) && fresh.run().idempotencyKey() == null;
    }

    private Object[] plainValues(Fresh fresh) {
        Run run = fresh.run();
        return new Object[] {
            run.id(),
            run.type(),
            run.plugin(),
            run.priority().level(),
            run.payload(),
            fresh.payloadHash(),
            run.idempotencyKey(),
            run.createdAt(),
            run.createdBy(),
            run.dueAt(),
            run.origin().scopeId(),
            cluster
        };
    }

    private void insertOthers(Tx tx, List<Fresh> runs) {
        Sql.batch(
                tx,
                """
                INSERT INTO RQ_RUNS (ID, TYPE, PLUGIN, STATE, PRIORITY, PAYLOAD, PAYLOAD_VERSION, PAYLOAD_HASH, TAGS,
                    IDEMPOTENCY_KEY, UNIQUE_KEY, CYCLE, ATTEMPTS, FAILURES, NODES_LOST, CREATED_AT, CREATED_BY,
                    DUE_AT, EXPIRES_AT, PARKED_MS, COPY_OF, SCOPE_ID, MANUAL, POLICY, SCHEDULE, SCHEDULED_AT, CELL, VERSION)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, 1)""",
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
        insertTriggers(tx, runs);
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
}
