package io.requartz.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One combination of a matrix; a schedule without a matrix has a single cell with an empty name.
 *
 * @param name the same whatever the order in which the matrix is written: {@code platform=uber_eats, restaurant_id=1}
 * @param values what tells it from the other cells, by axis and by field, as text
 * @param payload of its runs
 */
public record Cell(String name, Map<String, String> values, ObjectNode payload) {

    /** At most so many characters in a name. */
    static final int LONGEST_NAME = 200;

    public Cell {
        values = Map.copyOf(values);
    }
}
