package io.requartz.admin.console;

import io.requartz.admin.console.ScheduleFacts.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param zone whose wall clock counts
 * @param next the next times
 * @param grid null: it has no matrix
 * @param payload what its runs have in common; empty if that is nothing
 * @param definition what counts, as configuration would say it
 * @param overridden what a live change says otherwise
 * @param base what a live change lies over: configuration or a plugin
 * @param live whether it was made live, and can be deleted
 * @param revertible whether there is a live change that can be taken back
 * @param fires newest first
 * @param newer the list's beginning; empty if this is it
 * @param older the next part; empty if this is the last
 * @param changes newest first
 */
record SchedulePage(
        Frame frame,
        ScheduleRow schedule,
        String version,
        String zone,
        List<NextFire> next,
        @Nullable CellGrid grid,
        List<Fact> facts,
        String payload,
        String definition,
        List<Difference> overridden,
        String base,
        boolean live,
        boolean revertible,
        List<FireGroup> fires,
        String newer,
        String older,
        List<ScheduleChange> changes)
        implements Page {}
