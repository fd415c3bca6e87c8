package io.requartz.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** I9: Quartz's tables and ours. */
final class StructureChecks {

    /** What our triggers are in; others are foreign, and none of these tests has any. */
    private static final String GROUP = "requartz";

    private StructureChecks() {}

    static void atAnyTime(Evidence evidence, Verdicts verdicts) {
        waitingRunsHaveOneTrigger(evidence, verdicts);
        runningRunsHaveOneFiredRow(evidence, verdicts);
        deadRunsHaveALetter(evidence, verdicts);
    }

    static void atRest(Evidence evidence, Verdicts verdicts) {
        Dump dump = evidence.dump();
        verdicts.expect(dump.triggers().isEmpty(), "I9", () -> "triggers are left over: " + dump.triggers());
        verdicts.expect(dump.fired().isEmpty(), "I9", () -> "fired rows are left over: " + dump.fired());
    }

    private static void waitingRunsHaveOneTrigger(Evidence evidence, Verdicts verdicts) {
        Map<String, List<Dump.Trigger>> byName = new HashMap<>();
        for (Dump.Trigger trigger : evidence.dump().triggers()) {
            byName.computeIfAbsent(trigger.name(), name -> new ArrayList<>()).add(trigger);
            verdicts.expect(
                    trigger.group().equals(GROUP) && trigger.state().equals("WAITING"),
                    "I9",
                    () -> trigger + " is not a waiting one of ours");
        }
        Set<String> expected = new HashSet<>();
        for (Dump.Run run : evidence.dump().runs()) {
            boolean waits = run.state().equals("SCHEDULED") || run.state().equals("RETRYING");
            if (waits) {
                String name = Evidence.key(run.id(), run.attempts() + 1);
                expected.add(name);
                verdicts.expect(
                        byName.getOrDefault(name, List.of()).size() == 1,
                        "I9",
                        () -> run + " waits, and its trigger is " + byName.getOrDefault(name, List.of()));
            }
            verdicts.expect(
                    waits == (run.dueAt() != null), "I9", () -> run + " has a due time, or none, against its state");
        }
        byName.keySet().stream()
                .filter(name -> !expected.contains(name))
                .forEach(name -> verdicts.violated("I9", byName.get(name) + " belongs to no run that waits"));
    }

    private static void runningRunsHaveOneFiredRow(Evidence evidence, Verdicts verdicts) {
        Set<String> fired = evidence.dump().fired().stream().map(Dump.Fired::id).collect(Collectors.toSet());
        Map<String, List<Dump.Attempt>> open = new HashMap<>();
        Set<String> openIds = new HashSet<>();
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            if (attempt.outcome() == null) {
                open.computeIfAbsent(attempt.run(), run -> new ArrayList<>()).add(attempt);
                openIds.add(attempt.fireId());
                verdicts.expect(
                        fired.contains(attempt.fireId()), "I9", () -> attempt + " is open and has no fired row");
            }
        }
        for (Dump.Run run : evidence.dump().runs()) {
            int attempts = open.getOrDefault(run.id(), List.of()).size();
            verdicts.expect(
                    attempts == (run.state().equals("RUNNING") ? 1 : 0),
                    "I9",
                    () -> run + " has " + attempts + " open attempts");
        }
        evidence.dump()
                .fired()
                .forEach(row -> verdicts.expect(
                        openIds.contains(row.id()) && row.state().equals("EXECUTING"),
                        "I9",
                        () -> row + " belongs to no open attempt"));
    }

    private static void deadRunsHaveALetter(Evidence evidence, Verdicts verdicts) {
        Set<String> letters = evidence.dump().deadLetters().stream()
                .filter(letter -> letter.status().equals("OPEN"))
                .map(letter -> letter.run() + " " + letter.cycle())
                .collect(Collectors.toSet());
        for (Dump.Run run : evidence.dump().runs()) {
            verdicts.expect(
                    run.state().equals("DEAD") == letters.contains(run.id() + " " + run.cycle()),
                    "I9",
                    () -> run + " is dead, or has an open letter, but not both");
        }
    }
}
