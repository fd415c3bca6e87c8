package io.requartz.retry;

/** What becomes of a run that will not be tried again. */
public enum WhenOver {
    /** DEAD: it waits for a person. */
    DEAD_LETTER,
    /** FAILED, with its history: settled, nobody is asked. */
    CLOSE;

    /** As a policy writes it. */
    public String label() {
        return this == CLOSE ? "close" : "dead-letter";
    }
}
