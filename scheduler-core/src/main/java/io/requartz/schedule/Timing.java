package io.requartz.schedule;

import java.time.Instant;
import java.util.Optional;

/** The times at which a schedule is due, before its calendar takes some away. Immutable and thread-safe. */
public sealed interface Timing permits Cron, Every, CalendarInterval {

    /** The first time after this one, at whole seconds or milliseconds; empty if there is none any more. */
    Optional<Instant> next(Instant after);

    /** Read out for people: {@code every 15 minutes from 09:00 to 17:00, Monday to Friday}. */
    String words();
}
