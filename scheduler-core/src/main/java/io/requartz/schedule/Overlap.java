package io.requartz.schedule;

/** What a fire does while an earlier run of the same schedule and matrix cell is open. */
public enum Overlap {
    /** It makes no run, and that is recorded. */
    SKIP("skip"),
    /** It makes its run all the same. */
    ALLOW("allow"),
    /** The open run is cancelled if it waits; if it is running it goes on, and the fire is skipped. */
    SUPERSEDE("supersede");

    private final String words;

    Overlap(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
