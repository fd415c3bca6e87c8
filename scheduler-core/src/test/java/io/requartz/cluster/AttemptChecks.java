package io.requartz.cluster;

import io.requartz.cluster.Evidence.Execution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I3 to I6, and that nobody is taken for dead for nothing: what attempts are recorded as. */
final class AttemptChecks {

    private static final int MOST_NODES_LOST = 3;

    private AttemptChecks() {}

    static void atAnyTime(Evidence evidence, Verdicts verdicts) {
        numbersHaveNoGaps(evidence, verdicts);
        nothingIsRecordedTwice(evidence, verdicts);
        countsAreThoseOfAttempts(evidence, verdicts);
        cyclesAreBounded(evidence, verdicts);
        executionsAreRecorded(evidence, verdicts);
        nothingBeginsTooEarly(evidence, verdicts);
        nobodyIsLostWithoutAFault(evidence, verdicts);
    }

    static void atRest(Evidence evidence, Verdicts verdicts) {
        Map<String, Execution> executions = evidence.executions();
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            Execution seen = executions.get(attempt.key());
            boolean ran = "SUCCEEDED".equals(attempt.outcome()) || "FAILED".equals(attempt.outcome());
            verdicts.expect(attempt.outcome() != null, "I3", () -> attempt + " never ended");
            verdicts.expect(
                    !ran || (seen != null && seen.end != null),
                    "I3",
                    () -> attempt + " has no witness of its whole execution");
            verdicts.expect(
                    !"SUCCEEDED".equals(attempt.outcome()) || (seen != null && seen.effects.size() == 1),
                    "I3",
                    () -> attempt + " is a success, and its job did its work "
                            + (seen == null ? 0 : seen.effects.size()) + " times");
        }
    }

    private static void numbersHaveNoGaps(Evidence evidence, Verdicts verdicts) {
        Map<String, List<Dump.Attempt>> attempts = evidence.attempts();
        Map<String, Dump.Run> runs = evidence.runs();
        for (Dump.Run run : runs.values()) {
            List<Integer> numbers = attempts.getOrDefault(run.id(), List.of()).stream()
                    .map(Dump.Attempt::number)
                    .toList();
            boolean whole = numbers.size() == run.attempts();
            for (int i = 0; i < numbers.size(); i++) {
                whole &= numbers.get(i) == i + 1;
            }
            verdicts.expect(
                    whole, "I3", () -> "run " + run.id() + " says " + run.attempts() + " attempts, and has " + numbers);
        }
        attempts.keySet().stream()
                .filter(run -> !runs.containsKey(run))
                .forEach(run -> verdicts.violated("I3", "attempts of the run " + run + ", which is not there"));
    }

    private static void nothingIsRecordedTwice(Evidence evidence, Verdicts verdicts) {
        Set<String> fires = new HashSet<>();
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            verdicts.expect(fires.add(attempt.fireId()), "I3", () -> "fire id " + attempt.fireId() + " is there twice");
            boolean ended = attempt.outcome() != null;
            verdicts.expect(
                    ended == (attempt.endedAt() != null) && ended == (attempt.closedBy() != null),
                    "I3",
                    () -> attempt + " has ended by half");
        }
        for (List<Dump.Attempt> all : evidence.attempts().values()) {
            for (int i = 1; i < all.size(); i++) {
                Dump.Attempt before = all.get(i - 1);
                Dump.Attempt attempt = all.get(i);
                verdicts.expect(
                        before.outcome() != null, "I3", () -> before + " is open, and another attempt has begun");
                verdicts.expect(
                        before.token() < attempt.token(), "I7", () -> attempt + " has no greater token than " + before);
            }
        }
    }

    private static void countsAreThoseOfAttempts(Evidence evidence, Verdicts verdicts) {
        Map<String, List<Dump.Attempt>> attempts = evidence.attempts();
        for (Dump.Run run : evidence.dump().runs()) {
            List<Dump.Attempt> cycle = attempts.getOrDefault(run.id(), List.of()).stream()
                    .filter(attempt -> attempt.cycle() == run.cycle())
                    .toList();
            long failed = cycle.stream().filter(Dump.Attempt::failed).count();
            long lost = cycle.stream().filter(Dump.Attempt::lost).count();
            verdicts.expect(
                    failed == run.failures() && lost == run.nodesLost(),
                    "I4",
                    () -> "run " + run.id() + " counts " + run.failures() + " failures and " + run.nodesLost()
                            + " lost nodes, and its attempts say " + failed + " and " + lost);
        }
    }

    private static void cyclesAreBounded(Evidence evidence, Verdicts verdicts) {
        evidence.attempts().forEach((run, all) -> {
            Map<Integer, Integer> counted = new HashMap<>();
            Map<Integer, Integer> lost = new HashMap<>();
            for (Dump.Attempt attempt : all) {
                counted.merge(attempt.cycle(), attempt.failed() ? 1 : 0, Integer::sum);
                lost.merge(attempt.cycle(), attempt.lost() ? 1 : 0, Integer::sum);
            }
            verdicts.expect(
                    counted.values().stream().allMatch(failures -> failures <= WitnessJob.MAX_ATTEMPTS)
                            && lost.values().stream().allMatch(nodes -> nodes <= MOST_NODES_LOST),
                    "I5",
                    () -> "run " + run + " failed " + counted + " times, and lost " + lost + " nodes, by cycle; "
                            + WitnessJob.MAX_ATTEMPTS + " and " + MOST_NODES_LOST + " are allowed");
        });
    }

    private static void executionsAreRecorded(Evidence evidence, Verdicts verdicts) {
        Map<String, Dump.Attempt> recorded = new HashMap<>();
        evidence.dump().attempts().forEach(attempt -> recorded.put(attempt.key(), attempt));
        evidence.executions().forEach((key, execution) -> {
            Dump.Attempt attempt = recorded.get(key);
            verdicts.expect(attempt != null, "I3", () -> "an execution was not recorded: " + execution.begin);
            verdicts.expect(
                    attempt == null || attempt.token() == execution.begin.token(),
                    "I7",
                    () -> attempt + " has another token than its witness: " + execution.begin);
        });
    }

    /** By the clock of the node that began it: that is what decides. */
    private static void nothingBeginsTooEarly(Evidence evidence, Verdicts verdicts) {
        Map<String, Dump.Attempt> byKey = new HashMap<>();
        evidence.dump().attempts().forEach(attempt -> byKey.put(attempt.key(), attempt));
        evidence.executions().forEach((key, execution) -> {
            Sighting begin = execution.begin;
            Dump.Attempt before = byKey.get(Evidence.key(begin.run(), begin.attempt() - 1));
            if (before != null && before.nextAt() != null) {
                long early = before.nextAt() - (begin.wall() + evidence.ahead(begin.pid()));
                verdicts.expect(early <= 0, "I6", () -> key + " began " + early + " ms before its time");
            }
        });
    }

    private static void nobodyIsLostWithoutAFault(Evidence evidence, Verdicts verdicts) {
        Map<String, Execution> executions = evidence.executions();
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            verdicts.expect(
                    !attempt.lost()
                            || evidence.faultOf(attempt, executions.get(attempt.key()))
                                    .isPresent(),
                    "D-06",
                    () -> attempt + " is node_lost, and nothing was done to its node");
        }
    }
}
