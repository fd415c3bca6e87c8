package io.requartz.cluster;

import static org.awaitility.Awaitility.await;

import io.requartz.node.Doctor;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import io.requartz.run.Priority;
import io.requartz.run.Runs;
import io.requartz.run.Submission;
import io.requartz.schedule.Schedules;
import io.requartz.testdb.TestSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Several nodes on one schema, a client that submits, and a record of what was done to them. Its files stay in
 * {@code target/cluster/<name>}. Thread-safe.
 */
final class Cluster implements AutoCloseable {

    /** How often is looked whether something has happened. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private static final Duration SEEN_BY_NOW = Duration.ofSeconds(1);

    private final TestSchema schema;
    private final Path directory;
    private final RequartzNode client;
    private final List<ClusterNode> nodes = new CopyOnWriteArrayList<>();
    private final ClientLog log;
    private final AtomicInteger submissions = new AtomicInteger();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /**
     * What was done to a process.
     *
     * @param nanos when, on the machine's monotonic clock
     */
    record Fault(String what, String node, long pid, long nanos, long wall) {}

    Cluster(TestSchema schema, String name) {
        this(schema, name, 0);
    }

    /** @param clientPort of the database, as the client sees it; 0: the server's own */
    Cluster(TestSchema schema, String name, int clientPort) {
        this.schema = schema;
        this.directory = emptied(Path.of("target", "cluster", name).toAbsolutePath());
        this.log = new ClientLog(directory.resolve("client.log"));
        this.client = RequartzNode.open(
                ClusterNodeMain.config(
                        "client",
                        clientPort == 0 ? schema.jdbcUrl() : schema.urlThrough(clientPort),
                        schema.user(),
                        schema.password()),
                Plugins.builder().build());
    }

    private static Path emptied(Path directory) {
        try {
            Files.createDirectories(directory);
            try (var old = Files.list(directory)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // ---- nodes

    /** Starts a process; does not wait until it runs. */
    ClusterNode launch(NodeWish wish) {
        ClusterNode node = ClusterNode.start(schema, wish, directory, nodes.size() + 1);
        nodes.add(node);
        return node;
    }

    ClusterNode launch(String id, int threads, Duration stopDeadline) {
        return launch(NodeWish.of(id, threads).stoppingWithin(stopDeadline));
    }

    ClusterNode launch(String id, int threads) {
        return launch(NodeWish.of(id, threads));
    }

    List<ClusterNode> nodes() {
        return List.copyOf(nodes);
    }

    Fault kill(ClusterNode node) {
        Fault fault = fault("killed", node);
        node.kill();
        return fault;
    }

    Fault pause(ClusterNode node) {
        Fault fault = fault("paused", node);
        node.pause();
        return fault;
    }

    /** Nothing is done to the process; what it says does not reach the database from now on. */
    Fault cutOff(ClusterNode node) {
        return fault("cut off", node);
    }

    /** Not a fault: a node that stops in order may lose nothing. */
    Fault terminate(ClusterNode node) {
        Fault told = new Fault("terminated", node.id(), node.pid(), System.nanoTime(), System.currentTimeMillis());
        node.terminate();
        return told;
    }

    private Fault fault(String what, ClusterNode node) {
        Fault fault = new Fault(what, node.id(), node.pid(), System.nanoTime(), System.currentTimeMillis());
        faults.add(fault);
        return fault;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    // ---- the client

    /** Submits and keeps the acknowledgement. @return the run's id */
    String submit(String type, String payload, Priority priority) {
        String key = "client-" + submissions.incrementAndGet();
        log.sent(key, type);
        String id = submit(key, type, payload, priority);
        log.acked(key, id);
        return id;
    }

    /**
     * As {@link #submit(String, String, Priority)}, where the database may be away: the answer may stay unknown, and is not asked for
     * again.
     */
    void trySubmit(String type, String payload, Priority priority) {
        String key = "client-" + submissions.incrementAndGet();
        log.sent(key, type);
        try {
            log.acked(key, submit(key, type, payload, priority));
        } catch (RuntimeException unknown) {
            log.unknown(key, String.valueOf(unknown.getMessage()));
        }
    }

    private String submit(String key, String type, String payload, Priority priority) {
        return client.runs()
                .submit(Submission.of(type)
                        .payload(payload)
                        .priority(priority)
                        .idempotencyKey(key)
                        .build())
                .run()
                .id();
    }

    List<String> submit(int count, String type, String payload, Priority priority) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(submit(type, payload, priority));
        }
        return ids;
    }

    Runs runs() {
        return client.runs();
    }

    Schedules schedules() {
        return client.schedules();
    }

    Doctor doctor() {
        return client.doctor().strict();
    }

    // ---- what can be seen

    List<Sighting> sightings() {
        return Sighting.in(directory);
    }

    /** All that is known, once everything is settled. */
    Evidence evidence() {
        return evidence(sightings());
    }

    /** All that is known while it goes on: what the jobs saw until a moment ago, since one file is read after the other. */
    Evidence evidenceSoFar() {
        long until = System.nanoTime() - SEEN_BY_NOW.toNanos();
        return evidence(
                sightings().stream().filter(seen -> seen.nanos() < until).toList());
    }

    /** What the tables say. */
    Dump dump() {
        try {
            return Dump.of(schema);
        } catch (SQLException failed) {
            throw new IllegalStateException("the database cannot be read", failed);
        }
    }

    /** The witnesses first: what they saw begin, the database knows. */
    private Evidence evidence(List<Sighting> sightings) {
        return new Evidence(log.entries().values(), sightings, faults(), clocks(), dump());
    }

    private Map<Long, Long> clocks() {
        return nodes.stream()
                .collect(Collectors.toMap(
                        ClusterNode::pid, node -> node.clockAhead().toMillis()));
    }

    /** Runs of which this process has begun an attempt and not ended it. */
    List<Sighting> openOn(ClusterNode node) {
        List<Sighting> open = new ArrayList<>();
        for (Sighting sighting : sightings()) {
            if (sighting.pid() != node.pid()) {
                continue;
            }
            if (sighting.kind() == Sighting.Kind.BEGIN) {
                open.add(sighting);
            } else if (sighting.kind() == Sighting.Kind.END) {
                open.removeIf(begun -> begun.run().equals(sighting.run()) && begun.attempt() == sighting.attempt());
            }
        }
        return open;
    }

    /** @param sql parameters are not needed: it is the test's own */
    <T> List<T> query(String sql, Row<T> row) {
        try (Connection connection = schema.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.of(rows));
            }
            return found;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    long count(String sql) {
        return query(sql, row -> row.getLong(1)).get(0);
    }

    /** Waits until everything is settled or dead. */
    void quiesce(Duration atMost) {
        until(
                "all runs are settled or dead",
                atMost,
                () -> count(
                                "SELECT COUNT(*) FROM RQ_RUNS WHERE STATE IN ('SCHEDULED', 'RETRYING', 'RUNNING', 'PARKED')")
                        == 0);
    }

    static void until(String what, Duration atMost, Callable<Boolean> happened) {
        await(what)
                .atMost(atMost)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(happened);
    }

    @Override
    public void close() {
        nodes.forEach(ClusterNode::close);
        client.close();
    }
}
