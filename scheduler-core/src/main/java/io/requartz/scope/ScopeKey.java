package io.requartz.scope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.failure.SafeText;
import io.requartz.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which scope a payload belongs to: the scope's name and the values of its dimensions. Values compare as text: {@code 1} and
 * {@code "1"} are one. The order of the dimensions is for people and makes no difference.
 *
 * @param label as the definition's label makes it of this payload
 */
record ScopeKey(String name, Map<String, String> dimensions, String label) {

    static final int LONGEST_VALUE = 200;
    static final int LONGEST_LABEL = 300;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    ScopeKey {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /**
     * @param payload JSON text of an object
     * @throws Problem if a dimension is missing or cannot be compared, all that is wrong as details
     */
    static ScopeKey of(ScopeDefinition definition, String payload) {
        JsonNode tree = tree(payload);
        List<String> wrong = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        for (String dimension : definition.dimensions()) {
            JsonNode value = tree.get(dimension);
            String flaw = flaw(value);
            if (flaw != null) {
                wrong.add("'" + dimension + "' " + flaw + "; expected a text or a number");
            } else {
                values.put(dimension, value.asText());
            }
        }
        if (!wrong.isEmpty()) {
            throw Problem.invalid(
                    "The payload does not say which scope '" + definition.name() + "' it belongs to.",
                    "Send " + String.join(", ", definition.dimensions()) + " as fields of the payload.",
                    wrong);
        }
        String label = Template.fill(definition.label(), name -> shown(tree.get(name)), LONGEST_LABEL);
        return new ScopeKey(definition.name(), values, label);
    }

    private static JsonNode tree(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException broken) {
            throw Problem.invalid("The payload is not JSON.", "Send a JSON object.");
        }
    }

    private static String flaw(JsonNode value) {
        if (value == null || value.isNull()) {
            return "is missing";
        }
        if (value.isContainerNode()) {
            return value.isArray() ? "is a list" : "is an object";
        }
        String text = value.asText();
        if (text.isBlank()) {
            return "is blank";
        }
        if (text.length() > LONGEST_VALUE) {
            return "has " + text.length() + " characters, and at most " + LONGEST_VALUE + " can be kept";
        }
        return text.equals(SafeText.chars(text, LONGEST_VALUE)) ? null : "has a character that no database can keep";
    }

    private static String shown(JsonNode value) {
        return value == null || value.isNull() || value.isContainerNode() ? null : value.asText();
    }

    /** What tells this scope from all others of its name, in a length that an index takes. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(dimensions).forEach((dimension, value) -> {
                add(digest, dimension);
                add(digest, value);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** With its length, so that no two lists of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** For people: {@code sync: restaurant_id=1, platform=uber_eats}. */
    static String shown(String name, Map<String, String> dimensions) {
        return name + ": "
                + dimensions.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
