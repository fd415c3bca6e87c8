package io.requartz.cluster;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.cluster.Machinery.Place;
import io.requartz.testdb.DatabaseServer;
import io.requartz.wire.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Does one thing after the other to a cluster, drawn with a seed, and takes it back. Not thread-safe. */
final class Nemesis {

    /** Among the statements of a transaction that writes outcomes, in one dialect or another. */
    static final Pattern OUTCOMES = Pattern.compile("(DELETE FROM|STRAIGHT_JOIN) QRTZ_FIRED_TRIGGERS");

    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final long LEASE = ClusterNodeMain.CLUSTER.lease().toMillis();

    /** What it does; the weights are how often each is drawn. */
    enum Deed {
        KILL(16),
        KILL_AND_WATCH(3),
        KILL_ALL(1),
        PAUSE_SHORTLY(3),
        PAUSE_BEYOND_LEASE(3),
        FREEZE_IN_COMMIT(2),
        TERMINATE(3),
        RESET(4),
        HALF_CLOSE(2),
        CUT_AFTER_COMMIT(8),
        SLOW(3),
        CUT_OFF(3),
        DATABASE_KILLED(3),
        DATABASE_FROZEN(2),
        OTHER_CLOCK(2);

        private final int weight;

        Deed(int weight) {
            this.weight = weight;
        }

        boolean ofTheDatabase() {
            return this == DATABASE_KILLED || this == DATABASE_FROZEN;
        }
    }

    /**
     * One thing that was done.
     *
     * @param fault of the process that was killed; null if none was
     * @param from on the machine's monotonic clock
     */
    record Done(Deed deed, Fault fault, long from, long until) {}

    private final Machinery machinery;
    private final Cluster cluster;
    private final DatabaseServer server;
    private final Random random;
    private final Telling telling;
    private final List<Done> deeds = new ArrayList<>();
    private int kills;

    /** @param server that may be killed; null if it may not */
    Nemesis(Machinery machinery, DatabaseServer server, Random random, Telling telling) {
        this.machinery = machinery;
        this.cluster = machinery.cluster();
        this.server = server;
        this.random = random;
        this.telling = telling;
    }

    List<Done> deeds() {
        return deeds;
    }

    /** Processes of nodes that were killed. */
    int kills() {
        return kills;
    }

    Map<String, Integer> counts() {
        Map<Deed, Integer> counts = new EnumMap<>(Deed.class);
        deeds.forEach(done -> counts.merge(done.deed(), 1, Integer::sum));
        Map<String, Integer> named = new TreeMap<>();
        counts.forEach((deed, times) -> named.put(named(deed), times));
        return named;
    }

