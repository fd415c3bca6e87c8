package io.requartz.scope;

/**
 * A scope as people see it.
 *
 * @param limit so many failures in a row disable it, as configured now
 * @param held runs that wait until it opens
 */
public record ScopeStatus(Scope scope, int limit, long held) {}
