package io.requartz.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.List;
import java.util.Locale;

/**
 * A job type's JSON Schema, compiled once. Draft 2020-12, unless its {@code $schema} names another. References to anything outside
 * the text are refused: nothing is ever fetched. Thread-safe.
 */
public final class PayloadSchema {

    private static final int MAX_VIOLATIONS = 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .formatAssertionsEnabled(true)
            .build();

    private final Schema schema;

    private PayloadSchema(Schema schema) {
        this.schema = schema;
    }

    /** @throws IllegalArgumentException if the text is not JSON, or not a JSON Schema, or refers to something outside of it */
    public static PayloadSchema compile(String schemaJson) {
        JsonNode tree = parseSchema(schemaJson);
        try {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(CONFIG)
                            .schemaLoader(loader -> loader.block(PayloadSchema::outside)));
            requireSchema(registry, tree);
            Schema schema = registry.getSchema(tree);
            schema.initializeValidators();
            return new PayloadSchema(schema);
        } catch (SchemaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it is nested too deeply", e);
        }
    }

    /** What is wrong with the payload, a sentence each, at most 20; empty if nothing is. */
    public List<String> violations(String payloadJson) {
        try {
            return sentences(schema.validate(JSON.readTree(payloadJson)));
        } catch (JsonProcessingException e) {
            return List.of("it is not JSON: " + e.getOriginalMessage());
        } catch (StackOverflowError e) {
            return List.of("it is nested too deeply");
        }
    }

    private static JsonNode parseSchema(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!tree.isObject()) {
            throw new IllegalArgumentException("a schema of a payload is a JSON object");
        }
        return tree;
    }

    /** Anything but the drafts' own schemas, which come with the validator on the class path. */
    private static boolean outside(AbsoluteIri location) {
        String text = location.toString();
        return !text.startsWith("https://json-schema.org/draft")
                && !text.startsWith("http://json-schema.org/draft")
                && !text.startsWith("classpath:draft");
    }

    /** The validator itself takes {@code "type": "strnig"} for a type that nothing has; the draft's own schema does not. */
    private static void requireSchema(SchemaRegistry registry, JsonNode tree) {
        String dialect = tree.path("$schema").asText(DialectId.DRAFT_2020_12);
        List<String> wrong =
                sentences(registry.getSchema(SchemaLocation.of(dialect)).validate(tree));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static List<String> sentences(List<Error> errors) {
        return errors.stream()
                .map(PayloadSchema::sentence)
                .distinct()
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    private static String sentence(Error error) {
        String where = error.getInstanceLocation().toString();
        return where.isEmpty() ? error.getMessage() : where + ": " + error.getMessage();
    }
}
