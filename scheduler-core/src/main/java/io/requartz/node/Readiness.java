package io.requartz.node;

import java.util.List;

/**
 * Whether a node can do its work.
 *
 * @param reasons why not, a sentence each; empty if it is ready
 */
public record Readiness(boolean ready, List<String> reasons) {

    static Readiness of(List<String> reasons) {
        return new Readiness(reasons.isEmpty(), List.copyOf(reasons));
    }
}
