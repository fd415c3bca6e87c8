package io.requartz.node;

import io.requartz.jdbc.Database;
import io.requartz.jdbc.NodeRows;
import io.requartz.jdbc.NodeRows.NodeRow;
import io.requartz.problem.Problem;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a starting node does about rows that bear its own id: it watches their counters for one lease. A counter that moves is
 * another live node with this id, and the start is refused; one that stands still is this node's own earlier boot.
 */
final class Namesake {

    private static final Logger log = LoggerFactory.getLogger(Namesake.class);

    private final Database database;
    private final NodeSettings settings;
    private final Ticker ticker;
    private final NodeRows rows = new NodeRows();

    Namesake(Database database, NodeSettings settings, Ticker ticker) {
        this.database = database;
        this.settings = settings;
        this.ticker = ticker;
    }

    /**
     * @param alone no other process can have the database open, so there is nothing to watch
     * @return earlier boots of this node, to be recovered
     * @throws Problem of kind CONFLICT if another node with this id is alive
     */
    List<NodeRow> earlierBoots(boolean alone) {
        List<NodeRow> first = namesakes();
        if (first.isEmpty() || alone) {
            return first;
        }
        Duration watched = first.stream().map(NodeRow::lease).reduce(settings.lease(), Namesake::longer);
        log.info(
                "The cluster knows a node {} already; watching for {} whether it lives or is the earlier boot of this one",
                settings.nodeId(),
                watched);
        Map<String, NodeRow> before = first.stream().collect(Collectors.toMap(NodeRow::bootId, Function.identity()));
        long until = ticker.nanoTime() + watched.toNanos();
        while (ticker.nanoTime() - until < 0) {
            LockSupport.parkNanos(settings.beat().toNanos());
            for (NodeRow now : namesakes()) {
                NodeRow then = before.get(now.bootId());
                if (then == null || now.beat() != then.beat()) {
                    throw alive(now);
                }
            }
        }
        return namesakes();
    }

    static Problem alive(NodeRow other) {
        return Problem.conflict(
                "Another node with the id '" + other.nodeId() + "' is alive on " + other.host() + " (pid " + other.pid()
                        + ").",
                "Give this node an id of its own (node.id), or stop the other one.");
    }

    private List<NodeRow> namesakes() {
        return database.transactions().call("look for nodes with this id", rows::all).stream()
                .filter(node -> node.nodeId().equals(settings.nodeId()))
                .toList();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
