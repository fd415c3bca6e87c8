package io.requartz.admin.console;

import java.util.List;

/**
 * @param sentence what is listed, in words
 * @param bulk what can be done to several of them
 * @param newer the list's beginning; empty if this is it
 * @param older the next part; empty if this is the last
 */
record RunListPage(
        Frame frame,
        String sentence,
        List<Filters.Option> states,
        List<Filters.Option> types,
        List<Filters.Option> times,
        String category,
        String tag,
        String search,
        boolean narrowed,
        List<RunRow> runs,
        BulkBar bulk,
        String newer,
        String older)
        implements Page {}
