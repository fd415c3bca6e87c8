package io.requartz.walk;

import io.requartz.scope.Stands;

/** One scope, as the documentation has it: counts for itself what has failed in a row, and knows who disabled it. */
final class ScopeModel {

    private int failures;
    private boolean byPerson;
    private boolean byFailures;

    void succeeded() {
        failures = 0;
        byFailures = false;
    }

    /** A counted failure. @return whether it was the one that disabled the scope */
    boolean failed(int limit) {
        failures++;
        boolean disables = !disabled() && failures >= limit;
        byFailures = byFailures || disables;
        return disables;
    }

    void reset() {
        failures = 0;
        byFailures = false;
    }

    void enable() {
        if (disabled()) {
            reset();
            byPerson = false;
        }
    }

    void disable() {
        byPerson = true;
        byFailures = false;
    }

    boolean lets(Stands stands, boolean manual) {
        return manual || !disabled() || (stands == Stands.PROBE && !byPerson);
    }

    boolean disabled() {
        return byPerson || byFailures;
    }

    boolean automatic() {
        return byFailures;
    }

    int failures() {
        return failures;
    }

    /** For comparison: failures, disabled, by itself. */
    String told() {
        return failures + (byPerson ? " disabled" : byFailures ? " disabled by itself" : "");
    }
}
