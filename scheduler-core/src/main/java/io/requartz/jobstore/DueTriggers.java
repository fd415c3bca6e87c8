package io.requartz.jobstore;

import io.requartz.jdbc.DueRows;
import io.requartz.jdbc.DueRows.Due;
import io.requartz.jdbc.DueRows.DueRun;
import io.requartz.jdbc.FireRows;
import io.requartz.jdbc.TriggerRows.Head;
import io.requartz.tx.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Locks due triggers with their runs, in the order and the shares of an {@link AcquirePlan}: first each type within its share, then whatever places
 * are left. Remembers which type was served when. Used by one thread.
 */
final class DueTriggers {

    private final DueRows rows;
    private final FireRows fires;
    private final Map<String, Long> servedAt = new HashMap<>();
    private long served;

    DueTriggers(DueRows rows, FireRows fires) {
        this.rows = rows;
        this.fires = fires;
    }

    /**
     * @param due what another node is just taking is left to it
     * @param orphans triggers that no run belongs to; looked for only where something is due and nothing was got
     */
    record Locked(List<DueRun> due, List<Due> orphans) {}

    /**
     * @param running how many attempts of each type this node has already
     * @return at most {@code capacity} runs
     */
    Locked lock(Tx tx, List<Head> heads, int capacity, Map<String, Integer> running, long now) {
        List<AcquirePlan.Take> plan = AcquirePlan.of(heads, now, capacity, running, servedAt);
        Locking locking = new Locking(tx, capacity, now);
        plan.forEach(take -> locking.take(take, take.limit()));
        if (plan.size() > 1) {
            plan.forEach(take -> locking.take(take, capacity));
        }
        return new Locked(locking.locked, locking.orphans);
    }

    private final class Locking {

        private final Tx tx;
        private final int capacity;
        private final long now;
        private final List<DueRun> locked = new ArrayList<>();
        private final List<Due> orphans = new ArrayList<>();
        private final Map<String, Integer> takenOf = new HashMap<>();
        private final Set<String> barred = new HashSet<>();

        Locking(Tx tx, int capacity, long now) {
            this.tx = tx;
            this.capacity = capacity;
            this.now = now;
        }

        void take(AcquirePlan.Take take, int ofType) {
            int left = Math.min(capacity - locked.size(), ofType - takenOf.getOrDefault(take.type(), 0));
            if (left <= 0 || (take.exclusive() && !alone(take.type()))) {
                return;
            }
            int limit = take.exclusive() ? 1 : left;
            // our own locks do not make us skip: the second pass meets again what the first has taken
            List<DueRun> found = rows.lock(tx, take.type(), take.level(), now, limit + takenAt(take)).stream()
                    .filter(due -> !locked.contains(due))
                    .limit(limit)
                    .toList();
            if (found.isEmpty()) {
                orphans.addAll(rows.lockOrphans(tx, take.type(), take.level(), now, limit));
            }
            locked.addAll(found);
            takenOf.merge(take.type(), found.size(), Integer::sum);
            servedAt.put(take.type(), ++served);
        }

        /** No attempt of the type is open anywhere, and none was taken just now. */
        private boolean alone(String type) {
            if (takenOf.getOrDefault(type, 0) > 0 || barred.contains(type)) {
                return false;
            }
            boolean alone = fires.lockExclusive(tx, type);
            if (!alone) {
                barred.add(type);
            }
            return alone;
        }

        private int takenAt(AcquirePlan.Take take) {
            return (int) locked.stream()
                    .map(DueRun::trigger)
                    .filter(due -> due.type().equals(take.type()) && due.level() == take.level())
                    .count();
        }
    }
}
