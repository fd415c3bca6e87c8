package io.requartz.node;

import io.requartz.jdbc.Database;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.NodeRows;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.jobstore.JobStoreAssembly;
import io.requartz.jobstore.NodeIdentity;
import java.util.List;
import org.quartz.JobPersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what dead nodes left open. */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Database database;
    private final JobStoreAssembly jobStore;
    private final NodeIdentity identity;
    private final KnownTypes knownTypes;
    private final FireRows fireRows;
    private final NodeRows nodeRows = new NodeRows();

    Recovery(
            Database database,
            JobStoreAssembly jobStore,
            NodeIdentity identity,
            KnownTypes knownTypes,
            FireRows fireRows) {
        this.database = database;
        this.jobStore = jobStore;
        this.identity = identity;
        this.knownTypes = knownTypes;
        this.fireRows = fireRows;
    }

    /** Does nothing if the peer's counter has moved since. */
    void recover(NodeRow dead) {
        boolean marked = dead.state().equals("LOST")
                || database.transactions()
                        .call("mark a node lost", tx -> nodeRows.markLost(tx, dead.bootId(), dead.beat()));
        if (!marked) {
            return;
        }
        knownTypes.refresh();
        int closed = jobStore.recover(dead.bootId(), identity.bootId());
        recoverForeign(dead.bootId());
        boolean done = database.transactions()
                .call(
                        "forget a lost node",
                        tx -> nodeRows.deleteIfNothingIsLeft(tx, database.cluster(), dead.bootId()));
        if (closed > 0 || done) {
            log.warn("Node {} is lost; {} of its attempts were closed as node_lost", dead.bootId(), closed);
        }
        jobStore.store().wake();
    }

    /** Fired rows of boots that have no row. */
    void sweep() {
        List<String> unknown = database.transactions().call("sweep", fireRows::instancesWithoutNode);
        for (String boot : unknown) {
            int closed = jobStore.recover(boot, identity.bootId());
            recoverForeign(boot);
            log.warn("{} attempts of the unknown boot {} were closed as node_lost", closed, boot);
        }
    }

    private void recoverForeign(String bootId) {
        try {
            jobStore.store().recoverForeign(bootId);
        } catch (JobPersistenceException failed) {
            log.warn("Foreign triggers of {} were not recovered; it will be tried again", bootId, failed);
        }
    }
}
