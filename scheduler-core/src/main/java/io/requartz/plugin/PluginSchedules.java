package io.requartz.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The schedules that a plugin brings in {@value #ENTRY}: an object of schedules by name; optional. What they say is not looked at. */
final class PluginSchedules {

    static final String ENTRY = "META-INF/requartz-schedules.json";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PluginSchedules() {}

    /** @param warnings takes what could not be read; the plugin is loaded all the same */
    static Map<String, JsonNode> of(PluginJar jar, List<String> warnings) throws IOException, PluginRefused {
        Map<String, JsonNode> schedules = new TreeMap<>();
        Optional<byte[]> text = jar.text(ENTRY);
        if (text.isEmpty()) {
            return schedules;
        }
        try {
            JsonNode tree = STRICT.readTree(new String(text.get(), StandardCharsets.UTF_8));
            if (!tree.isObject()) {
                warnings.add("its " + ENTRY + " is no object; write schedules by name, as in {\"nightly\": {...}}");
            }
            tree.properties().forEach(schedule -> schedules.put(schedule.getKey(), schedule.getValue()));
        } catch (JsonProcessingException broken) {
            warnings.add("its " + ENTRY + " is not JSON, so it brings no schedules: " + broken.getOriginalMessage());
        }
        return schedules;
    }
}
