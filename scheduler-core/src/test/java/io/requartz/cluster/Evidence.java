package io.requartz.cluster;

import io.requartz.cluster.Cluster.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a check goes by.
 *
 * @param submitted what the client was told
 * @param sightings what the jobs saw, in the order of time
 * @param faults what was done to the nodes, in the order of time
 * @param clocks how many milliseconds a process' clock was ahead, by process; those that are not here were right
 * @param dump what the database says
 */
record Evidence(
        Collection<ClientLog.Entry> submitted,
        List<Sighting> sightings,
        List<Fault> faults,
        Map<Long, Long> clocks,
        Dump dump) {

    /** An attempt as its job saw it. */
    static final class Execution {
        final Sighting begin;
        final List<Sighting> effects = new ArrayList<>();
        Sighting end;

        Execution(Sighting begin) {
            this.begin = begin;
        }
    }

    Evidence {
        sightings = sightings.stream()
                .sorted(Comparator.comparingLong(Sighting::nanos))
                .toList();
        faults = faults.stream().sorted(Comparator.comparingLong(Fault::nanos)).toList();
    }

    static String key(String run, int attempt) {
        return run + "#" + attempt;
    }

    /** By run and attempt. Of an attempt that was begun twice the first. */
    Map<String, Execution> executions() {
        Map<String, Execution> executions = new TreeMap<>();
        for (Sighting sighting : sightings) {
            Execution known = executions.get(sighting.key());
            if (sighting.kind() == Sighting.Kind.BEGIN) {
                executions.putIfAbsent(sighting.key(), new Execution(sighting));
            } else if (known != null && sighting.kind() == Sighting.Kind.EFFECT) {
                known.effects.add(sighting);
            } else if (known != null) {
                known.end = sighting;
            }
        }
        return executions;
    }

    Map<String, Dump.Run> runs() {
        Map<String, Dump.Run> runs = new HashMap<>();
        dump.runs().forEach(run -> runs.put(run.id(), run));
        return runs;
    }

    Map<String, List<Dump.Attempt>> attempts() {
        Map<String, List<Dump.Attempt>> attempts = new HashMap<>();
        dump.attempts()
                .forEach(attempt -> attempts.computeIfAbsent(attempt.run(), run -> new ArrayList<>())
                        .add(attempt));
        return attempts;
    }

    /** How many milliseconds the clock of a process was ahead. */
    long ahead(long pid) {
        return clocks.getOrDefault(pid, 0L);
    }

    /** What was done to the node of an attempt that it had begun by then; not for what it began after it came back. */
    Optional<Fault> faultOf(Dump.Attempt attempt, Execution seen) {
        return faults.stream()
                .filter(fault -> seen == null ? fault.node().equals(attempt.node()) : fault.pid() == seen.begin.pid())
                .filter(fault -> attempt.startedAt() - ahead(fault.pid()) <= fault.wall() + 50)
                .findFirst();
    }
}
