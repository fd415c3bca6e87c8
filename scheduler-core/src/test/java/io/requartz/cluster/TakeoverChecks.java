package io.requartz.cluster;

import java.time.Duration;
import java.util.List;

/** I11: how soon work of killed nodes is begun again. */
final class TakeoverChecks {

    /** Besides what the guarantees say: nodes start, and others take their turn. */
    private static final Duration BUSY = Duration.ofSeconds(4);

    private TakeoverChecks() {}

    /** Of all nodes that were killed while nothing else was done until the bound was over, the first run that goes on. */
    static void killed(Cluster cluster, List<Nemesis.Done> deeds, Verdicts verdicts) {
        Duration bound = TakeoverTest.BOUND.plus(BUSY);
        for (Nemesis.Done done : deeds) {
            if (done.fault() != null && alone(done, deeds, bound)) {
                Takeover takeover = Takeover.after(cluster, done.fault());
                if (!takeover.milliseconds().isEmpty()) {
                    verdicts.expect(
                            takeover.first() <= bound.toMillis(),
                            "I11",
                            () -> takeover + "; at most " + bound.toMillis() + " ms are allowed");
                }
            }
        }
    }

    private static boolean alone(Nemesis.Done done, List<Nemesis.Done> deeds, Duration bound) {
        long from = done.from() - bound.toNanos();
        long until = done.from() + bound.toNanos();
        return deeds.stream().noneMatch(other -> other != done && other.until() > from && other.from() < until);
    }
}
