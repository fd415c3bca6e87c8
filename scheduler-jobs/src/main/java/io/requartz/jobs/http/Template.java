package io.requartz.jobs.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the payload's {@code params} where {@code {name}} or {@code ${payload.name}} stands. Without params nothing is replaced, so
 * that a body with braces of its own goes out as it is.
 */
final class Template {

    private static final String NAME = "([A-Za-z_][A-Za-z0-9_-]*)";
    private static final Pattern PLACE = Pattern.compile("\\$\\{payload\\." + NAME + "}|\\{" + NAME + "}");

    private final JsonNode params;

    /** @param params an object; null: none */
    Template(JsonNode params) {
        this.params = params;
    }

    /** Every place must have a param, which must be text, number or boolean. */
    String strict(String where, String template, UnaryOperator<String> encode) {
        return fill(template, (name, place, explicit) -> {
            JsonNode value = params.get(name);
            if (value == null) {
                throw unknown(where, place);
            }
            if (!value.isValueNode() || value.isNull()) {
                throw Invalid.payload(where + " uses " + place + ", whose value in params is " + value.getNodeType()
                        + "; only texts, numbers and booleans fit there");
            }
            return encode.apply(value.asText());
        });
    }

    /** {@code {name}} without a param stays, {@code ${payload.name}} without one is an error; objects are written as JSON. */
    String lenient(String where, String template, UnaryOperator<String> encode) {
        return fill(template, (name, place, explicit) -> {
            JsonNode value = params.get(name);
            if (value == null && explicit) {
                throw unknown(where, place);
            }
            if (value == null) {
                return place;
            }
            return encode.apply(value.isTextual() ? value.textValue() : value.toString());
        });
    }

    /** In each text of a JSON tree; a text that is nothing but one place becomes the param itself, number or object. */
    JsonNode tree(String where, JsonNode template) {
        if (params == null) {
            return template;
        }
        if (template.isTextual()) {
            return text(where, template.textValue());
        }
        if (template.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            template.forEach(each -> filled.add(tree(where, each)));
            return filled;
        }
        if (template.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            template.properties().forEach(each -> filled.set(each.getKey(), tree(where, each.getValue())));
            return filled;
        }
        return template;
    }

    private JsonNode text(String where, String text) {
        Matcher whole = PLACE.matcher(text);
        if (whole.matches()) {
            JsonNode value = params.get(name(whole));
            if (value != null) {
                return value;
            }
        }
        return JsonNodeFactory.instance.textNode(lenient(where, text, UnaryOperator.identity()));
    }

    private String fill(String template, Filling filling) {
        if (params == null) {
            return template;
        }
        Matcher places = PLACE.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            String value = filling.value(name(places), places.group(), places.group(1) != null);
            places.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return places.appendTail(filled).toString();
    }

    private static String name(Matcher place) {
        return place.group(1) != null ? place.group(1) : place.group(2);
    }

    private RuntimeException unknown(String where, String place) {
        StringBuilder known = new StringBuilder();
        params.fieldNames()
                .forEachRemaining(
                        each -> known.append(known.isEmpty() ? "" : ", ").append(each));
        return Invalid.payload(where + " uses " + place + ", which params does not have; it has: "
                + (known.isEmpty() ? "nothing" : known));
    }

    @FunctionalInterface
    private interface Filling {
        String value(String name, String place, boolean explicit);
    }
}
