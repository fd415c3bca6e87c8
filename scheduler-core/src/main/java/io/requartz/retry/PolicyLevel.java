package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * What one source says of a policy: some keys in the form of {@link RetryPolicyFormat}, over those of the levels below.
 *
 * @param source who says it, for people: {@code configuration: types.sync.retry}
 * @param keys an object; empty if it says nothing
 */
public record PolicyLevel(String source, JsonNode keys) {
    public PolicyLevel {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(keys, "keys");
    }
}
