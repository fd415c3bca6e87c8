package io.requartz.jdbc;

import io.requartz.run.RunEvent;
import io.requartz.tx.Tx;
import java.util.List;

/** RQ_RUN_EVENTS; only ever added to. */
final class EventRows {

    private EventRows() {}

    static void append(Tx tx, List<RunEvent> events) {
        Sql.batch(
                tx,
                """
                INSERT INTO RQ_RUN_EVENTS (RUN_ID, AT, KIND, FROM_STATE, TO_STATE, ACTOR, NOTE, DETAIL)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                events.stream()
                        .map(event -> new Object[] {
                            event.runId(),
                            event.at(),
                            event.kind(),
                            event.from(),
                            event.to(),
                            event.actor(),
                            event.note(),
                            event.detail()
                        })
                        .toList());
    }
}
