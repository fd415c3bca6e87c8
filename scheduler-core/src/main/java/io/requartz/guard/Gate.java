package io.requartz.guard;

import io.requartz.run.FiredRun;
import io.requartz.tx.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asked in the transaction that takes due runs, for all of a batch at once: which of them may start? What is held becomes PARKED
 * and uses no attempt.
 */
@FunctionalInterface
public interface Gate {

    /** Lets everything pass. */
    Gate OPEN = (tx, batch) -> Map.of();

    /**
     * Holds back by key; a hold on a whole type is a pause, and its runs do not get here.
     *
     * @param guard what holds, as in {@code breaker}
     * @param key which one
     * @param skips the run is not to wait: it is CANCELLED, reason skipped
     */
    record Hold(String guard, String key, boolean skips) {

        /** One that parks. */
        public Hold(String guard, String key) {
            this(guard, key, false);
        }

        /** As kept with the run. */
        public String reason() {
            return guard + ":" + key;
        }
    }

    /** @return the held ones by run id; whoever is not in it may start */
    Map<String, Hold> ask(Tx tx, List<FiredRun> batch);

    /** Both of them; the other is asked about what this one lets pass. */
    default Gate then(Gate other) {
        return (tx, batch) -> {
            Map<String, Hold> held = new HashMap<>(ask(tx, batch));
            List<FiredRun> passing =
                    batch.stream().filter(run -> !held.containsKey(run.runId())).toList();
            if (!passing.isEmpty()) {
                held.putAll(other.ask(tx, passing));
            }
            return held;
        };
    }
}
