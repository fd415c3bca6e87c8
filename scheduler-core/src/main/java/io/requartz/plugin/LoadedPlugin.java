package io.requartz.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A jar that was loaded.
 *
 * @param name file name without version and ending, or what its descriptor says
 * @param version from its descriptor or manifest; empty if neither tells
 * @param jar file name in the plugin directory
 * @param sha256 of the file that was loaded, 64 hex digits; empty for the application's own types
 * @param types names of its job types, sorted
 * @param schedules that it brings, by name, as written
 * @param warnings what of it could not be used, a sentence each
 */
public record LoadedPlugin(
        String name,
        String version,
        String jar,
        String sha256,
        List<String> types,
        Map<String, JsonNode> schedules,
        List<String> warnings) {

    public LoadedPlugin {
        types = types.stream().sorted().toList();
        schedules = Collections.unmodifiableMap(new TreeMap<>(schedules));
        warnings = warnings.stream().map(PluginText::line).toList();
    }
}
