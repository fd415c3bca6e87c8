package io.requartz.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.failure.SafeText;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.PayloadSchema;
import io.requartz.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a payload must be, and when two are the same. Thread-safe. */
final class Payloads {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final long limit;
    private final Map<String, PayloadSchema> schemas = new ConcurrentHashMap<>();

    /** @param limit greatest payload, in bytes of UTF-8 */
    Payloads(long limit) {
        this.limit = limit;
    }

    /** @throws Problem if it is too large, no JSON object, or not what the type's schema asks for */
    void check(JobTypeDefinition type, String payload) {
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limit) {
            throw Problem.tooLarge(
                    "The payload has " + bytes + " bytes; at most " + limit + " are accepted.",
                    "Keep large data elsewhere and put its address into the payload, or raise limits.payload.");
        }
        JsonNode tree = parse(payload);
        if (!tree.isObject()) {
            throw Problem.invalid(
                    "The payload is " + article(tree) + "; a JSON object was expected.",
                    "Wrap it: {\"value\": ...}. Its fields are what the job finds in its merged job data map.");
        }
        if (!payload.equals(SafeText.chars(payload, Integer.MAX_VALUE))) {
            throw Problem.invalid(
                    "The payload has a character that no database can keep: a NUL, or half of a surrogate pair.",
                    "Write it as a JSON escape, or leave it out.");
        }
        if (type.payloadSchema() != null) {
            List<String> violations = schemas.computeIfAbsent(type.payloadSchema(), PayloadSchema::compile)
                    .violations(payload);
            if (!violations.isEmpty()) {
                throw Problem.invalid(
                        "The payload does not fit the schema of job type " + type.name() + ".",
                        "Mend what is listed, and submit again.",
                        violations);
            }
        }
    }

    private static JsonNode parse(String payload) {
        try {
            JsonNode tree = STRICT.readTree(payload);
            if (tree == null || tree.isMissingNode()) {
                throw Problem.invalid(
                        "The payload is empty; a JSON object was expected.", "Send {} if there is nothing to say.");
            }
            return tree;
        } catch (JsonProcessingException broken) {
            String where = broken.getLocation() == null
                    ? ""
                    : " at line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr();
            throw Problem.invalid(
                    "The payload is not JSON" + where + ": " + broken.getOriginalMessage() + ".",
                    "Send a JSON object, in double quotes and without trailing commas.");
        }
    }

    private static String article(JsonNode tree) {
        return switch (tree.getNodeType()) {
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "null";
        };
    }

    /** The same for payloads that say the same, whatever their white space and the order of their fields. */
    static String hash(String payload) {
        try {
            Object tree = STRICT.treeToValue(STRICT.readTree(payload), Object.class);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(tree));
            return HexFormat.of().formatHex(digest);
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a checked payload can be hashed", impossible);
        }
    }
}
