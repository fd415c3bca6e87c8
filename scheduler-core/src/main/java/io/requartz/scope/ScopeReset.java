package io.requartz.scope;

import java.util.List;

/**
 * What a reset has changed.
 *
 * @param reset in the order of their ids, as they are now, each with what it was
 * @param held disabled by a person: its count began anew, and it stays disabled
 */
public record ScopeReset(List<Changed> reset, List<Scope> held) {

    /** @param failures that it had */
    public record Changed(Scope scope, int failures, boolean enabled) {}

    public ScopeReset {
        reset = List.copyOf(reset);
        held = List.copyOf(held);
    }
}
