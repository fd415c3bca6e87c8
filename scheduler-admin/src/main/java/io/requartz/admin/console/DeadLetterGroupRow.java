package io.requartz.admin.console;

import io.requartz.bulk.BulkKind;
import io.requartz.deadletter.DeadLetterGroup;
import io.requartz.failure.Fingerprint;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Dead letters that failed alike, in a list.
 *
 * @param href the letters themselves
 * @param what the message, with a question mark for whatever tells one case from another
 * @param exception its class; empty if there was none
 * @param types of which job types they are, with how many of each if there are several
 * @param retryHref where all of them can be retried; empty where they are decided about
 */
record DeadLetterGroupRow(
        String href,
        String what,
        String category,
        String exception,
        String types,
        String count,
        Moment first,
        Moment last,
        String retryHref) {

    private static final int SHOWN_TYPES = 4;

    static DeadLetterGroupRow of(DeadLetterGroup group, Filters filters, boolean open, Titles titles, Times times) {
        Filters these = filters.with("fingerprint", group.fingerprint());
        String retry = "/bulk-actions/new?kind=" + BulkKind.RETRY_DEAD_LETTERS.label() + "&all=true&";
        return new DeadLetterGroupRow(
                these.href(LetterFilterForm.LIST, ""),
                what(group),
                group.category() == null ? "" : group.category().name(),
                Words.line(group.exceptionClass(), 120),
                types(group, titles),
                Words.number(group.count()),
                times.distance(group.firstAt()),
                times.distance(group.lastAt()),
                open ? retry + these.address() : "");
    }

    private static String what(DeadLetterGroup group) {
        String message = group.count() == 1 || group.message() == null
                ? Words.orEmpty(group.message())
                : Fingerprint.normalized(group.message()).replaceAll("<(?:text|date|id)>", "?");
        String line = Words.line(message, 200);
        return line.isEmpty() ? "It gave no message" : line;
    }

    private static String types(DeadLetterGroup group, Titles titles) {
        if (group.types().size() == 1) {
            return titles.of(group.types().keySet().iterator().next());
        }
        String shown = group.types().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN_TYPES)
                .map(type -> titles.of(type.getKey()) + " " + Words.number(type.getValue()))
                .collect(Collectors.joining(", "));
        int more = group.types().size() - SHOWN_TYPES;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
