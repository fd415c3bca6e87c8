package io.requartz.admin.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A payload as it is given to a command: JSON itself, {@code @FILE}, or {@code -} for the standard input. */
final class Payload {

    // Numbers pass as they were typed: 1.10 is not 1.1.
    private static final ObjectReader EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    private Payload() {}

    /** @throws CliFailure if it cannot be read or is not a JSON object */
    static JsonNode read(String given, InputStream in) {
        String text = text(given, in);
        try {
            JsonNode payload = EXACT.readTree(text);
            if (payload.isObject()) {
                return payload;
            }
        } catch (JacksonException notJson) {
            throw CliFailure.usage(
                    "The payload is not JSON: " + notJson.getOriginalMessage(),
                    "Put it in single quotes, as in '{\"shop\": 1}', or in a file: --payload @FILE.");
        }
        throw CliFailure.usage("The payload is JSON, but not an object.", "Write it as in '{\"shop\": 1}'.");
    }

    private static String text(String given, InputStream in) {
        try {
            if (given.equals("-")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            return given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given;
        } catch (NoSuchFileException missing) {
            throw CliFailure.usage("There is no file " + given.substring(1) + ".", "Check the path after @.");
        } catch (IOException unreadable) {
            throw CliFailure.usage("The payload cannot be read: " + unreadable, "It must be text in UTF-8.");
        }
    }
}
