package io.requartz.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.quartz.Job;

/** Finds a jar's job classes by the heads of its class files, without loading any of them. */
final class JobClassFinder {

    private final Map<String, ClassFile> classes;
    private final ClassLoader platform;
    private final Set<String> missing = new TreeSet<>();

    JobClassFinder(Map<String, ClassFile> classes, ClassLoader platform) {
        this.classes = classes;
        this.platform = platform;
    }

    /** Names of the public, concrete classes that are {@code org.quartz.Job}s, sorted. */
    List<String> find() {
        return classes.values().stream()
                .filter(ClassFile::publicAndConcrete)
                .filter(c -> isJob(c.name(), new HashSet<>()))
                .map(ClassFile::name)
                .sorted()
                .toList();
    }

    /** After {@link #find}: ancestors of the jar's classes that are nowhere to be found; one of them may be what makes a job. */
    Set<String> missingAncestors() {
        return Set.copyOf(missing);
    }

    private boolean isJob(String name, Set<String> seen) {
        if (!seen.add(name)) {
            return false;
        }
        ClassFile own = classes.get(name);
        if (PluginClassLoader.fromPlatformFirst(name) || own == null) {
            Class<?> shared = load(name);
            if (shared != null) {
                return Job.class.isAssignableFrom(shared);
            }
        }
        if (own == null) {
            missing.add(name);
            return false;
        }
        if (own.superName() != null && isJob(own.superName(), seen)) {
            return true;
        }
        return own.interfaces().stream().anyMatch(each -> isJob(each, seen));
    }

    private Class<?> load(String name) {
        boolean shared = PluginClassLoader.fromPlatformFirst(name) || PluginClassLoader.fromPlatformOnly(name);
        try {
            return Class.forName(name, false, shared ? platform : ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
