package io.requartz.node;

import io.requartz.jdbc.ProgressRows;
import io.requartz.quartz.Execution;
import io.requartz.tx.Transactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Carries what running attempts have said from memory to the database: only what is new, and many attempts at once, so that thousands
 * that wait in silence cost nothing. What could not be written is written the next time. For one thread.
 */
final class ProgressWriting {

    private static final int AT_ONCE = 100;

    private final Transactions transactions;
    private final InstantSource clock;
    private final ProgressRows rows = new ProgressRows();

    ProgressWriting(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    void write(Collection<Execution> executions) {
        List<Execution.Said> said = new ArrayList<>();
        for (Execution execution : executions) {
            if (execution.begun() && !execution.ended()) {
                execution.takeSaid().ifPresent(said::add);
            }
        }
        said.sort(Comparator.comparing(each -> each.execution().run().runId()));
        for (int from = 0; from < said.size(); from += AT_ONCE) {
            List<Execution.Said> part = said.subList(from, Math.min(said.size(), from + AT_ONCE));
            try {
                writePart(part);
            } catch (RuntimeException failed) {
                said.subList(from, said.size()).forEach(each -> each.execution().untold(each));
                throw failed;
            }
        }
    }

    private void writePart(List<Execution.Said> part) {
        List<ProgressRows.Told> told = new ArrayList<>();
        List<ProgressRows.Logged> logged = new ArrayList<>();
        List<String> stuck = new ArrayList<>();
        for (Execution.Said each : part) {
            var run = each.execution().run();
            if (each.progress() != null) {
                told.add(new ProgressRows.Told(
                        run.runId(),
                        run.attempt(),
                        each.progress().percent(),
                        each.progress().message()));
            }
            if (each.log() != null) {
                logged.add(new ProgressRows.Logged(run.fireId(), each.log()));
            }
            if (each.stuck()) {
                stuck.add(run.fireId());
            }
        }
        transactions.run("write progress", tx -> {
            rows.progress(tx, told);
            rows.log(tx, logged);
            rows.stuck(tx, stuck, clock.instant());
        });
    }
}
