package io.requartz.admin.console;

import io.requartz.scope.ScopeState;
import io.requartz.scope.ScopeStatus;
import org.jspecify.annotations.Nullable;

/**
 * A scope as a list and its own page show it.
 *
 * @param label what people call it; its key if it has no other name
 * @param key scope name and dimensions
 * @param count failures in a row, of how many
 * @param error the last failure; empty if there was none
 * @param since when it was disabled; null: it is not
 * @param by who disabled it, and what that has cost since; empty if it is enabled
 */
record ScopeRow(
        String href,
        String label,
        String key,
        Chip chip,
        String count,
        String error,
        @Nullable Moment failed,
        @Nullable Moment succeeded,
        boolean disabled,
        @Nullable Moment since,
        String by,
        boolean failing) {

    static ScopeRow of(ScopeStatus status, Times times) {
        ScopeState state = status.scope().state();
        String key = Words.line(status.scope().key(), 300);
        String label = Words.line(status.scope().label(), 120);
        return new ScopeRow(
                href(status.scope().id()),
                label.isEmpty() ? key : label,
                key,
                chip(state),
                state.failures() + " of " + status.limit(),
                error(state),
                state.lastFailureAt() == null ? null : times.distance(state.lastFailureAt()),
                state.lastSuccessAt() == null ? null : times.distance(state.lastSuccessAt()),
                state.disabled(),
                state.disabledAt() == null ? null : times.distance(state.disabledAt()),
                by(status),
                state.failures() > 0);
    }

    static String href(long id) {
        return "/scopes/" + id;
    }

    private static Chip chip(ScopeState state) {
        if (state.disabled()) {
            return Chip.dead("Disabled");
        }
        return state.failures() > 0 ? Chip.retrying("Failing") : Chip.good("Working");
    }

    private static String error(ScopeState state) {
        String message = Words.line(state.lastError(), 200);
        if (state.lastCategory() == null) {
            return message;
        }
        return message.isEmpty()
                ? state.lastCategory().name()
                : state.lastCategory().name() + ": " + message;
    }

    static String by(ScopeStatus status) {
        ScopeState state = status.scope().state();
        if (!state.disabled()) {
            return "";
        }
        String who = state.automatic() ? "by its failures" : "by " + Words.line(state.disabledBy(), 100);
        String held = status.held() == 0 ? "" : "; " + Words.count(status.held(), "run") + " held";
        String skipped = state.skipped() == 0 ? "" : "; " + Words.count(state.skipped(), "fire") + " skipped";
        return who + held + skipped;
    }
}
