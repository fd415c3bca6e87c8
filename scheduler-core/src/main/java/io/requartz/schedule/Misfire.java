package io.requartz.schedule;

/** What becomes of times that went by while nobody could deal with them: an outage, or everything was paused. */
public enum Misfire {
    /** They are recorded as skipped. */
    SKIP("skip"),
    /** One run for all of them; the others are recorded as skipped. */
    RUN_ONCE("run once"),
    /** A run for each, up to a limit; they are not held to overlap each other. */
    RUN_ALL("run all");

    private final String words;

    Misfire(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
