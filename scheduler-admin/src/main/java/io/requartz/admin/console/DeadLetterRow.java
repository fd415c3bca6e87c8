package io.requartz.admin.console;

import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterStatus;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list.
 *
 * @param scope what people call what it works on; empty if it stands in no scope
 * @param why category and reason
 * @param sameHref all that failed alike
 * @param open whether a person still has to decide
 * @param assignee who is to look after it; empty: nobody
 * @param closed what was decided by whom; empty if nothing
 */
record DeadLetterRow(
        String href,
        String runId,
        String shortId,
        Chip chip,
        String what,
        String title,
        String scope,
        String why,
        int attempts,
        Moment died,
        String sameHref,
        boolean open,
        String assignee,
        String closed,
        String note,
        @Nullable Moment closedAt) {

    static DeadLetterRow of(DeadLetter letter, Titles titles, @Nullable String scope, Times times) {
        return new DeadLetterRow(
                RunRow.href(letter.runId()),
                letter.runId(),
                Words.shortId(letter.runId()),
                chip(letter.status()),
                what(letter),
                titles.of(letter.type()),
                Words.line(scope, 120),
                why(letter),
                letter.attempts(),
                times.distance(letter.diedAt()),
                sameHref(letter.fingerprint()),
                letter.status() == DeadLetterStatus.OPEN,
                Words.line(letter.assignee(), 100),
                letter.closedBy() == null
                        ? ""
                        : Words.spaced(letter.status().name()) + " by " + Words.line(letter.closedBy(), 100),
                Words.line(letter.note(), 300),
                letter.closedAt() == null ? null : times.distance(letter.closedAt()));
    }

    /** All that this person or team is to look after. */
    String assigneeHref() {
        return "/dead-letters?assignee=" + Words.query(assignee);
    }

    static String what(DeadLetter letter) {
        String message = Words.line(letter.message(), 200);
        String exception = Words.line(letter.exceptionClass(), 200);
        return !message.isEmpty() ? message : !exception.isEmpty() ? exception : "It gave no message";
    }

    static String why(DeadLetter letter) {
        String category = letter.category() == null ? "" : letter.category().name() + " · ";
        return category + Words.spaced(letter.reason().label());
    }

    static String sameHref(@Nullable String fingerprint) {
        return fingerprint == null ? "" : "/dead-letters?fingerprint=" + Words.query(fingerprint);
    }

    static Chip chip(DeadLetterStatus status) {
        return switch (status) {
            case OPEN -> Chip.dead("Open");
            case RETRIED -> Chip.retrying("Retried");
            case RESOLVED -> Chip.good("Resolved");
            case REJECTED -> Chip.quiet("Rejected");
        };
    }
}
