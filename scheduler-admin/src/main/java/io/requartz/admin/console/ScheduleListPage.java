package io.requartz.admin.console;

import java.util.List;

/** @param search what names and titles are searched for; empty if nothing */
record ScheduleListPage(
        Frame frame,
        String sentence,
        List<Filters.Option> standings,
        List<Filters.Option> types,
        List<Filters.Option> sources,
        String search,
        boolean narrowed,
        List<ScheduleRow> schedules)
        implements Page {}
