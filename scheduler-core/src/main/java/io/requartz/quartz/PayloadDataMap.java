package io.requartz.quartz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.quartz.JobDataMap;

/** A payload as a plain Quartz job sees it: its top-level fields in the job data map. */
public final class PayloadDataMap {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private PayloadDataMap() {}

    /**
     * Texts are {@code String}s, whole numbers {@code Integer}, {@code Long} or {@code BigInteger} as they need, others
     * {@code Double}; objects are {@code Map}s and arrays {@code List}s; null fields are there, with null.
     *
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public static JobDataMap of(String payloadJson) {
        try {
            Map<String, Object> fields = JSON.readValue(payloadJson, FIELDS);
            if (fields == null) {
                throw new IllegalArgumentException("a payload is a JSON object; null came");
            }
            return new JobDataMap(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a payload is a JSON object: " + e.getOriginalMessage(), e);
        }
    }
}
