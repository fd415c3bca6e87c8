package io.requartz.admin.console;

import java.util.List;

/**
 * @param dimensions by which scopes can be reset
 * @param newer the list's beginning; empty if this is it
 * @param older the next part; empty if this is the last
 */
record ScopeListPage(
        Frame frame,
        String sentence,
        List<Filters.Option> standings,
        List<Filters.Option> names,
        boolean narrowed,
        List<ScopeRow> scopes,
        List<String> dimensions,
        String newer,
        String older)
        implements Page {}
