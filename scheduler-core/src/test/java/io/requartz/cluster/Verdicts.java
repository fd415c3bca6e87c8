package io.requartz.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What became of each invariant: at how many things was looked, and what does not hold, each a sentence. */
final class Verdicts {

    /** So many of one kind are told; a fault in common breaks thousands at once. */
    private static final int TOLD = 20;

    private static final Map<String, String> MEANING = Map.ofEntries(
            Map.entry("I1", "acknowledged submits are settled or dead; unknown ones are there once or not at all"),
            Map.entry("I2", "transitions are legal, and settled runs stay as they are"),
            Map.entry("I3", "attempts are 1..n, each recorded once, and witnessed as recorded"),
            Map.entry("I4", "counts of failures are those of the attempts"),
            Map.entry("I5", "attempts of a cycle are bounded, lost ones counted"),
            Map.entry("I6", "no attempt begins before its time"),
            Map.entry("I7", "one valid execution of what is exclusive, and late effects are fenced"),
            Map.entry("I8", "an attempt runs on one node"),
            Map.entry("I9", "triggers, fired rows, attempts and runs fit together"),
            Map.entry("I10", "each time of a schedule is answered once"),
            Map.entry("I11", "a killed node's work is taken over in time"),
            Map.entry("I12", "no growth of threads, connections, heap and logs"),
            Map.entry("D-06", "nobody is taken for dead to whom nothing was done"),
            Map.entry("doctor", "the doctor, asked strictly, finds nothing"));

    private final Map<String, Integer> looked = new TreeMap<>(Verdicts::byNumber);
    private final Map<String, List<String>> violations = new TreeMap<>(Verdicts::byNumber);

    private static int byNumber(String one, String other) {
        boolean both = one.startsWith("I") && other.startsWith("I");
        return both
                ? Integer.compare(Integer.parseInt(one.substring(1)), Integer.parseInt(other.substring(1)))
                : other.compareTo(one);
    }

    /** @param things how many were looked at, so that nobody takes a check of nothing for a check */
    void looked(String invariant, int things) {
        looked.merge(invariant, things, Integer::sum);
    }

    void violated(String invariant, String what) {
        violations.computeIfAbsent(invariant, none -> new ArrayList<>()).add(what);
    }

    /** Looks at one thing. */
    void expect(boolean holds, String invariant, Supplier<String> otherwise) {
        looked(invariant, 1);
        if (!holds) {
            violated(invariant, otherwise.get());
        }
    }

    /** Takes over what another look has found. */
    void add(Verdicts other) {
        other.looked.forEach(this::looked);
        other.violations.forEach((invariant, all) -> all.forEach(what -> violated(invariant, what)));
    }

    int lookedAt(String invariant) {
        return looked.getOrDefault(invariant, 0);
    }

    /** All that does not hold, with the invariant in front; empty if all is well. */
    List<String> violations() {
        List<String> all = new ArrayList<>();
        violations.forEach((invariant, what) -> {
            what.stream().limit(TOLD).forEach(each -> all.add(invariant + ": " + each));
            if (what.size() > TOLD) {
                all.add(invariant + ": and " + (what.size() - TOLD) + " more");
            }
        });
        return all;
    }

    /** For people: a line for each invariant. */
    String table() {
        StringBuilder table = new StringBuilder(String.format("%-7s %10s  %-9s %s%n", "", "looked at", "verdict", ""));
        looked.forEach((invariant, things) -> {
            int broken = violations.getOrDefault(invariant, List.of()).size();
            table.append(String.format(
                    Locale.ROOT,
                    "%-7s %,10d  %-9s %s%n",
                    invariant,
                    things,
                    broken == 0 ? "holds" : broken + " BROKEN",
                    MEANING.getOrDefault(invariant, "")));
        });
        return table.toString();
    }
}
