package io.requartz.admin.console;

import io.requartz.node.SchedulerStatus;
import io.requartz.node.TypeStatus;
import io.requartz.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How it goes, in words: first what is wrong, then the rest.
 *
 * @param tone class of the stylesheet: {@code ok}, {@code critical}, or none for what is in between
 */
record Verdict(String tone, String title, String text) {

    /** So many finished attempts it takes to speak of a rate. */
    private static final long ENOUGH = 10;

    /** @param disabled scopes that are */
    static Verdict of(SchedulerStatus status, int disabled, Hour hour) {
        List<String> rest = new ArrayList<>();
        rest.add(lately(hour));
        waiting(status, rest);
        if (disabled > 0) {
            rest.add(
                    Words.count(disabled, "scope") + (disabled == 1 ? " is" : " are") + " disabled; the rest goes on.");
        }
        String text = String.join(" ", rest);
        long live = status.nodes().stream()
                .filter(node -> node.state().equals("ACTIVE"))
                .count();
        if (live == 0) {
            return new Verdict("critical", "Critical: no node is running", "Runs wait until one is started. " + text);
        }
        List<String> homeless = status.types().stream()
                .filter(type -> type.nodes().isEmpty() && type.due() > 0)
                .map(type -> Titles.title(type.definition()))
                .toList();
        if (!homeless.isEmpty()) {
            return new Verdict(
                    "critical",
                    "Critical: no node has " + String.join(", ", homeless),
                    "Its runs wait until a node with that plugin is started. " + text);
        }
        if (status.paused()) {
            String by = Words.line(status.pausedBy(), 100);
            return new Verdict("", "Everything is paused", by + " paused it; what was running goes on. " + text);
        }
        return ofRate(status, disabled, hour, text);
    }

    private static Verdict ofRate(SchedulerStatus status, int disabled, Hour hour, String text) {
        boolean known = hour.finished() >= ENOUGH;
        if (known && hour.failureRate() > 0.5) {
            return new Verdict("critical", "Unhealthy: most attempts fail", text);
        }
        if (known && hour.failureRate() > 0.2) {
            return new Verdict("", "Degraded: many attempts fail", text);
        }
        long dead = status.runs().getOrDefault(RunState.DEAD, 0L);
        if (dead > 0) {
            return new Verdict(
                    "", Words.count(dead, "dead letter") + (dead == 1 ? " waits" : " wait") + " for a person", text);
        }
        if (disabled > 0) {
            return new Verdict(
                    "", Words.count(disabled, "scope") + (disabled == 1 ? " is" : " are") + " disabled", text);
        }
        boolean held = status.types().stream().anyMatch(TypeStatus::paused);
        return held ? new Verdict("", "Some job types are paused", text) : new Verdict("ok", "All is well", text);
    }

    private static String lately(Hour hour) {
        if (hour.finished() == 0) {
            return "No attempt has ended in the last hour.";
        }
        return String.format(
                Locale.ROOT,
                "%s of %s in the last hour succeeded.",
                percent(1 - hour.failureRate()),
                Words.count(hour.finished(), "attempt"));
    }

    /** Never rounded to a whole that is not true. */
    static String percent(double share) {
        if (share >= 1 || share <= 0) {
            return share >= 1 ? "100 %" : "0 %";
        }
        double shown = Math.min(99.9, Math.max(0.1, share * 100));
        return String.format(Locale.ROOT, "%.1f %%", shown);
    }

    private static void waiting(SchedulerStatus status, List<String> sentences) {
        long retrying = status.runs().getOrDefault(RunState.RETRYING, 0L);
        long parked = status.runs().getOrDefault(RunState.PARKED, 0L);
        if (retrying > 0) {
            sentences.add(Words.count(retrying, "run") + (retrying == 1 ? " waits" : " wait") + " for the next try.");
        }
        if (parked > 0) {
            sentences.add(Words.count(parked, "run") + (parked == 1 ? " is" : " are")
                    + " parked, and no attempt is being spent.");
        }
    }
}