    private static String named(Deed deed) {
        return deed.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    Duration pause(Duration longest) {
        return Duration.ofMillis(longest.toMillis() / 4 + random.nextInt((int) longest.toMillis() * 3 / 4));
    }

    /** The same draws for the same seed, whatever comes of them. */
    void strike() {
        Deed deed = draw();
        Place place = machinery.places().get(random.nextInt(machinery.places().size()));
        int size = random.nextInt(1000);
        machinery.startAgain();
        telling.now(
                named(deed) + ": " + place.node().id() + " (pid " + place.node().pid() + "), " + size);
        long from = System.nanoTime();
        Fault fault = done(deed, place, size);
        deeds.add(new Done(deed, fault, from, System.nanoTime()));
    }

    private Deed draw() {
        int sum = 0;
        for (Deed deed : Deed.values()) {
            sum += deed.weight;
        }
        int drawn = random.nextInt(sum);
        for (Deed deed : Deed.values()) {
            drawn -= deed.weight;
            if (drawn < 0) {
                return deed.ofTheDatabase() && server == null ? Deed.CUT_AFTER_COMMIT : deed;
            }
        }
        throw new IllegalStateException("nothing was drawn");
    }

    /** @param size from 0 to 999, how much of it */
    private Fault done(Deed deed, Place place, int size) {
        switch (deed) {
            case KILL -> {
                return kill(place);
            }
            case KILL_AND_WATCH -> {
                machinery.heal();
                pass(LEASE);
                Fault fault = kill(place);
                pass(TakeoverChecks.BOUND.toMillis());
                return fault;
            }
            case KILL_ALL -> machinery.places().forEach(this::kill);
            case PAUSE_SHORTLY -> pauseFor(place, size / 3);
            case PAUSE_BEYOND_LEASE -> pauseFor(place, LEASE + LEASE * size / 500);
            case FREEZE_IN_COMMIT -> freezeInCommit(place, LEASE + LEASE * size / 500);
            case TERMINATE -> {
                if (place.node().alive()) {
                    cluster.terminate(place.node());
                }
            }
            case RESET -> place.proxy().reset();
            case HALF_CLOSE -> place.proxy().halfClose();
            case CUT_AFTER_COMMIT -> {
                place.proxy().cutAfterCommit(1 + size % 5);
                machinery.client().cutAfterCommit(size % 2);
                pass(500);
            }
            case SLOW -> {
                ways(machinery, size).forEach(proxy -> proxy.delay(Duration.ofMillis(5 + size / 20)));
                pass(2 * LEASE);
                machinery.places().forEach(each -> each.proxy().heal());
                machinery.client().heal();
            }
            case CUT_OFF -> cutOff(place, LEASE / 4 + LEASE * size / 400);
            case DATABASE_KILLED -> databaseAway(Outage.Kind.KILL, LEASE / 10 + size);
            case DATABASE_FROZEN -> databaseAway(Outage.Kind.FREEZE, LEASE / 4 + LEASE * size / 400);
            case OTHER_CLOCK -> {
                // further behind, and the doctor would rightly ask after it
                place.setClockAhead(Duration.ofMillis(LEASE * (size - 300) / 150));
                return kill(place);
            }
        }
        return null;
    }

    /** Slow for all: a single slow node may rightly be taken for dead. */
    private static List<TcpProxy> ways(Machinery machinery, int size) {
        List<TcpProxy> ways = new ArrayList<>();
        machinery.places().forEach(place -> ways.add(place.proxy()));
        if (size % 2 == 0) {
            ways.add(machinery.client());
        }
        return ways;
    }

    /** It is started again with the next deed. */
    private Fault kill(Place place) {
        if (!place.node().alive()) {
            return null;
        }
        kills++;
        return cluster.kill(place.node());
    }

    private void pauseFor(Place place, long millis) {
        ClusterNode node = place.node();
        if (node.alive()) {
            cluster.pause(node);
            pass(millis);
            resume(node);
        }
    }

    private static void resume(ClusterNode node) {
        if (node.alive()) {
            node.resume();
        }
    }

    /** In the first outcome that it wants to commit; if it has none, nothing happens. */
    private void freezeInCommit(Place place, long millis) {
        ClusterNode node = place.node();
        place.proxy().holdCommitOf(OUTCOMES, () -> {
            if (!node.alive()) {
                return;
            }
            cluster.pause(node);
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
            resume(node);
        });
        pass(millis + 500);
        place.proxy().heal();
    }

    private void cutOff(Place place, long millis) {
        cluster.cutOff(place.node());
        place.proxy().blackhole();
        pass(millis);
        place.proxy().heal();
    }

    private void databaseAway(Outage.Kind kind, long millis) {
        try (Outage outage = Outage.begin(kind, server)) {
            pass(millis);
            telling.now("gives it back: " + outage);
        }
        Cluster.until("the database answers", ENOUGH, this::answers);
    }

    private boolean answers() {
        try {
            return cluster.count("SELECT COUNT(*) FROM RQ_CONTROL") == 1;
        } catch (IllegalStateException away) {
            return false;
        }
    }

    private static void pass(long millis) {
        Cluster.until("some time has passed", Duration.ofMillis(millis + 5_000), new Elapsed(millis)::over);
    }

    private record Elapsed(long from, long nanos) {

        Elapsed(long millis) {
            this(System.nanoTime(), Duration.ofMillis(millis).toNanos());
        }

        boolean over() {
            return System.nanoTime() - from >= nanos;
        }
    }
}
