package io.requartz.admin.console;

import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkProgress;
import org.jspecify.annotations.Nullable;

/**
 * A bulk action in a list.
 *
 * @param count how many have been looked at, of how many
 * @param refused how many could not be dealt with
 * @param finished null while it has not ended
 */
record BulkActionRow(
        String href,
        Chip chip,
        String title,
        String count,
        int percent,
        long refused,
        String by,
        String note,
        Moment begun,
        @Nullable Moment finished) {

    static BulkActionRow of(BulkAction action, Times times) {
        BulkProgress progress = action.progress();
        return new BulkActionRow(
                href(action.id()),
                BulkWords.chip(action.state()),
                BulkWords.title(action.kind()),
                Words.number(progress.done()) + " of " + Words.number(progress.matched()),
                progress.percent(),
                progress.failed(),
                Words.line(action.actor(), 100),
                Words.line(action.note(), 200),
                times.distance(action.createdAt()),
                action.finishedAt() == null ? null : times.distance(action.finishedAt()));
    }

    static String href(String id) {
        return "/bulk-actions/" + Words.query(id);
    }
}
