package io.requartz.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.retry.RetryPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Reads one jar into a plugin with its types. Used once. */
final class PluginReading {

    /** Warnings beyond this say nothing new. */
    private static final int WARNINGS = 20;

    private final String fileName;
    private final PluginWorkspace.Copy copy;
    private final PluginLimits limits;
    private final RetryPolicy defaults;
    private final UnaryOperator<JobTypeDefinition> configured;
    private final List<String> warnings = new ArrayList<>();
    private PluginRefused firstRefusal;

    /** A plugin that is read but not yet accepted; whoever drops it closes the loader. */
    record Read(LoadedPlugin plugin, Map<String, LoadedJobType> types, PluginClassLoader loader) {}

    PluginReading(
            String fileName,
            PluginWorkspace.Copy copy,
            PluginLimits limits,
            RetryPolicy defaults,
            UnaryOperator<JobTypeDefinition> configured) {
        this.fileName = fileName;
        this.copy = copy;
        this.limits = limits;
        this.defaults = defaults;
        this.configured = configured;
    }

    Read read() throws PluginRefused, IOException {
        try (PluginJar jar = PluginJar.open(copy.file(), limits)) {
            PluginDescriptor descriptor = PluginDescriptor.of(jar);
            warnings.addAll(descriptor.warnings());
            warnings.addAll(jar.damagedClasses());
            String name = descriptor.name() != null ? descriptor.name() : TypeNames.ofJar(fileName);
            Map<String, String> jobs = descriptor.jobs() != null ? descriptor.jobs() : search(jar);
            PluginClassLoader loader =
                    new PluginClassLoader(name, copy.file().toUri().toURL(), PluginReading.class.getClassLoader());
            try {
                Map<String, LoadedJobType> types = types(jar, name, jobs, loader);
                String version = descriptor.version() != null ? descriptor.version() : jar.implementationVersion();
                List<String> typeNames = List.copyOf(types.keySet());
                Map<String, JsonNode> schedules = PluginSchedules.of(jar, warnings);
                return new Read(
                        new LoadedPlugin(name, version, fileName, copy.sha256(), typeNames, schedules, warnings()),
                        types,
                        loader);
            } catch (PluginRefused | IOException | RuntimeException | Error e) {
                loader.close();
                throw e;
            }
        }
    }

    private Map<String, String> search(PluginJar jar) throws PluginRefused {
        JobClassFinder finder = new JobClassFinder(jar.classes(), PluginReading.class.getClassLoader());
        Map<String, String> jobs = new TreeMap<>();
        for (String found : finder.find()) {
            // A jar that packs quartz-jobs did not mean to offer all of them.
            if (!PluginClassLoader.fromPlatformFirst(found)) {
                jobs.put(found, "");
            }
        }
        if (jobs.isEmpty()) {
            throw noJob(finder.missingAncestors());
        }
        return jobs;
    }

    private PluginRefused noJob(Set<String> missingAncestors) {
        String damaged = warnings.isEmpty() ? "" : "; " + warnings.get(0);
        String missing = missingAncestors.isEmpty()
                ? ""
                : "; its classes extend or implement "
                        + missingAncestors.stream().sorted().limit(3).toList() + ", which are not in the jar";
        return new PluginRefused(
                "it has no job: no public, concrete class that implements org.quartz.Job" + missing + damaged,
                "If it is a library, it belongs inside the jar of the plugin that uses it.");
    }

    private Map<String, LoadedJobType> types(
            PluginJar jar, String plugin, Map<String, String> jobs, PluginClassLoader loader)
            throws PluginRefused, IOException {
        JobClassLoading classes = new JobClassLoading(jar, loader);
        JobTypeReader reader = new JobTypeReader(
                plugin, jar::text, defaults, configured, PluginClassifiers.read(jar::text, loader, warnings));
        Map<String, LoadedJobType> types = new LinkedHashMap<>();
        for (Map.Entry<String, String> job : jobs.entrySet()) {
            try {
                LoadedJobType type = reader.read(classes.load(job.getKey()), job.getValue());
                LoadedJobType other = types.putIfAbsent(type.definition().name(), type);
                if (other != null) {
                    throw new PluginRefused(
                            job.getKey() + " and " + other.definition().jobClass() + " are both called "
                                    + type.definition().name(),
                            "Name one of them by @JobType(\"...\").");
                }
            } catch (PluginRefused e) {
                refuse(e);
            } catch (LinkageError | RuntimeException e) {
                refuse(new PluginRefused(job.getKey() + " cannot be examined: " + e, "Build the jar again.", e));
            }
        }
        if (types.isEmpty()) {
            throw firstRefusal != null ? firstRefusal : noJob(Set.of());
        }
        return types;
    }

    private void refuse(PluginRefused refusal) {
        if (firstRefusal == null) {
            firstRefusal = refusal;
        }
        warnings.add(refusal.getMessage() + ". " + refusal.hint());
    }

    private List<String> warnings() {
        if (warnings.size() <= WARNINGS) {
            return warnings;
        }
        List<String> shown = new ArrayList<>(warnings.subList(0, WARNINGS));
        shown.add("and " + (warnings.size() - WARNINGS) + " more");
        return shown;
    }
}
