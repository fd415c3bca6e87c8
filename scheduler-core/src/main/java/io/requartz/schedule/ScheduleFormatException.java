package io.requartz.schedule;

import java.util.List;
import java.util.stream.Collectors;

/** A schedule was written in a way that cannot be read. Tells all that is wrong with it, not only the first. */
public final class ScheduleFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * One thing that is wrong.
     *
     * @param path where, in dots: {@code calendar.exclude-days}; empty: the schedule as a whole
     * @param message what came, and what was expected
     */
    public record Flaw(String path, String message) {
        @Override
        public String toString() {
            return path.isEmpty() ? message : path + ": " + message;
        }
    }

    private final transient List<Flaw> flaws;

    ScheduleFormatException(List<Flaw> flaws) {
        super(flaws.stream().map(Flaw::toString).collect(Collectors.joining("; ")));
        this.flaws = List.copyOf(flaws);
    }

    /** In the order in which they were found; never empty, unless the exception was serialized. */
    public List<Flaw> flaws() {
        return flaws == null ? List.of() : flaws;
    }
}
