package io.requartz.node;

import io.requartz.jdbc.CallersConnection;
import io.requartz.problem.Problem;
import io.requartz.run.Run;
import io.requartz.run.Runs;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Submissions within a transaction of the application's own: their runs exist if and only if it commits. Nothing else is read or
 * locked in it but the new rows, and nothing of it is changed: it is the caller's to commit or to roll back. Not thread-safe, like
 * its connection; of no use after the transaction has ended, but for {@link #committed}.
 *
 * <pre>{@code
 * CallersTransaction transaction = node.within(connection);
 * transaction.submit(Submission.of("send_invoice").payload("{\"order\": 7}").build());
 * connection.commit();
 * transaction.committed();
 * }</pre>
 */
public final class CallersTransaction {

    private final CallersConnection connection;
    private final Runs runs;
    private final List<Run> created = new ArrayList<>();

    private final BiConsumer<CallersConnection, List<Run>> submitted;

    CallersTransaction(CallersConnection connection, Runs runs, BiConsumer<CallersConnection, List<Run>> submitted) {
        this.connection = connection;
        this.runs = runs;
        this.submitted = submitted;
    }

    /**
     * As {@link Runs#submit}, except that the run begins to exist with the caller's commit.
     *
     * @throws Problem if it is refused, also if the database refuses; nothing of it is in the transaction then. Of kind UNAVAILABLE
     *     after a deadlock and the like: then the whole transaction is to be rolled back
     */
    public Submitted submit(Submission wish) {
        return submitAll(List.of(wish)).get(0);
    }

    /** As {@link #submit}, for many in few statements: all of them or none. */
    public List<Submitted> submitAll(List<Submission> wishes) {
        List<Submitted> all = runs.submitWithin(connection, wishes);
        List<Run> fresh =
                all.stream().filter(Submitted::created).map(Submitted::run).toList();
        created.addAll(fresh);
        submitted.accept(connection, fresh);
        return all;
    }

    /** The transaction has committed: due runs start at once. Without this call nodes find them when they next look. */
    public void committed() {
        runs.added(List.copyOf(created));
        created.clear();
    }
}
