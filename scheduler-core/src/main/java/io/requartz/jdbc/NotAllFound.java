package io.requartz.jdbc;

/** Fewer rows were changed than were expected, and it cannot be told which are missing. */
public final class NotAllFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAllFound(int found, int expected) {
        super(found + " of " + expected + " rows were there", null, false, false);
    }
}
