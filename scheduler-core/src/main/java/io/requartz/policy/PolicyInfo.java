package io.requartz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.retry.ResolvedPolicy;
import java.time.Instant;
import java.util.List;

/**
 * A policy as people see it.
 *
 * @param name see {@link PolicyNames}
 * @param choice of a type: the named policy that its runs follow; else {@link PolicyChoice#NONE}
 * @param resolved what holds and where it comes from; of a type that chooses by payload, without a named policy
 * @param configured the keys that configuration sets; null: it says nothing
 * @param live the keys that people have set; null: none
 * @param version how many live changes there have been
 * @param changedBy who made the last of them; null if there was none
 * @param usedBy of a named policy: the types whose runs may follow it
 */
public record PolicyInfo(
        String name,
        PolicyChoice choice,
        ResolvedPolicy resolved,
        JsonNode configured,
        JsonNode live,
        long version,
        String changedBy,
        Instant changedAt,
        List<String> usedBy) {

    public PolicyInfo {
        usedBy = List.copyOf(usedBy);
    }
}
