package io.requartz.admin.cli;

import java.util.Map;

/** A state of a run with a sign before it, so that it is found without colours. */
final class Signs {

    private static final Map<String, String> UNICODE = Map.of(
            "SCHEDULED", "\u25f7",
            "PARKED", "\u2016",
            "RUNNING", "\u25b6",
            "RETRYING", "\u21bb",
            "SUCCEEDED", "\u2713",
            "FAILED", "\u2717",
            "DEAD", "\u2717",
            "CANCELLED", "\u2013",
            "RESOLVED", "\u2713",
            "REJECTED", "\u2013");
    private static final Map<String, String> ASCII = Map.of(
            "SCHEDULED",
            ".",
            "PARKED",
            "|",
            "RUNNING",
            ">",
            "RETRYING",
            "~",
            "SUCCEEDED",
            "+",
            "FAILED",
            "x",
            "DEAD",
            "x",
            "CANCELLED",
            "-",
            "RESOLVED",
            "+",
            "REJECTED",
            "-");

    private Signs() {}

    static String with(String state, boolean unicode) {
        return (unicode ? UNICODE : ASCII).getOrDefault(state, "?") + " " + state;
    }
}
