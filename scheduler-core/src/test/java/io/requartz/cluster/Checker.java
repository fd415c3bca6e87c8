package io.requartz.cluster;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.node.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what the client was told, what the jobs saw and what the database says, and tells where they do not fit. To be asked once
 * everything is settled.
 */
final class Checker {

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "RESOLVED", "REJECTED", "DEAD");

    private final Cluster cluster;
    private final List<String> violations = new ArrayList<>();
    private final List<Row> rows;
    private final Map<String, Execution> executions = new TreeMap<>();

    /** An attempt as the database has it. */
    private record Row(
            String run,
            int number,
            long token,
            String fireId,
            String node,
            String outcome,
            long startedAt,
            Long nextAt,
            String closedBy,
            String type) {

        String key() {
            return Checker.key(run, number);
        }

        boolean lost() {
            return "NODE_LOST".equals(outcome);
        }
    }

    /** An attempt as its job saw it. */
    private static final class Execution {
        private final Sighting begin;
        private final List<Sighting> effects = new ArrayList<>();
        private Sighting end;

        Execution(Sighting begin) {
            this.begin = begin;
        }
    }

    /** From when to when an execution was entitled to be one. */
    private record Span(String key, long from, long until) {}

    private Checker(Cluster cluster) {
        this.cluster = cluster;
        this.rows = cluster.query(
                """
                SELECT a.RUN_ID, a.ATTEMPT_NO, a.TOKEN, a.FIRE_ID, a.NODE, a.OUTCOME, a.STARTED_AT, a.NEXT_AT, a.CLOSED_BY, r.TYPE
                FROM RQ_ATTEMPTS a JOIN RQ_RUNS r ON r.ID = a.RUN_ID ORDER BY a.RUN_ID, a.ATTEMPT_NO""",
                row -> new Row(
                        row.getString(1),
                        row.getInt(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7),
                        row.getObject(8) == null ? null : row.getLong(8),
                        row.getString(9),
                        row.getString(10)));
    }

    /** @return what does not hold, each a sentence; empty if all is well */
    static List<String> violations(Cluster cluster) {
        Checker checker = new Checker(cluster);
        checker.readWitnesses();
        checker.acknowledgedRunsHaveEnded();
        checker.theDoctorFindsNothing();
        checker.attemptsAndWitnessesFit();
        checker.nobodyIsLostWithoutAFault();
        checker.retriesDoNotComeTooEarly();
        checker.tokensGrow();
        checker.nothingOverlaps();
        checker.effectsAreFenced();
        checker.resultsAreWhole();
        return checker.violations;
    }

    private static String key(String run, int attempt) {
        return run + "#" + attempt;
    }

    private void violated(String invariant, String what) {
        violations.add(invariant + ": " + what);
    }

    private void readWitnesses() {
        for (Sighting sighting : cluster.sightings()) {
            String key = key(sighting.run(), sighting.attempt());
            Execution known = executions.get(key);
            switch (sighting.kind()) {
                case BEGIN -> {
                    if (known != null) {
                        violated("I8", key + " was begun twice: " + known.begin + " and " + sighting);
                    }
                    executions.put(key, new Execution(sighting));
                }
                case EFFECT -> known.effects.add(sighting);
                case END -> known.end = sighting;
            }
        }
    }

    private void acknowledgedRunsHaveEnded() {
        Map<String, String> states = new HashMap<>();
        cluster.query("SELECT ID, STATE FROM RQ_RUNS", row -> states.put(row.getString(1), row.getString(2)));
        cluster.acknowledged().keySet().forEach(run -> {
            String state = states.getOrDefault(run, "gone");
            if (!ENDED.contains(state)) {
                violated("I1", "run " + run + " was acknowledged and is " + state);
            }
        });
    }

    private void theDoctorFindsNothing() {
        for (Finding finding : cluster.doctor().examine()) {
            violated(finding.invariant(), "the doctor says: " + finding.what() + " " + finding.examples());
        }
    }

    private void attemptsAndWitnessesFit() {
        Set<String> recorded = new HashSet<>();
        for (Row row : rows) {
            recorded.add(row.key());
            Execution seen = executions.get(row.key());
            boolean ran = "SUCCEEDED".equals(row.outcome()) || "FAILED".equals(row.outcome());
            if (ran && (seen == null || seen.end == null)) {
                violated("I3", row + " has no witness of its whole execution");
            }
            if (seen != null && seen.begin.token() != row.token()) {
                violated("I7", row + " has another token than its witness: " + seen.begin);
            }
        }
        executions.forEach((key, execution) -> {
            if (!recorded.contains(key)) {
                violated("I3", "an execution was not recorded: " + execution.begin);
            }
        });
    }

    /** A node may only be taken for dead if it was killed or paused. */
    private void nobodyIsLostWithoutAFault() {
        for (Row row : rows) {
            if (row.lost() && faultOf(row).isEmpty()) {
                violated("D-06", row + " is node_lost, and nothing was done to its node");
            }
        }
    }

    private Optional<Fault> faultOf(Row row) {
        Execution seen = executions.get(row.key());
        return cluster.faults().stream()
                .filter(fault -> seen == null ? fault.node().equals(row.node()) : fault.pid() == seen.begin.pid())
                // not for what it began after it came back
                .filter(fault -> row.startedAt() <= fault.wall() + 50)
                .findFirst();
    }

    private void retriesDoNotComeTooEarly() {
        Map<String, Row> byKey = new HashMap<>();
        rows.forEach(row -> byKey.put(row.key(), row));
        executions.forEach((key, execution) -> {
            Row before = byKey.get(key(execution.begin.run(), execution.begin.attempt() - 1));
            if (before != null && before.nextAt() != null && execution.begin.wall() < before.nextAt()) {
                violated("I6", key + " began " + (before.nextAt() - execution.begin.wall()) + " ms before its time");
            }
        });
    }

    private void tokensGrow() {
        for (int i = 1; i < rows.size(); i++) {
            Row before = rows.get(i - 1);
            Row row = rows.get(i);
            if (before.run().equals(row.run()) && before.token() >= row.token()) {
                violated("I7", row + " has no greater token than " + before);
            }
        }
    }

    private void nothingOverlaps() {
        Map<String, List<Span>> byRun = new HashMap<>();
        List<Span> exclusive = new ArrayList<>();
        for (Row row : rows) {
            Execution seen = executions.get(row.key());
            if (seen == null) {
                continue;
            }
            Span span = new Span(row.key(), seen.begin.nanos(), entitledUntil(row, seen));
            byRun.computeIfAbsent(row.run(), run -> new ArrayList<>()).add(span);
            if (row.type().equals(ExclusiveWitnessJob.TYPE)) {
                exclusive.add(span);
            }
        }
        byRun.values().forEach(spans -> overlap("I8", spans));
        overlap("I7", exclusive);
    }

    /** A lost execution is one until something was done to its node; what it did later counts for nothing. */
    private long entitledUntil(Row row, Execution seen) {
        long end = seen.end == null ? Long.MAX_VALUE : seen.end.nanos();
        return row.lost() ? Math.min(end, faultOf(row).map(Fault::nanos).orElse(end)) : end;
    }

    private void overlap(String invariant, List<Span> spans) {
        spans.sort(Comparator.comparingLong(Span::from));
        for (int i = 1; i < spans.size(); i++) {
            Span before = spans.get(i - 1);
            if (spans.get(i).from() < before.until()) {
                violated(invariant, spans.get(i).key() + " began before " + before.key() + " was over");
            }
        }
    }

    /** A downstream that remembers the greatest token: what the database calls a success must have passed it. */
    private void effectsAreFenced() {
        Map<String, Long> greatest = new HashMap<>();
        Set<String> refused = new HashSet<>();
        for (Sighting sighting : cluster.sightings()) {
            if (sighting.kind() == Sighting.Kind.BEGIN) {
                greatest.merge(sighting.run(), sighting.token(), Math::max);
            } else if (sighting.kind() == Sighting.Kind.EFFECT && sighting.token() < greatest.get(sighting.run())) {
                refused.add(key(sighting.run(), sighting.attempt()));
            }
        }
        for (Row row : rows) {
            if ("SUCCEEDED".equals(row.outcome()) && refused.contains(row.key())) {
                violated("I7", row + " is a success, and its effect came after another attempt had begun");
            }
        }
    }

    private void resultsAreWhole() {
        cluster.query("SELECT ID, ATTEMPTS, RESULT FROM RQ_RUNS WHERE STATE = 'SUCCEEDED'", row -> {
            String expected = "{\"attempt\":" + row.getInt(2) + "}";
            if (!expected.equals(row.getString(3))) {
                violated("result", "run " + row.getString(1) + " has " + row.getString(3) + ", not " + expected);
            }
            return null;
        });
    }
}
