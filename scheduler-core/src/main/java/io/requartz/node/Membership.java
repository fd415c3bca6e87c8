package io.requartz.node;

import io.requartz.jdbc.ControlRows;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JobTypeRows;
import io.requartz.jdbc.NodeRows;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.plugin.JobTypes;
import io.requartz.plugin.LoadedJobType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** This node's row among those of the cluster, and what it tells of its job types. */
final class Membership {

    private final Database database;
    private final NodeSettings settings;
    private final KnownTypes knownTypes;
    private final ControlRows control;
    private final NodeRows rows = new NodeRows();
    private final InstantSource clock;

    Membership(
            Database database, NodeSettings settings, KnownTypes knownTypes, ControlRows control, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.knownTypes = knownTypes;
        this.control = control;
        this.clock = clock;
    }

    void storeTypes(JobTypes types) {
        JobTypeRows typeRows = new JobTypeRows();
        Instant now = clock.instant();
        database.transactions().run("store the job types", tx -> {
            control.lock(tx);
            for (LoadedJobType type : types.all()) {
                typeRows.store(tx, type.definition(), now, "node:" + settings.nodeId());
            }
        });
    }

    void enter(String bootId) {
        NodeRow row = row(bootId);
        database.transactions().run("join the cluster", tx -> rows.insert(tx, row));
    }

    /**
     * @param earlier boots of this node that are known to be dead
     * @throws io.requartz.problem.Problem of kind CONFLICT if the node's id is another's
     */
    void enterAlone(String bootId, Set<String> earlier) {
        NodeRow row = row(bootId);
        database.transactions().run("join the cluster", tx -> {
            control.lock(tx);
            rows.all(tx).stream()
                    .filter(node -> node.nodeId().equals(settings.nodeId()) && !earlier.contains(node.bootId()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw Namesake.alive(other);
                    });
            rows.insert(tx, row);
        });
    }

    /** Unless something of this boot is left open: then peers recover it. */
    void leave(String bootId) {
        database.transactions()
                .run("leave the cluster", tx -> rows.deleteIfNothingIsLeft(tx, database.cluster(), bootId));
    }

    private NodeRow row(String bootId) {
        Instant now = clock.instant();
        return new NodeRow(
                bootId,
                settings.nodeId(),
                "ACTIVE",
                0,
                settings.lease(),
                now,
                now,
                hostName(),
                ProcessHandle.current().pid(),
                Version.CODE,
                settings.threads(),
                0,
                knownTypes.offered().stream().sorted().toList());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
