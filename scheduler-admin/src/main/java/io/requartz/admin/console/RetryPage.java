package io.requartz.admin.console;

import org.jspecify.annotations.Nullable;

/**
 * @param payload as the person left it, or as the run has it
 * @param version of the run that the person saw
 * @param button what happens
 * @param wrong why it was not done; null at first
 */
record RetryPage(
        Frame frame,
        String id,
        Chip chip,
        String title,
        String payload,
        String note,
        String version,
        String button,
        @Nullable Flash wrong)
        implements Page {

    String href() {
        return RunRow.href(id);
    }
}
