package io.requartz.schedule;

import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A fixed interval, counted from a start: the same times on every node and after every restart. From 1970, the default, 15m falls
 * on quarter hours and 1h on full ones.
 *
 * @param interval whole seconds, 1 s to 3,660 days
 * @param start a whole second; before it there is no time, and it is the first
 */
public record Every(Duration interval, Instant start) implements Timing {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3_660);

    public Every {
        Objects.requireNonNull(start, "start");
        boolean tooFine = interval.toMillisPart() > 0 || start.toEpochMilli() % 1000 != 0;
        if (tooFine || interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    Durations.format(interval) + " came; expected an interval of whole seconds from 1s to 3660d");
        }
    }

    @Override
    public Optional<Instant> next(Instant after) {
        if (after.isBefore(start)) {
            return Optional.of(start);
        }
        long step = interval.toMillis();
        long passed = after.toEpochMilli() - start.toEpochMilli();
        return Optional.of(start.plusMillis((passed / step + 1) * step));
    }

    @Override
    public String words() {
        return "every " + Words.duration(interval);
    }
}
