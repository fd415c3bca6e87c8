package io.requartz.node;

import io.requartz.jdbc.FireRows;
import io.requartz.quartz.Execution;
import io.requartz.run.AttemptLog;
import io.requartz.tx.Tx;
import java.time.InstantSource;

/** Carries what a running attempt has said from memory to the database. */
final class ProgressWriting {

    private ProgressWriting() {}

    static void write(Tx tx, FireRows rows, Execution execution, InstantSource clock) {
        execution
                .takeProgress()
                .ifPresent(progress -> rows.progress(
                        tx,
                        execution.run().runId(),
                        execution.run().attempt(),
                        progress.percent(),
                        progress.message()));
        AttemptLog log = execution.log().toAttemptLog(execution.run().attempt());
        if (!log.lines().isEmpty()) {
            rows.log(tx, execution.run().fireId(), log);
        }
        if (execution.takeStuck()) {
            rows.stuck(tx, execution.run().fireId(), clock.instant());
        }
    }
}
