package io.requartz.admin.console;

import io.requartz.run.RunState;
import java.util.Locale;

/**
 * A state as a sign and a word; the colour only repeats what they say.
 *
 * @param tone class of the stylesheet
 * @param sign path in a square of 12
 * @param solid whether the sign is filled, not drawn
 */
record Chip(String tone, String sign, boolean solid, String word) {

    private static final String TICK = "M2 6.5 5 9.5 10 3";
    private static final String CROSS = "m2.5 2.5 7 7m0-7-7 7";
    private static final String PLAY = "M3 1.5v9L10 6z";
    private static final String AGAIN = "M10 6A4 4 0 1 1 8.4 2.8M8.6.6v2.6H6";
    private static final String BARS = "M4 2v8M8 2v8";
    private static final String CLOCK = "M6 3.2V6l2 1.3M1.5 6a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0";
    private static final String DASH = "M2.5 6h7";

    static Chip of(RunState state) {
        return switch (state) {
            case SCHEDULED -> new Chip("wait", CLOCK, false, "Scheduled");
            case PARKED -> parked("Parked");
            case RUNNING -> running("Running");
            case RETRYING -> retrying("Retrying");
            case SUCCEEDED -> good("Succeeded");
            case FAILED -> new Chip("wait", CROSS, false, "Failed");
            case DEAD -> dead("Dead letter");
            case CANCELLED -> quiet("Cancelled");
            case RESOLVED -> new Chip("wait", TICK, false, "Resolved");
            case REJECTED -> quiet("Rejected");
        };
    }

    static Chip good(String word) {
        return new Chip("ok", TICK, false, word);
    }

    static Chip running(String word) {
        return new Chip("run", PLAY, true, word);
    }

    static Chip retrying(String word) {
        return new Chip("retry", AGAIN, false, word);
    }

    static Chip parked(String word) {
        return new Chip("park", BARS, false, word);
    }

    static Chip dead(String word) {
        return new Chip("dead", CROSS, false, word);
    }

    static Chip quiet(String word) {
        return new Chip("wait", DASH, false, word);
    }

    /** So many of it: {@code 46 succeeded}. */
    Chip counted(long number) {
        return new Chip(tone, sign, solid, Words.number(number) + " " + word.toLowerCase(Locale.ROOT));
    }
}
