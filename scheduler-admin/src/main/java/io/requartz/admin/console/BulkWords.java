package io.requartz.admin.console;

import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkState;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.run.RunFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bulk actions in words. */
final class BulkWords {

    private BulkWords() {}

    static String verb(BulkKind kind) {
        return switch (kind) {
            case RETRY_RUNS, RETRY_DEAD_LETTERS -> "Retry";
            case CANCEL_RUNS -> "Cancel";
            case RESOLVE_DEAD_LETTERS -> "Resolve";
            case REJECT_DEAD_LETTERS -> "Reject";
        };
    }

    static String noun(BulkKind kind) {
        return kind.ofDeadLetters() ? "dead letter" : "run";
    }

    /** {@code Retry dead letters}. */
    static String title(BulkKind kind) {
        return verb(kind) + " " + noun(kind) + "s";
    }

    /** What it does to each of them. */
    static String effect(BulkKind kind) {
        return switch (kind) {
            case RETRY_RUNS ->
                "Waiting ones become due, dead letters begin a new cycle, and what has ended is run again as a new run."
                        + " Payloads stay as they are.";
            case CANCEL_RUNS ->
                "None of them is tried any more. Those that are running are asked to stop; should one succeed first, that"
                        + " stands.";
            case RETRY_DEAD_LETTERS ->
                "Each begins a new cycle with its payload as it is; its old attempts stay in its history.";
            case RESOLVE_DEAD_LETTERS -> "Each counts as done by other means; nothing more happens to it.";
            case REJECT_DEAD_LETTERS -> "Each is given up. Whoever asks later will read your note.";
        };
    }

    static Chip chip(BulkState state) {
        return switch (state) {
            case RUNNING -> Chip.running("Going on");
            case PAUSED -> Chip.parked("Paused");
            case DONE -> Chip.good("Ended");
            case CANCELLED -> Chip.quiet("Cancelled");
        };
    }

    /** Which are meant. */
    static List<Fact> which(@Nullable BulkCriteria criteria, Titles titles, Times times) {
        List<Fact> facts = new ArrayList<>();
        if (criteria == null) {
            facts.add(Fact.text("Which", "a newer node knows; this one's version cannot read it"));
            return facts;
        }
        if (!criteria.ids().isEmpty()) {
            facts.add(Fact.text("Ticked", Words.number(criteria.ids().size())));
        }
        if (criteria.runs() != null) {
            runs(facts, criteria.runs(), titles, times);
        } else {
            letters(facts, criteria.letters(), titles, times);
        }
        return facts;
    }

    private static void runs(List<Fact> facts, RunFilter filter, Titles titles, Times times) {
        facts.add(Fact.text(
                "State",
                filter.states().stream()
                        .sorted()
                        .map(state -> Chip.of(state).word().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or "))));
        add(facts, "Job type", filter.type() == null ? null : titles.of(filter.type()));
        add(facts, "Failed last with", filter.category());
        add(facts, "Tag", filter.tag());
        add(facts, "Id, key or tag", filter.text());
        add(facts, "Attempts", filter.minAttempts() == 0 ? null : filter.minAttempts() + " or more");
        add(facts, "Scope", filter.scopeId());
        since(facts, "Submitted since", filter.since(), times);
        since(facts, "Submitted before", filter.until(), times);
        since(facts, "Due before", filter.dueBefore(), times);
    }

    private static void letters(List<Fact> facts, DeadLetterFilter filter, Titles titles, Times times) {
        int before = facts.size();
        add(facts, "Job type", filter.type() == null ? null : titles.of(filter.type()));
        add(
                facts,
                "Reason",
                filter.reason() == null ? null : Words.spaced(filter.reason().label()));
        add(facts, "Category", filter.category());
        if (filter.fingerprint() != null) {
            facts.add(Fact.link(
                    "Failed alike",
                    Words.line(filter.fingerprint(), 100),
                    Words.orEmpty(DeadLetterRow.sameHref(filter.fingerprint()))));
        }
        add(facts, "Assigned to", "".equals(filter.assignee()) ? "nobody" : filter.assignee());
        since(facts, "Died since", filter.since(), times);
        since(facts, "Died before", filter.until(), times);
        if (facts.size() == before && before == 0) {
            facts.add(Fact.text("Dead letters", "all that are open"));
        }
    }

    private static void add(List<Fact> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.add(Fact.text(name, Words.line(value.toString(), 200)));
        }
    }

    private static void since(List<Fact> facts, String name, @Nullable Instant at, Times times) {
        if (at != null) {
            facts.add(Fact.text(name, times.clock(at).full()));
        }
    }
}
