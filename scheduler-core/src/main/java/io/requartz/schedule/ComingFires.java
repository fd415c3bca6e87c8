package io.requartz.schedule;

import java.time.Instant;
import java.util.List;

/**
 * What a schedule will do by itself in some time to come.
 *
 * @param times at least one, the next first
 * @param more whether there are further ones in that time
 */
public record ComingFires(Schedule schedule, List<Instant> times, boolean more) {

    public ComingFires {
        times = List.copyOf(times);
    }
}
