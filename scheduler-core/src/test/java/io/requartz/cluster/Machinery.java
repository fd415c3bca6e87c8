package io.requartz.cluster;

import io.requartz.testdb.TestSchema;
import io.requartz.wire.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three nodes and a client, each with a way of its own to the database; who dies is started again. Not thread-safe. */
final class Machinery implements AutoCloseable {

    private static final int THREADS = 8;
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final Duration ENOUGH = Duration.ofSeconds(90);

    private final Cluster cluster;
    private final TcpProxy client;
    private final List<Place> places = new ArrayList<>();

    /** Where a node runs, one after the other. */
    static final class Place {
        private final String id;
        private final TcpProxy proxy;
        private ClusterNode node;
        private Duration clockAhead = Duration.ZERO;

        Place(String id, TcpProxy proxy) {
            this.id = id;
            this.proxy = proxy;
        }

        ClusterNode node() {
            return node;
        }

        TcpProxy proxy() {
            return proxy;
        }

        /** From the next start on. */
        void setClockAhead(Duration by) {
            clockAhead = by;
        }
    }

    private Machinery(Cluster cluster, TcpProxy client) {
        this.cluster = cluster;
        this.client = client;
    }

    static Machinery start(TestSchema schema, String name) {
        TcpProxy client = proxy(schema);
        Machinery machinery = new Machinery(new Cluster(schema, name, client.port()), client);
        for (String id : List.of("a", "b", "c")) {
            Place place = new Place(id, proxy(schema));
            machinery.places.add(place);
            machinery.launch(place);
        }
        machinery.places.forEach(place -> place.node.ready());
        return machinery;
    }

    private static TcpProxy proxy(TestSchema schema) {
        return TcpProxy.to(schema.server().port().orElseThrow(), schema.jdbcUrl());
    }

    private void launch(Place place) {
        place.node = cluster.launch(NodeWish.of(place.id, THREADS)
                .stoppingWithin(STOP)
                .through(place.proxy.port())
                .withClockAhead(place.clockAhead));
    }

    Cluster cluster() {
        return cluster;
    }

    List<Place> places() {
        return places;
    }

    /** The client's way to the database. */
    TcpProxy client() {
        return client;
    }

    /** Starts what has ended, as whoever keeps services running does. */
    void startAgain() {
        places.stream().filter(place -> !place.node.alive()).forEach(this::launch);
    }

    /** Everything runs again and knows of it. */
    void heal() {
        client.heal();
        places.forEach(place -> place.proxy.heal());
        Cluster.until("all nodes run", ENOUGH, () -> {
            startAgain();
            return places.stream().allMatch(place -> place.node.alive() && place.node.isReady());
        });
    }

    @Override
    public void close() {
        cluster.close();
        client.close();
        places.forEach(place -> place.proxy.close());
    }
}
