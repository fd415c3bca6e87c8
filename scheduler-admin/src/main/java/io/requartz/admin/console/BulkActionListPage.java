package io.requartz.admin.console;

import java.util.List;

/**
 * @param newer the list's beginning; empty if this is it
 * @param older the next part; empty if this is the last
 */
record BulkActionListPage(
        Frame frame,
        List<Filters.Option> kinds,
        List<Filters.Option> states,
        boolean narrowed,
        List<BulkActionRow> actions,
        String newer,
        String older)
        implements Page {}
