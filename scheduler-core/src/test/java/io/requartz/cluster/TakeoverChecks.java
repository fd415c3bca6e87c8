package io.requartz.cluster;

import io.requartz.cluster.Nemesis.Deed;
import java.time.Duration;
import java.util.List;

/** I11: how soon work of killed nodes is begun again. */
final class TakeoverChecks {

    /** What the guarantees say; and nodes start meanwhile, and others take their turn. */
    static final Duration BOUND = TakeoverTest.BOUND.plusSeconds(4);

    private TakeoverChecks() {}

    /** Of all nodes that were killed while all was well and nothing else was done, the first run that goes on. */
    static void killed(Cluster cluster, List<Nemesis.Done> deeds, Verdicts verdicts) {
        for (Nemesis.Done done : deeds) {
            if (done.deed() == Deed.KILL_AND_WATCH && done.fault() != null) {
                Takeover takeover = Takeover.after(cluster, done.fault());
                verdicts.expect(
                        takeover.milliseconds().isEmpty() || takeover.first() <= BOUND.toMillis(),
                        "I11",
                        () -> takeover + "; at most " + BOUND.toMillis() + " ms are allowed");
            }
        }
    }
}
