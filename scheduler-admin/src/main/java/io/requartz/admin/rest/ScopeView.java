package io.requartz.admin.rest;

import io.requartz.scope.Scope;
import io.requartz.scope.ScopeReset;
import io.requartz.scope.ScopeState;
import io.requartz.scope.ScopeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scope as an answer.
 *
 * @param key all that tells it from others, on one line
 * @param limit so many failures in a row disable it
 * @param held runs that wait until it opens
 * @param skipped fires of schedules that made no run since it was disabled
 */
record ScopeView(
        long id,
        String scope,
        String key,
        String label,
        Map<String, String> dimensions,
        int failures,
        int limit,
        boolean disabled,
        @Nullable Instant disabledAt,
        @Nullable String disabledBy,
        boolean automatic,
        long held,
        long skipped,
        @Nullable Instant lastFailureAt,
        @Nullable String lastCategory,
        @Nullable String lastError,
        @Nullable Instant lastSuccessAt,
        long version) {

    static ScopeView of(ScopeStatus status) {
        Scope scope = status.scope();
        ScopeState state = scope.state();
        return new ScopeView(
                scope.id(),
                scope.name(),
                scope.key(),
                scope.label(),
                scope.dimensions(),
                state.failures(),
                status.limit(),
                state.disabled(),
                state.disabledAt(),
                state.disabledBy(),
                state.automatic(),
                status.held(),
                state.skipped(),
                state.lastFailureAt(),
                RunView.name(state.lastCategory()),
                state.lastError(),
                state.lastSuccessAt(),
                scope.version());
    }

    /**
     * What a reset has changed.
     *
     * @param stayDisabled a person disabled these, and only a person enables them
     */
    record Reset(List<One> reset, List<Named> stayDisabled) {

        static Reset of(ScopeReset done) {
            return new Reset(
                    done.reset().stream()
                            .map(changed -> new One(Named.of(changed.scope()), changed.failures(), changed.enabled()))
                            .toList(),
                    done.held().stream().map(Named::of).toList());
        }
    }

    /**
     * @param failures that it had
     * @param enabled it was disabled, and is no longer
     */
    record One(Named scope, int failures, boolean enabled) {}

    /** Which one. */
    record Named(long id, String key, String label, Map<String, String> dimensions) {

        static Named of(Scope scope) {
            return new Named(scope.id(), scope.key(), scope.label(), scope.dimensions());
        }
    }
}
