package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How JSON is read and written here: strictly, numbers digit for digit, names in snake case, times in ISO 8601. */
public final class Json {

    static final int DEEPEST = 200;

    static final JsonMapper MAPPER = mapper();

    /** {@code "name": value}, a line each. */
    private static final DefaultPrettyPrinter LAYOUT = new DefaultPrettyPrinter(
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));

    private Json() {}

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot be written as JSON", e);
        }
    }

    /** Stored JSON for an answer; what is no JSON after all, is shown as a text instead of spoiling the answer. */
    public static @Nullable JsonNode stored(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            JsonNode node = MAPPER.readTree(json);
            return node.isMissingNode() ? TextNode.valueOf(json) : node;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(json);
        }
    }

    /** Stored JSON, laid out for people; what is no JSON after all stays as it is. */
    public static @Nullable String pretty(@Nullable String json) {
        JsonNode node = stored(json);
        if (node == null || node.isTextual()) {
            return json;
        }
        try {
            return MAPPER.writer(LAYOUT).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot be written as JSON", e);
        }
    }

    /**
     * A JSON object that a person typed, as it will be stored.
     *
     * @param what it is, for the message: "the payload"
     * @throws io.requartz.problem.Problem of kind INVALID, with the place of the mistake
     */
    public static String object(String what, String text) {
        return text(JsonReader.object(what, text.getBytes(UTF_8)));
    }

    /** Whether both texts are the same JSON, however they are laid out. */
    public static boolean same(String one, String other) {
        return Objects.equals(stored(one), stored(other));
    }

    private static JsonMapper mapper() {
        SimpleModule times = new SimpleModule("times").addSerializer(Instant.class, new JsonSerializer<>() {
            @Override
            public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(value.toString());
            }
        });
        JsonMapper mapper = JsonMapper.builder()
                .addModule(times)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(1_000)
                        .build());
        return mapper;
    }
}
