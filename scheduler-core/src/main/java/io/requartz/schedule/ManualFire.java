package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a person wants of a fire by hand.
 *
 * @param payload fields that replace those of the schedule, for this fire; an object, or null: none
 * @param maxRetries of these runs; null: as the policy says
 * @param cells part of the matrix: values of its axes or their fields, as text; empty: all of it
 */
public record ManualFire(JsonNode payload, Integer maxRetries, Map<String, String> cells) {

    public ManualFire {
        cells = Map.copyOf(cells);
    }

    /** The whole matrix, as the schedule says. */
    public static final ManualFire AS_IT_IS = new ManualFire(null, null, Map.of());
}
