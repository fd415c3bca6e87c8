package io.requartz.admin.console;

import java.util.List;

/**
 * What lists of dead letters are narrowed to, as a form.
 *
 * @param action path of the list
 * @param listHref the same letters one by one
 * @param groupsHref the same letters by what failed alike
 */
record LetterFilterForm(
        String action,
        List<Filters.Option> statuses,
        List<Filters.Option> types,
        List<Filters.Option> reasons,
        List<Filters.Option> whose,
        List<Filters.Option> times,
        String category,
        String fingerprint,
        String assignee,
        boolean narrowed,
        String listHref,
        String groupsHref) {

    static final String LIST = "/dead-letters";
    static final String GROUPS = "/dead-letters/groups";

    static LetterFilterForm of(Filters filters, List<Filters.Option> types, boolean groups) {
        return new LetterFilterForm(
                groups ? GROUPS : LIST,
                LetterFilters.statuses(filters),
                filters.options("type", "All job types", types),
                LetterFilters.reasons(filters),
                LetterFilters.whose(filters),
                filters.times(),
                filters.text("category"),
                filters.text("fingerprint"),
                filters.has("whose") ? "" : filters.text("assignee"),
                !filters.none(),
                filters.href(LIST, ""),
                filters.href(GROUPS, ""));
    }

    boolean grouped() {
        return action.equals(GROUPS);
    }
}
