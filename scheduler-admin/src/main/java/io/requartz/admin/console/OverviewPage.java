package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param concerns what needs a person, oldest first
 */
record OverviewPage(
        Frame frame,
        Verdict verdict,
        List<Tile> tiles,
        MinuteChart chart,
        NextHour nextHour,
        List<NodeRow> nodes,
        boolean paused,
        List<Concern> concerns)
        implements Page {

    /** A number that leads to what it counts; with a chip, or with words only where that is null. */
    record Tile(String href, String number, @Nullable Chip chip, String label) {}
}
