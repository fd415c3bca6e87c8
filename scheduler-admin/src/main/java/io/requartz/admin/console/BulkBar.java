package io.requartz.admin.console;

import io.requartz.bulk.BulkKind;
import java.util.List;

/**
 * What can be done to several rows of a list: those that are ticked, or all that match.
 *
 * @param filter the list's query, with which "all" finds them again
 * @param all what "all" means, with their number where it is known
 * @param assigns whether they can be assigned to somebody
 */
record BulkBar(String filter, String all, List<Act> acts, boolean assigns) {

    /** @param kind as {@link BulkKind#label} has it */
    record Act(String kind, String label, boolean primary, boolean danger) {}

    /**
     * @param shown how many the list shows
     * @param whole whether those are all; how many there are else is counted before anything is done
     */
    static BulkBar ofLetters(String filter, int shown, boolean whole) {
        return new BulkBar(
                filter,
                whole ? "all " + Words.number(shown) + " that match" : "all that match",
                List.of(
                        new Act(BulkKind.RETRY_DEAD_LETTERS.label(), "Retry…", true, false),
                        new Act(BulkKind.RESOLVE_DEAD_LETTERS.label(), "Resolve…", false, false),
                        new Act(BulkKind.REJECT_DEAD_LETTERS.label(), "Reject…", false, true)),
                true);
    }

    /** Their number is left out: what can be retried of those that match is another than what can be cancelled. */
    static BulkBar ofRuns(String filter) {
        return new BulkBar(
                filter,
                "all that match",
                List.of(
                        new Act(BulkKind.RETRY_RUNS.label(), "Retry…", false, false),
                        new Act(BulkKind.CANCEL_RUNS.label(), "Cancel…", false, true)),
                false);
    }
}
