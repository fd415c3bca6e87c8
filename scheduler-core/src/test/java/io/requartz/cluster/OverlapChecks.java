package io.requartz.cluster;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.cluster.Evidence.Execution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I7 and I8: who executes what at the same time. */
final class OverlapChecks {

    /** From when to when an execution was entitled to be one. */
    private record Span(String key, long from, long until) {}

    private OverlapChecks() {}

    static void atAnyTime(Evidence evidence, Verdicts verdicts) {
        nothingIsBegunTwice(evidence, verdicts);
        nothingOverlaps(evidence, verdicts);
        effectsAreFenced(evidence, verdicts);
    }

    private static void nothingIsBegunTwice(Evidence evidence, Verdicts verdicts) {
        Map<String, Sighting> begun = new HashMap<>();
        for (Sighting sighting : evidence.sightings()) {
            if (sighting.kind() == Sighting.Kind.BEGIN) {
                Sighting before = begun.putIfAbsent(sighting.key(), sighting);
                verdicts.expect(
                        before == null,
                        "I8",
                        () -> sighting.key() + " was begun twice: " + before + " and " + sighting);
            }
        }
    }

    private static void nothingOverlaps(Evidence evidence, Verdicts verdicts) {
        Map<String, Execution> executions = evidence.executions();
        Map<String, Dump.Run> runs = evidence.runs();
        Map<String, List<Span>> byRun = new HashMap<>();
        List<Span> exclusive = new ArrayList<>();
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            Execution seen = executions.get(attempt.key());
            if (seen == null) {
                continue;
            }
            Span span = new Span(attempt.key(), seen.begin.nanos(), entitledUntil(evidence, attempt, seen));
            byRun.computeIfAbsent(attempt.run(), run -> new ArrayList<>()).add(span);
            Dump.Run run = runs.get(attempt.run());
            if (run != null && run.type().equals(ExclusiveWitnessJob.TYPE)) {
                exclusive.add(span);
            }
        }
        byRun.values().forEach(spans -> overlap("I8", spans, verdicts));
        overlap("I7", exclusive, verdicts);
    }

    /** A lost execution is one until something was done to its node; what it did later counts for nothing. */
    private static long entitledUntil(Evidence evidence, Dump.Attempt attempt, Execution seen) {
        long end = seen.end == null ? Long.MAX_VALUE : seen.end.nanos();
        boolean given = attempt.lost() || (seen.end == null && attempt.outcome() != null);
        return given
                ? Math.min(
                        end, evidence.faultOf(attempt, seen).map(Fault::nanos).orElse(end))
                : end;
    }

    private static void overlap(String invariant, List<Span> spans, Verdicts verdicts) {
        spans.sort(Comparator.comparingLong(Span::from));
        Span longest = null;
        for (Span span : spans) {
            Span before = longest;
            verdicts.expect(
                    before == null || span.from() >= before.until(),
                    invariant,
                    () -> span.key() + " began before " + before.key() + " was over");
            longest = before == null || span.until() > before.until() ? span : before;
        }
    }

    /** A downstream that remembers the greatest token: what the database calls a success must have passed it. */
    private static void effectsAreFenced(Evidence evidence, Verdicts verdicts) {
        Map<String, Long> greatest = new HashMap<>();
        Set<String> refused = new HashSet<>();
        for (Sighting sighting : evidence.sightings()) {
            if (sighting.kind() == Sighting.Kind.BEGIN) {
                greatest.merge(sighting.run(), sighting.token(), Math::max);
            } else if (sighting.kind() == Sighting.Kind.EFFECT
                    && sighting.token() < greatest.getOrDefault(sighting.run(), 0L)) {
                refused.add(sighting.key());
            }
        }
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            if ("SUCCEEDED".equals(attempt.outcome())) {
                verdicts.expect(
                        !refused.contains(attempt.key()),
                        "I7",
                        () -> attempt + " is a success, and its effect came after another attempt had begun");
            }
        }
    }
}
