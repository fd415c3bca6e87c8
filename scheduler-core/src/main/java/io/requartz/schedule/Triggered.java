package io.requartz.schedule;

import io.requartz.run.Run;
import java.time.Instant;
import java.util.List;

/**
 * A fire by hand.
 *
 * @param time of the fire
 * @param runs one for each cell
 */
public record Triggered(String schedule, Instant time, List<Run> runs) {

    public Triggered {
        runs = List.copyOf(runs);
    }
}
