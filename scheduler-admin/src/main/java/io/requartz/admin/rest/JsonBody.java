package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.problem.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a request carries; an empty body counts as an empty object. Fields that are absent and fields that are null
 * are the same. {@link #done} tells of all mistakes at once. Not thread-safe.
 */
final class JsonBody {

    private final ObjectNode root;
    private final Mistakes mistakes;

    JsonBody(ObjectNode root) {
        this(root, "the body");
    }

    private JsonBody(ObjectNode root, String where) {
        this.root = root;
        this.mistakes = new Mistakes(where);
    }

    /** Jersey passes null where the request has no body at all. */
    static JsonBody orEmpty(@Nullable JsonBody body) {
        return body == null ? new JsonBody(JsonNodeFactory.instance.objectNode()) : body;
    }

    /** Names the fields that there are; every other one is a mistake. */
    JsonBody knowing(String... fields) {
        List<String> known = List.of(fields);
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                mistakes.add("there is no field " + Wire.quoted(name) + Spelling.hint(name, known)
                        + (known.isEmpty() ? "" : " (there are: " + String.join(", ", known) + ")"));
            }
        }
        return this;
    }

    /** All of it but these fields, for a form that is read elsewhere. */
    ObjectNode without(String... fields) {
        return root.deepCopy().remove(List.of(fields));
    }

    boolean has(String field) {
        return root.hasNonNull(field);
    }

    <T> @Nullable T text(String field, WrongValue.Form<T> form) {
        JsonNode value = root.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            mistakes.add(field + ": came " + kind(value) + "; expected a text");
            return null;
        }
        return mistakes.read(field, value.textValue(), form);
    }

    /** As {@link #text}, for values that may be written as a number too. */
    <T> @Nullable T textOrNumber(String field, WrongValue.Form<T> form) {
        JsonNode value = root.get(field);
        if (value != null && value.isNumber()) {
            return mistakes.read(field, plain(value), form);
        }
        return text(field, form);
    }

    /** The object as JSON text. */
    @Nullable String object(String field) {
        JsonNode value = tree(field);
        return value == null ? null : Json.text(value);
    }

    /** The object itself. */
    @Nullable JsonNode tree(String field) {
        JsonNode value = root.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            mistakes.add(field + ": came " + kind(value) + "; expected a JSON object");
            return null;
        }
        return value;
    }

    <T> @Nullable List<T> texts(String field, int most, WrongValue.Form<T> form) {
        JsonNode value = root.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isArray()) {
            mistakes.add(field + ": came " + kind(value) + "; expected a list of texts");
            return null;
        }
        if (value.size() > most) {
            mistakes.add(field + ": came " + value.size() + "; expected at most " + most);
            return null;
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode each = value.get(i);
            String name = field + "[" + i + "]";
            T read = each.isTextual() ? mistakes.read(name, each.textValue(), form) : null;
            if (read != null) {
                all.add(read);
            } else if (!each.isTextual()) {
                mistakes.add(name + ": came " + kind(each) + "; expected a text");
            }
        }
        return all;
    }

    /** The objects of a list, each with mistakes of its own; none if something is wrong with the list. */
    List<JsonBody> items(String field, int most) {
        JsonNode value = root.get(field);
        if (value == null || !value.isArray()) {
            mistakes.add(
                    field + ": came " + (value == null ? "nothing" : kind(value)) + "; expected a list of objects");
            return List.of();
        }
        if (value.size() > most) {
            mistakes.add(field + ": came " + value.size() + "; expected at most " + most);
            return List.of();
        }
        List<JsonBody> all = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String name = field + "[" + i + "]";
            if (value.get(i) instanceof ObjectNode each) {
                all.add(new JsonBody(each, name));
            } else {
                mistakes.add(name + ": came " + kind(value.get(i)) + "; expected an object");
            }
        }
        return all;
    }

    /** False if it is absent. */
    boolean flag(String field) {
        JsonNode value = root.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            mistakes.add(field + ": came " + kind(value) + "; expected true or false");
        }
        return value.asBoolean();
    }

    /** The person's words about why, under {@code note}. */
    @Nullable String note() {
        return text("note", Wire.prose(2_000));
    }

    void wrong(String mistake) {
        mistakes.add(mistake);
    }

    /** @throws io.requartz.problem.Problem if anything was wrong */
    void done() {
        mistakes.done();
    }

    /**
     * The number as digits, if it is of a size that somebody can have meant; else in its short form, which no reader of ours takes.
     * Written out, 1e999999999 or 1e-999999999 would fill the memory.
     */
    private static String plain(JsonNode number) {
        BigDecimal value = number.decimalValue();
        boolean sane = value.scale() >= 0 && value.scale() <= 9 && value.precision() <= 30;
        return sane ? value.toPlainString() : value.toString();
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            case STRING -> "a text";
            default -> "null";
        };
    }
}
