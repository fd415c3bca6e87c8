package io.requartz.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I1 and I2: what became of runs. */
final class RunChecks {

    static final Set<String> SETTLED = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "RESOLVED", "REJECTED");

    /** As docs/lifecycle.md has them; written down again, so that a slip in the code is not a slip in its check. */
    private static final Map<String, Set<String>> NEXT = Map.of(
            "SCHEDULED", Set.of("RUNNING", "PARKED", "CANCELLED"),
            "PARKED", Set.of("SCHEDULED", "RETRYING", "CANCELLED"),
            "RUNNING", Set.of("SUCCEEDED", "RETRYING", "FAILED", "DEAD", "CANCELLED", "SCHEDULED", "PARKED"),
            "RETRYING", Set.of("RUNNING", "PARKED", "CANCELLED"),
            "DEAD", Set.of("SCHEDULED", "RESOLVED", "REJECTED"));

    private RunChecks() {}

    static void atAnyTime(Evidence evidence, Verdicts verdicts) {
        submittedRunsAreThere(evidence, verdicts);
        transitionsAreLegal(evidence, verdicts);
        endsFitTheirAttempts(evidence, verdicts);
    }

    static void atRest(Evidence evidence, Verdicts verdicts) {
        for (Dump.Run run : evidence.dump().runs()) {
            verdicts.expect(
                    SETTLED.contains(run.state()) || run.state().equals("DEAD"),
                    "I1",
                    () -> "run " + run.id() + " is " + run.state() + ", and nothing is under way any more");
        }
        resultsAreWhole(evidence, verdicts);
    }

    private static void submittedRunsAreThere(Evidence evidence, Verdicts verdicts) {
        Map<String, List<Dump.Run>> byKey = new HashMap<>();
        for (Dump.Run run : evidence.dump().runs()) {
            if (run.key() != null) {
                byKey.computeIfAbsent(run.key(), key -> new ArrayList<>()).add(run);
            }
        }
        for (ClientLog.Entry entry : evidence.submitted()) {
            List<Dump.Run> found = byKey.getOrDefault(entry.key(), List.of());
            if (entry.acknowledged()) {
                verdicts.expect(
                        found.size() == 1 && found.get(0).id().equals(entry.run()),
                        "I1",
                        () -> "run " + entry.run() + " was acknowledged, and the database has " + found
                                + " for its key " + entry.key());
            } else {
                verdicts.expect(
                        found.size() <= 1, "I1", () -> "one submission of unknown fate became several runs: " + found);
            }
        }
    }

    private static void transitionsAreLegal(Evidence evidence, Verdicts verdicts) {
        for (Dump.Event event : evidence.dump().events()) {
            if (event.from() != null && event.to() != null && !event.from().equals(event.to())) {
                verdicts.expect(
                        NEXT.getOrDefault(event.from(), Set.of()).contains(event.to()),
                        "I2",
                        () -> "run " + event.run() + " went from " + event.from() + " to " + event.to() + ", by "
                                + event.kind());
            }
        }
        for (Dump.Attempt attempt : evidence.dump().attempts()) {
            if (attempt.nextState() != null) {
                verdicts.expect(
                        NEXT.get("RUNNING").contains(attempt.nextState()),
                        "I2",
                        () -> attempt + " made its run " + attempt.nextState());
            }
        }
    }

    /** A run succeeds with its last attempt and with no other; nothing begins once it is settled. */
    private static void endsFitTheirAttempts(Evidence evidence, Verdicts verdicts) {
        Map<String, List<Dump.Attempt>> attempts = evidence.attempts();
        for (Dump.Run run : evidence.dump().runs()) {
            List<Dump.Attempt> own = attempts.getOrDefault(run.id(), List.of());
            List<Integer> successes = own.stream()
                    .filter(attempt -> "SUCCEEDED".equals(attempt.outcome()))
                    .map(Dump.Attempt::number)
                    .toList();
            verdicts.expect(
                    successes.equals(run.state().equals("SUCCEEDED") ? List.of(own.size()) : List.of()),
                    "I2",
                    () -> "run " + run.id() + " is " + run.state() + " after " + own.size()
                            + " attempts, of which these succeeded: " + successes);
            boolean ended = SETTLED.contains(run.state()) || run.state().equals("DEAD");
            verdicts.expect(
                    ended == (run.finishedAt() != null),
                    "I2",
                    () -> "run " + run.id() + " is " + run.state() + " and finished at " + run.finishedAt());
            if (ended && !own.isEmpty() && !run.state().equals("CANCELLED")) {
                String last = own.get(own.size() - 1).nextState();
                boolean byPerson = run.state().equals("RESOLVED") || run.state().equals("REJECTED");
                verdicts.expect(
                        run.state().equals(last) || byPerson,
                        "I2",
                        () -> "run " + run.id() + " is " + run.state() + ", and its last attempt made it " + last);
            }
        }
    }

    /** What was settled then is so now. */
    static void settledRunsStayed(Dump then, Dump now, Verdicts verdicts) {
        Map<String, Dump.Run> present = new HashMap<>();
        now.runs().forEach(run -> present.put(run.id(), run));
        for (Dump.Run run : then.runs()) {
            if (SETTLED.contains(run.state()) || run.state().equals("DEAD")) {
                verdicts.expect(
                        run.equals(present.get(run.id())), "I2", () -> run + " has become " + present.get(run.id()));
            }
        }
    }

    private static void resultsAreWhole(Evidence evidence, Verdicts verdicts) {
        for (Dump.Run run : evidence.dump().runs()) {
            if (run.state().equals("SUCCEEDED")) {
                String expected = "{\"attempt\":" + run.attempts() + "}";
                verdicts.expect(
                        expected.equals(run.result()),
                        "I3",
                        () -> "run " + run.id() + " has the result " + run.result() + ", and its last attempt left "
                                + expected);
            }
        }
    }
}
