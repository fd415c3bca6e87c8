package io.requartz.walk;

import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.store.ScopedTypes;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Two nodes that live, and those that died. Whoever dies is replaced at once by a node of another name. */
final class Nodes {

    private static final int LIVE = 2;
    private static final String COUNTED = ", 'count': ['server_error', 'validation']";

    private final DataSource pool;
    private final Database database;
    private final SettableClock clock;
    private final Random random;
    private final List<Node> live = new ArrayList<>();
    private int named;

    private record Node(FaultyDataSource faulty, ManualScheduler scheduler) {}

    /** A fault at the k-th call of what is done next. */
    record Planned(int call, Fault fault) {}

    Nodes(DataSource pool, Database database, SettableClock clock, Random random) {
        this.pool = pool;
        this.database = database;
        this.clock = clock;
        this.random = random;
        replace();
    }

    private void replace() {
        while (live.size() < LIVE) {
            live.add(join());
        }
    }

    private Node join() {
        FaultyDataSource faulty = new FaultyDataSource(pool);
        Database own = new Database(faulty, new JdbcTransactions(faulty), database.dialect(), database.cluster());
        return new Node(
                faulty,
                ManualScheduler.join(
                        "n" + ++named, own, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions(COUNTED)));
    }

    ManualScheduler any() {
        return live.get(random.nextInt(live.size())).scheduler();
    }

    /** What people have changed of definitions, all nodes know within a heartbeat. */
    void refreshDefinitions() {
        live.forEach(node -> node.scheduler().refreshDefinitions());
    }

    /** All beat in turn, until whoever does not is taken for dead. */
    void outliveTogether(ManualScheduler first) {
        long rounds = ManualScheduler.LEASE.dividedBy(ManualScheduler.BEAT) + 2;
        for (int i = 0; i < rounds; i++) {
            first.beatThrough(ManualScheduler.BEAT);
            live.stream()
                    .map(Node::scheduler)
                    .filter(other -> other != first)
                    .forEach(other -> other.beatThrough(ManualScheduler.BEAT));
        }
    }

    /** One leaves in order. */
    void leave() {
        live.remove(random.nextInt(live.size())).scheduler().close();
        replace();
    }

    /** One more joins, does this and dies. */
    void dying(Consumer<ManualScheduler> act) {
        Node node = join();
        act.accept(node.scheduler());
        node.scheduler().die();
    }

    /**
     * Has any node do this. One that meets the fault dies of it, unless it got over it.
     *
     * @param planned null: nothing goes wrong
     * @return whether it is done for sure; if not, it may be done, or not, or in part
     */
    boolean act(Planned planned, Consumer<ManualScheduler> act) {
        Node node = live.get(random.nextInt(live.size()));
        if (planned == null) {
            act.accept(node.scheduler());
            return true;
        }
        boolean done = false;
        node.faulty().arm(planned.call(), planned.fault());
        try {
            act.accept(node.scheduler());
            done = !node.faulty().fired() || planned.fault() == Fault.DEADLOCK;
        } catch (RuntimeException failed) {
            if (!node.faulty().fired()) {
                throw failed;
            }
        } finally {
            node.faulty().disarm();
        }
        if (!done) {
            live.remove(node);
            node.scheduler().die();
            replace();
        }
        return done;
    }

    void close() {
        live.forEach(node -> node.scheduler().close());
    }
}
