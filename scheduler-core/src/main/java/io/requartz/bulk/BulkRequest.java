package io.requartz.bulk;

import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.problem.Problem;
import io.requartz.run.RunFilter;
import io.requartz.run.RunIds;
import io.requartz.run.RunState;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A wish for a bulk action, checked: what is left open is filled in, and a wish that says nothing is never read as "all".
 *
 * @param ratePerSecond 1 to 10,000; null only where no work is made
 * @param note why; null if nobody said
 */
public record BulkRequest(BulkKind kind, BulkCriteria criteria, Integer ratePerSecond, String note) {

    public static final int USUAL_RATE = 20;
    public static final int FASTEST = 10_000;
    public static final int MOST_IDS = 1_000;

    private static final int NOTE_LENGTH = 2_000;

    /**
     * @param ratePerSecond null: 20 a second where it makes work
     * @param all every one is meant; else the criteria must name something
     * @throws Problem of kind INVALID
     */
    public static BulkRequest of(
            BulkKind kind, BulkCriteria criteria, boolean all, Integer ratePerSecond, String note) {
        BulkCriteria meant = meant(kind, criteria, all);
        if (note != null && note.length() > NOTE_LENGTH) {
            throw Problem.invalid(
                    "The note has " + note.length() + " characters; at most " + NOTE_LENGTH + " are kept.",
                    "Make it shorter.");
        }
        String kept = note == null || note.isBlank() ? null : note;
        if (kind == BulkKind.REJECT_DEAD_LETTERS && kept == null) {
            throw Problem.invalid(
                    "A rejection needs a note.", "Say why they are given up; whoever asks later will read it.");
        }
        return new BulkRequest(kind, meant, rate(kind, ratePerSecond), kept);
    }

    /**
     * Which runs it would be about: what is left open is filled in.
     *
     * @param all every one is meant; else the criteria must name something
     * @throws Problem of kind INVALID
     */
    public static BulkCriteria meant(BulkKind kind, BulkCriteria criteria, boolean all) {
        requireIds(criteria.ids());
        if (!all && criteria.ids().isEmpty() && namesNothing(criteria)) {
            throw Problem.invalid(
                    "Nothing says which are meant.",
                    "Name at least one filter, or say that you mean all of them (all=true).");
        }
        return kind.ofDeadLetters() ? openLetters(criteria) : inPossibleStates(kind, criteria);
    }

    private static boolean namesNothing(BulkCriteria criteria) {
        if (criteria.runs() != null) {
            return criteria.runs().equals(RunFilter.ALL);
        }
        DeadLetterFilter letters = criteria.letters();
        return letters.equals(DeadLetterFilter.ALL) || letters.equals(DeadLetterFilter.OPEN);
    }

    private static void requireIds(List<String> ids) {
        if (ids.size() > MOST_IDS) {
            throw Problem.invalid(
                    "There are " + ids.size() + " ids; at most " + MOST_IDS + " are accepted.",
                    "Use a filter, or send them in parts.");
        }
        for (String id : ids) {
            if (!RunIds.plausible(id)) {
                throw Problem.invalid("One of the ids is not that of a run.", "Ids are UUIDs in lower case.");
            }
        }
    }

    private static Integer rate(BulkKind kind, Integer wished) {
        if (!kind.paced()) {
            if (wished != null) {
                throw Problem.invalid(
                        "A rate was given, but nothing is let go by this.", "Leave the rate out; it is for retries.");
            }
            return null;
        }
        int rate = Objects.requireNonNullElse(wished, USUAL_RATE);
        if (rate < 1 || rate > FASTEST) {
            throw Problem.invalid(
                    "The rate is " + rate + " a second; expected 1 to " + FASTEST + ".", "Choose another rate.");
        }
        return rate;
    }

    private static BulkCriteria openLetters(BulkCriteria criteria) {
        DeadLetterFilter filter = criteria.letters();
        if (filter.status() != null && filter.status() != DeadLetterStatus.OPEN) {
            throw Problem.invalid(
                    "Dead letters that are " + filter.status() + " have been decided about.",
                    "Leave the status out; only open ones are meant.");
        }
        return new BulkCriteria(null, filter.withStatus(DeadLetterStatus.OPEN), criteria.ids());
    }

    private static BulkCriteria inPossibleStates(BulkKind kind, BulkCriteria criteria) {
        Set<RunState> named = criteria.runs().states();
        Set<RunState> wrong = named.stream()
                .filter(state -> !kind.possibleStates().contains(state))
                .collect(Collectors.toSet());
        if (!wrong.isEmpty()) {
            throw Problem.invalid(
                    "Runs that are " + names(wrong) + " cannot be "
                            + (kind == BulkKind.CANCEL_RUNS ? "cancelled" : "retried") + ".",
                    "Possible are " + names(kind.possibleStates()) + "; without any, " + names(kind.usualStates())
                            + " are meant.");
        }
        RunFilter filter = named.isEmpty() ? criteria.runs().withStates(kind.usualStates()) : criteria.runs();
        return new BulkCriteria(filter, null, criteria.ids());
    }

    private static String names(Set<RunState> states) {
        return states.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
    }
}
