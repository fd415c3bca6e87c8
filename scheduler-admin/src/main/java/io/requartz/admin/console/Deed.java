package io.requartz.admin.console;

import io.requartz.run.RunEvent;

/**
 * What somebody did to a run.
 *
 * @param note their words; empty if there are none
 */
record Deed(Moment at, String what, String who, String note) {

    static Deed of(RunEvent event, Times times) {
        return new Deed(
                times.clock(event.at()), what(event), Words.line(event.actor(), 100), Words.harmless(event.note()));
    }

    private static String what(RunEvent event) {
        return switch (event.kind()) {
            case "cancel_requested" -> "Asked to cancel";
            case "due_now" -> "Made due at once";
            case "retried" -> "Retried: a new cycle began";
            case "edited" -> "Changed";
            case "copied" -> "Run again, as another run";
            default -> {
                String word = Words.spaced(event.kind());
                yield word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
            }
        };
    }
}
