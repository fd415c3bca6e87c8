package io.requartz.cluster;

import io.requartz.cluster.Cluster.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long it took until what a node had open when something was done to it was begun again elsewhere.
 *
 * @param milliseconds one for each attempt, from the fault to the begin of the next attempt; sorted
 * @param closedFirst when the database was told of the first attempt that was lost, in milliseconds from the fault
 * @param closedLast when it was told of the last
 */
record Takeover(Fault fault, List<Long> milliseconds, long closedFirst, long closedLast) {

    static Takeover after(Cluster cluster, Fault fault) {
        List<Sighting> all = cluster.sightings();
        List<Sighting> open = new ArrayList<>();
        for (Sighting sighting : all) {
            if (sighting.pid() == fault.pid() && sighting.nanos() < fault.nanos()) {
                if (sighting.kind() == Sighting.Kind.BEGIN) {
                    open.add(sighting);
                } else if (sighting.kind() == Sighting.Kind.END) {
                    open.removeIf(begun -> begun.run().equals(sighting.run()));
                }
            }
        }
        List<Long> took = new ArrayList<>();
        for (Sighting orphan : open) {
            next(all, orphan).ifPresent(next -> took.add((next.nanos() - fault.nanos()) / 1_000_000));
        }
        took.sort(Long::compare);
        List<Long> closed = cluster.query(
                "SELECT ENDED_AT FROM RQ_ATTEMPTS WHERE OUTCOME = 'NODE_LOST' AND NODE = '" + fault.node()
                        + "' AND ENDED_AT > " + fault.wall() + " ORDER BY ENDED_AT",
                row -> row.getLong(1) - fault.wall());
        return new Takeover(
                fault,
                took,
                closed.isEmpty() ? -1 : closed.get(0),
                closed.isEmpty() ? -1 : closed.get(closed.size() - 1));
    }

    private static Optional<Sighting> next(List<Sighting> all, Sighting orphan) {
        return all.stream()
                .filter(sighting -> sighting.kind() == Sighting.Kind.BEGIN
                        && sighting.run().equals(orphan.run())
                        && sighting.attempt() == orphan.attempt() + 1)
                .findFirst();
    }

    long first() {
        return milliseconds.get(0);
    }

    long last() {
        return milliseconds.get(milliseconds.size() - 1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s: %d attempts taken over, begun again after %d to %d ms; closed as lost after %d to %d ms",
                fault.node(),
                fault.what(),
                milliseconds.size(),
                milliseconds.isEmpty() ? -1 : first(),
                milliseconds.isEmpty() ? -1 : last(),
                closedFirst,
                closedLast);
    }
}
