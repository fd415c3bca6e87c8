package io.requartz.admin.console;

import java.util.List;

/**
 * @param sentence what is listed, in words
 * @param newer the list's beginning; empty if this is it
 * @param older the next part; empty if this is the last
 */
record DeadLetterListPage(
        Frame frame,
        String sentence,
        List<Filters.Option> statuses,
        List<Filters.Option> types,
        List<Filters.Option> reasons,
        String category,
        String fingerprint,
        boolean narrowed,
        List<DeadLetterRow> letters,
        String newer,
        String older)
        implements Page {}
