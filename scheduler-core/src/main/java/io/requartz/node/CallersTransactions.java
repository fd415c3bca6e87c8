package io.requartz.node;

import io.requartz.jdbc.CallersConnection;
import io.requartz.jdbc.Database;
import io.requartz.problem.Problem;
import io.requartz.run.Run;
import io.requartz.run.Runs;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Opens callers' transactions to submissions, once it is sure that their connections lead to this cluster's schema. Thread-safe. */
final class CallersTransactions {

    private final Database database;
    private final Runs runs;
    private final Set<String> ours = ConcurrentHashMap.newKeySet();

    private final BiConsumer<CallersConnection, List<Run>> submitted;

    /** @param submitted told of the runs that were submitted, which are not committed yet */
    CallersTransactions(Database database, Runs runs, BiConsumer<CallersConnection, List<Run>> submitted) {
        this.database = database;
        this.runs = runs;
        this.submitted = submitted;
    }

    CallersTransaction on(Connection connection) {
        CallersConnection callers = CallersConnection.of(connection);
        String address = callers.address();
        if (!ours.contains(address) && callers.readsWithoutLocks(database.dialect())) {
            callers.cluster(database.dialect()).ifPresent(this::requireOurs);
            ours.add(address);
        }
        return new CallersTransaction(callers, runs, submitted);
    }

    private void requireOurs(String cluster) {
        if (!cluster.equals(database.cluster())) {
            throw Problem.conflict(
                    "The connection leads to the schema of the cluster '" + cluster + "', and this node is of '"
                            + database.cluster() + "'.",
                    "Submit by a node of that cluster, or give the node the database.url that your transactions use.");
        }
    }
}
