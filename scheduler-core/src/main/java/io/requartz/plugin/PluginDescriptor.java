package io.requartz.plugin;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plugin says of itself in {@value #ENTRY}; optional.
 *
 * @param name null: from the file name
 * @param version null: from the manifest
 * @param jobs class name to type name, empty text if the class names itself; null: look for job classes
 */
record PluginDescriptor(String name, String version, Map<String, String> jobs, List<String> warnings) {

    static final String ENTRY = "META-INF/requartz.properties";
    static final PluginDescriptor NONE = new PluginDescriptor(null, null, null, List.of());

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Set<String> KEYS = Set.of("name", "version", "jobs");

    static PluginDescriptor of(PluginJar jar) throws IOException, PluginRefused {
        Optional<byte[]> text = jar.text(ENTRY);
        return text.isPresent() ? parse(new String(text.get(), StandardCharsets.UTF_8)) : NONE;
    }

    static PluginDescriptor parse(String text) throws PluginRefused {
        Properties found = new Properties();
        try {
            found.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginRefused(
                    "its " + ENTRY + " cannot be read: " + e.getMessage(),
                    "Write it as a Java properties file, in UTF-8.",
                    e);
        }
        List<String> warnings = new ArrayList<>();
        for (String key : found.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                warnings.add(ENTRY + " has an unknown key " + key + "; known are name, version and jobs");
            }
        }
        return new PluginDescriptor(
                value(found, "name"), value(found, "version"), jobs(value(found, "jobs")), warnings);
    }

    private static String value(Properties found, String key) {
        String value = found.getProperty(key, "").strip();
        return value.isEmpty() ? null : value;
    }

    private static Map<String, String> jobs(String value) {
        if (value == null) {
            return null;
        }
        Map<String, String> jobs = new LinkedHashMap<>();
        for (String element : COMMA.split(value, -1)) {
            String job = element.strip();
            int equals = job.indexOf('=');
            if (equals >= 0) {
                jobs.put(
                        job.substring(equals + 1).strip(),
                        job.substring(0, equals).strip());
            } else if (!job.isEmpty()) {
                jobs.put(job, "");
            }
        }
        return jobs;
    }
}
