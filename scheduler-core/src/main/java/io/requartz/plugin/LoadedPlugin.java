package io.requartz.plugin;

import java.util.List;

/**
 * A jar that was loaded.
 *
 * @param name file name without version and ending, or what its descriptor says
 * @param version from its descriptor or manifest; empty if neither tells
 * @param jar file name in the plugin directory
 * @param sha256 of the file that was loaded, 64 hex digits; empty for the application's own types
 * @param types names of its job types, sorted
 * @param warnings what of it could not be used, a sentence each
 */
public record LoadedPlugin(
        String name, String version, String jar, String sha256, List<String> types, List<String> warnings) {

    public LoadedPlugin {
        types = types.stream().sorted().toList();
        warnings = warnings.stream().map(PluginText::line).toList();
    }
}
