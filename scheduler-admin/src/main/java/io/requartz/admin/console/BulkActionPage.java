package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param asked who asked for it, and why
 * @param speed how many a second; empty as long as nothing tells
 * @param end when it will have ended, or has; null if that cannot be told
 * @param bar its progress, drawn
 * @param refusals the first that could not be dealt with
 * @param unlisted how many more there were
 * @param trouble why it does not go on; empty if it does
 * @param on whether it goes on, so that the page is worth loading again
 * @param cancelling whether the person is about to cancel it; the page stands still meanwhile
 */
record BulkActionPage(
        Frame frame,
        BulkActionRow action,
        String id,
        String effect,
        String asked,
        String speed,
        @Nullable Moment end,
        ProgressBar bar,
        List<Count> counts,
        List<Fact> facts,
        List<Refusal> refusals,
        long unlisted,
        String trouble,
        boolean on,
        boolean paused,
        boolean cancelling)
        implements Page {

    /** So many seconds after it was shown, a page about something that goes on is loaded anew. */
    static final int RELOAD = 2;

    record Count(String number, String label, String tone) {}

    /** @param href of the run */
    record Refusal(String href, String runId, String shortId, String reason, Moment at) {}

    int reload() {
        return on && !cancelling ? RELOAD : 0;
    }

    boolean open() {
        return on || paused;
    }
}
