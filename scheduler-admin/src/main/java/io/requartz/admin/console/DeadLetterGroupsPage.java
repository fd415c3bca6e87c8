package io.requartz.admin.console;

import java.util.List;

/**
 * @param filters what it is narrowed to
 * @param groups the largest first
 * @param more whether there are smaller ones that are not shown
 */
record DeadLetterGroupsPage(
        Frame frame, String sentence, LetterFilterForm filters, List<DeadLetterGroupRow> groups, boolean more)
        implements Page {}
