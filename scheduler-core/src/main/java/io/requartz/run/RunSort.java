package io.requartz.run;

import io.requartz.problem.Problem;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which order runs are listed, and where a list goes on. */
public enum RunSort {
    /** By submission, the latest first. */
    NEWEST,
    /** By submission, the earliest first. */
    OLDEST,
    /** Those that wait for their time, the soonest first; others are left out. */
    DUE;

    private static final Pattern DUE_CURSOR = Pattern.compile("([0-9]{1,15})/([0-9a-f-]{36})");

    /**
     * The last run of the part before.
     *
     * @param dueAt null unless the order is {@link #DUE}
     */
    public record After(Instant dueAt, String id) {}

    String cursor(Run last) {
        return this == DUE ? last.dueAt().toEpochMilli() + "/" + last.id() : last.id();
    }

    /** @throws Problem of kind INVALID if it is not of a list in this order */
    After after(String cursor) {
        Matcher due = DUE_CURSOR.matcher(cursor);
        if (this == DUE && due.matches() && RunIds.plausible(due.group(2))) {
            return new After(Instant.ofEpochMilli(Long.parseLong(due.group(1))), due.group(2));
        }
        if (this != DUE && RunIds.plausible(cursor)) {
            return new After(null, cursor);
        }
        throw Problem.invalid("That is not a cursor of this list.", "Take it from 'next' of the page before.");
    }
}
