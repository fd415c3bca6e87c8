package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One axis of a schedule's matrix, as people choose from it. */
record MatrixAxis(String name, List<Value> values) {

    /**
     * @param text what tells it from the other values
     * @param label the same with the other fields that it brings: {@code 1 · Le Bouzou}
     */
    record Value(String text, String label) {}

    /** @param matrix as the schedule's definition has it; one without axes is none */
    static List<MatrixAxis> of(JsonNode matrix) {
        List<MatrixAxis> axes = new ArrayList<>();
        matrix.properties().forEach(axis -> {
            List<Value> values = new ArrayList<>();
            axis.getValue().forEach(value -> values.add(value(value)));
            axes.add(new MatrixAxis(axis.getKey(), values));
        });
        return axes;
    }

    private static Value value(JsonNode value) {
        if (!value.isObject() || value.isEmpty()) {
            return new Value(value.asText(), Words.line(value.asText(), 80));
        }
        List<String> parts = new ArrayList<>();
        for (Iterator<JsonNode> fields = value.iterator(); fields.hasNext() && parts.size() < 3; ) {
            JsonNode field = fields.next();
            if (field.isValueNode()) {
                parts.add(field.asText());
            }
        }
        return new Value(parts.get(0), Words.line(String.join(" · ", parts), 80));
    }
}
