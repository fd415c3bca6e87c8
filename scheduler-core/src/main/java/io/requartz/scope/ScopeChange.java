package io.requartz.scope;

/**
 * What an outcome made of its scope.
 *
 * @param definition by which it was decided
 * @param manual the run was a person's
 * @param probe the run's type is a probe of the scope
 * @param counted the attempt was counted as a failure of the scope
 */
public record ScopeChange(
        Scope before, Scope after, ScopeDefinition definition, boolean manual, boolean probe, boolean counted) {

    public boolean disables() {
        return !before.state().disabled() && after.state().disabled();
    }

    public boolean enables() {
        return before.state().disabled() && !after.state().disabled();
    }

    /** Whether there is anything to write. */
    public boolean changes() {
        return before.state() != after.state();
    }
}
