package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param axes of the matrix; empty if there is none
 * @param cells how many runs all of it makes
 * @param payload fields that replace those of the schedule, as the person left them
 * @param base what its runs have in common; empty if that is nothing
 * @param retries at most so many, as the person left it; empty: as the policy says
 * @param wrong why it was not done; null at first
 */
record TriggerPage(
        Frame frame,
        ScheduleRow schedule,
        List<Axis> axes,
        int cells,
        String payload,
        String base,
        String retries,
        String note,
        @Nullable Flash wrong)
        implements Page {

    /** @param field its name in the form */
    record Axis(String name, String field, List<Option> values) {}
}
