package io.requartz.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what is loaded, gives each type name once, and logs a line a plugin. Not thread-safe; used for one loading. */
final class PluginCollection {

    private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

    private final Map<String, LoadedJobType> types = new LinkedHashMap<>();

    /** Lower case: two names that differ only in case would be one to some databases, and to most people. */
    private final Map<String, LoadedJobType> taken = new LinkedHashMap<>();

    private final Map<String, String> jarOfPlugin = new LinkedHashMap<>();
    private final List<LoadedPlugin> plugins = new ArrayList<>();
    private final List<Quarantined> quarantined = new ArrayList<>();
    private final List<AutoCloseable> closeables = new ArrayList<>();

    /** @throws PluginRefused if one of its type names is taken; the plugin's loader is closed then */
    void add(PluginReading.Read read) throws PluginRefused, IOException {
        for (LoadedJobType type : read.types().values()) {
            LoadedJobType other = taken.get(key(type));
            if (other != null) {
                read.loader().close();
                throw clash(type, other);
            }
        }
        read.types().values().forEach(this::take);
        closeables.add(0, read.loader());
        LoadedPlugin plugin = read.plugin();
        jarOfPlugin.put(plugin.name(), plugin.jar());
        plugins.add(plugin);
        log.info(
                "Plugin {} {} ({}, sha256 {}): types {}",
                PluginText.line(plugin.name()),
                PluginText.line(plugin.version().isEmpty() ? "without version" : plugin.version()),
                PluginText.line(plugin.jar()),
                plugin.sha256(),
                plugin.types());
        plugin.warnings().forEach(each -> log.warn("Plugin {}: {}", PluginText.line(plugin.jar()), each));
    }

    /** A type of the application that the node is embedded in. */
    void addEmbedded(LoadedJobType type) throws PluginRefused {
        LoadedJobType other = taken.get(key(type));
        if (other != null) {
            throw clash(type, other);
        }
        take(type);
    }

    void embeddedPlugin(LoadedPlugin plugin) {
        plugins.add(plugin);
        log.info("Types of the application: {}", plugin.types());
    }

    void quarantine(Path jar, String reason, String hint) {
        Quarantined entry = new Quarantined(PluginLoader.fileName(jar), reason, hint);
        quarantined.add(entry);
        log.warn("Plugin {} is quarantined: {}. {}", entry.jar(), entry.reason(), entry.hint());
    }

    /** To be closed after the class loaders. */
    void closeLast(AutoCloseable closeable) {
        closeables.add(closeable);
    }

    Plugins finished() {
        return new Plugins(types, plugins, quarantined, closeables);
    }

    private void take(LoadedJobType type) {
        types.put(type.definition().name(), type);
        taken.put(key(type), type);
    }

    private PluginRefused clash(LoadedJobType type, LoadedJobType other) {
        String name = type.definition().name();
        String otherName = other.definition().name();
        String otherPlugin = other.definition().plugin();
        return new PluginRefused(
                "its type " + name + (name.equals(otherName) ? "" : " (there written " + otherName + ")")
                        + " is already offered by " + jarOfPlugin.getOrDefault(otherPlugin, otherPlugin),
                otherPlugin.equals(type.definition().plugin())
                        ? "These are two versions of one plugin: delete the one that you do not want."
                        : "Rename one of the types by @JobType(\"...\"), or remove one of the jars.");
    }

    private static String key(LoadedJobType type) {
        return type.definition().name().toLowerCase(Locale.ROOT);
    }
}
