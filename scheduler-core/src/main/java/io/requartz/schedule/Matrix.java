package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Axes with their values, which make a run each: restaurants x platforms. A value is a text, number or boolean, which becomes the
 * payload's field of the axis' name, or an object, whose fields go into the payload and whose first field names it.
 *
 * @param axes by name; empty: no matrix
 */
public record Matrix(Map<String, List<JsonNode>> axes) {

    public static final Matrix NONE = new Matrix(Map.of());

    /** More cells than this are refused. */
    public static final int MOST_CELLS = 1_000;

    /** @throws IllegalArgumentException if it has too many cells, with the number, or an axis is empty or has a value of a wrong kind */
    public Matrix {
        axes = new TreeMap<>(axes);
        axes.forEach(Matrix::requireValues);
        long cells = 1;
        for (List<JsonNode> values : axes.values()) {
            cells = Math.min(Long.MAX_VALUE / MOST_CELLS / 10, cells * values.size());
        }
        if (cells > MOST_CELLS) {
            String product = axes.entrySet().stream()
                    .map(axis -> axis.getKey() + " " + axis.getValue().size())
                    .collect(Collectors.joining(" x "));
            throw new IllegalArgumentException("the matrix has " + cells + " cells (" + product + "); expected at most "
                    + MOST_CELLS + ", or split it into several schedules");
        }
    }

    private static void requireValues(String axis, List<JsonNode> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("axis " + axis + " has no value; expected at least one");
        }
        for (JsonNode value : values) {
            boolean named = value.isObject()
                    && !value.isEmpty()
                    && scalar(value.iterator().next());
            if (!scalar(value) && !named) {
                throw new IllegalArgumentException("axis " + axis
                        + " has a value that is no text, number or boolean, and no object that begins with one");
            }
        }
    }

    private static boolean scalar(JsonNode value) {
        return value.isTextual() || value.isNumber() || value.isBoolean();
    }

    /**
     * @param payload what all cells have in common; an axis overrides its fields
     * @throws IllegalArgumentException if two cells have one name, a name is too long, or two axes set one field
     */
    public List<Cell> cells(ObjectNode payload) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell("", Map.of(), payload));
        Set<String> set = new HashSet<>();
        for (Map.Entry<String, List<JsonNode>> axis : axes.entrySet()) {
            List<Cell> wider = new ArrayList<>();
            Set<String> setHere = new HashSet<>();
            for (Cell cell : cells) {
                axis.getValue().forEach(value -> wider.add(with(cell, axis.getKey(), value, set, setHere)));
            }
            set.addAll(setHere);
            cells = wider;
        }
        Set<String> names = new HashSet<>();
        for (Cell cell : cells) {
            if (!names.add(cell.name())) {
                throw new IllegalArgumentException(
                        "two cells are called \"" + cell.name() + "\"; expected different values");
            }
        }
        return List.copyOf(cells);
    }

    private static Cell with(Cell cell, String axis, JsonNode value, Set<String> before, Set<String> here) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        if (value.isObject()) {
            value.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        } else {
            fields.put(axis, value);
        }
        Map.Entry<String, JsonNode> first = fields.entrySet().iterator().next();
        String own = first.getKey() + "=" + first.getValue().asText();
        String name = cell.name().isEmpty() ? own : cell.name() + ", " + own;
        if (name.length() > Cell.LONGEST_NAME) {
            throw new IllegalArgumentException("a cell's name has " + name.length() + " characters; expected at most "
                    + Cell.LONGEST_NAME + ", so let the first field of each value be a short one");
        }
        Map<String, String> values = new HashMap<>(cell.values());
        ObjectNode payload = cell.payload().deepCopy();
        values.put(axis, first.getValue().asText());
        fields.forEach((field, content) -> {
            if (before.contains(field)) {
                throw new IllegalArgumentException("field " + field + " is set by two axes; expected one");
            }
            here.add(field);
            payload.set(field, content);
            if (scalar(content)) {
                values.put(field, content.asText());
            }
        });
        return new Cell(name, values, payload);
    }
}
