package io.requartz.jobstore;

import io.requartz.jdbc.Database;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.FireRows.FiredRow;
import io.requartz.run.FiredRun;
import io.requartz.run.Outcome;
import io.requartz.run.OutcomePlanner;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the attempts that a dead boot has left open, as lost with their node, and stores what follows; in bounded batches, each a
 * transaction. Any node may do it, several at once too: each takes fired rows that no other is working on.
 */
final class LostNode {

    private static final Logger log = LoggerFactory.getLogger(LostNode.class);
    private static final int BATCH = 100;

    private final Transactions transactions;
    private final FireRows fires;
    private final OutcomeTransaction outcomes;
    private final OutcomePlanner planner;
    private final InstantSource clock;
    private final Consumer<OutcomeTransaction.Written> afterCommit;

    LostNode(
            Database database,
            OutcomeTransaction outcomes,
            OutcomePlanner planner,
            InstantSource clock,
            Consumer<OutcomeTransaction.Written> afterCommit) {
        this.transactions = database.transactions();
        this.fires = new FireRows(database);
        this.outcomes = outcomes;
        this.planner = planner;
        this.clock = clock;
        this.afterCommit = afterCommit;
    }

    /**
     * @param bootId the dead boot
     * @param closedBy the boot that recovers it
     * @return how many attempts were closed
     */
    int recover(String bootId, String closedBy) {
        return close(bootId, fired -> planner.nodeLost(fired, closedBy, bootId));
    }

    /** All fired rows of a boot. */
    List<String> firedOf(String bootId) {
        return transactions.call("look for fired rows", tx -> fires.firedOf(tx, bootId));
    }

    /** This boot's own fired rows that no worker knows of: a commit whose answer was lost. They count for nothing. */
    int handBack(String bootId, List<String> fireIds) {
        List<Outcome> back = new ArrayList<>();
        transactions.run("find attempts that no worker has", tx -> {
            back.clear();
            for (FiredRun fired : fires.openAttempts(tx, fireIds)) {
                back.add(planner.handedOver(
                        fired,
                        bootId,
                        "its start was committed, but the node could not know",
                        new io.requartz.run.AttemptLog(fired.attempt(), List.of(), 0)));
            }
        });
        if (back.isEmpty()) {
            return 0;
        }
        OutcomeTransaction.Written written = outcomes.write(back);
        afterCommit.accept(written);
        return written.closed().size();
    }

    private int close(String bootId, Function<FiredRun, Outcome> outcome) {
        int closed = 0;
        while (true) {
            Batch batch = transactions.call("recover a lost node", tx -> closeBatch(tx, bootId, outcome));
            afterCommit.accept(batch.written());
            closed += batch.written().closed().size();
            if (batch.rows() < BATCH) {
                return closed;
            }
        }
    }

    private record Batch(int rows, OutcomeTransaction.Written written) {}

    private Batch closeBatch(Tx tx, String bootId, Function<FiredRun, Outcome> outcome) {
        List<FiredRow> rows = fires.lockFiredOf(tx, bootId, BATCH);
        if (rows.isEmpty()) {
            return new Batch(0, new OutcomeTransaction.Written(List.of(), List.of(), List.of()));
        }
        List<String> fireIds = rows.stream().map(FiredRow::fireId).toList();
        Map<String, FiredRun> open = fires.openAttempts(tx, fireIds).stream()
                .collect(Collectors.toMap(FiredRun::fireId, Function.identity()));
        for (FiredRow row : rows) {
            if (!open.containsKey(row.fireId())) {
                log.error("Fired row {} of {} is put into quarantine: it has no open attempt", row.fireId(), bootId);
                fires.quarantine(tx, "fired", row.fireId(), "it has no open attempt of a running run", clock.instant());
                fires.deleteFired(tx, List.of(row.fireId()));
            }
        }
        List<Outcome> lost = open.values().stream().map(outcome).toList();
        return new Batch(
                rows.size(),
                lost.isEmpty()
                        ? new OutcomeTransaction.Written(List.of(), List.of(), List.of())
                        : outcomes.write(tx, lost));
    }
}
