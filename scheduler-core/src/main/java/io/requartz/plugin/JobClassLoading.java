package io.requartz.plugin;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a job class out of a plugin jar, and makes sure beforehand that what the class names is there: a forgotten dependency is
 * met at start, with its name, and not in the first run.
 */
final class JobClassLoading {

    private static final Logger log = LoggerFactory.getLogger(JobClassLoading.class);
    private static final int THIS_JAVA = Runtime.version().feature();

    private final PluginJar jar;
    private final Map<String, ClassFile> classes;
    private final ClassLoader loader;

    JobClassLoading(PluginJar jar, ClassLoader loader) {
        this.jar = jar;
        this.classes = jar.classes();
        this.loader = loader;
    }

    /** The class, not initialized. */
    Class<?> load(String className) throws PluginRefused, IOException {
        if (!classes.containsKey(className)) {
            throw new PluginRefused(
                    "its descriptor names the job class " + className + ", which is not in the jar",
                    "Correct jobs in " + PluginDescriptor.ENTRY
                            + ", or leave it out: job classes are found by themselves.");
        }
        requireReadable(className, className);
        for (String reference : new TreeSet<>(jar.classFile(className).references())) {
            requireReadable(className, reference);
            require(className, reference);
        }
        try {
            Class<?> job = Class.forName(className, false, loader);
            // Types that only signatures name are not in the constant pool as classes; asking for the members resolves
            // them.
            int members = job.getDeclaredMethods().length + job.getDeclaredFields().length;
            log.debug("{} is complete: {} members", className, members);
            return job;
        } catch (ClassNotFoundException e) {
            throw missing(className, e.getMessage(), e);
        } catch (LinkageError e) {
            throw unlinkable(className, e);
        }
    }

    private void requireReadable(String job, String name) throws PluginRefused {
        ClassFile file = classes.get(name);
        if (file != null && file.javaVersion() > THIS_JAVA) {
            throw new PluginRefused(
                    job + (job.equals(name) ? "" : " uses " + name + ", which") + " needs Java " + file.javaVersion()
                            + " or newer; this node runs Java " + THIS_JAVA,
                    "Compile it with --release " + THIS_JAVA + ", or run the node on Java " + file.javaVersion() + ".");
        }
    }

    private void require(String job, String reference) throws PluginRefused {
        try {
            Class.forName(reference, false, loader);
        } catch (ClassNotFoundException e) {
            throw missing(job, reference, e);
        } catch (LinkageError e) {
            throw unlinkable(job, e);
        }
    }

    private static PluginRefused unlinkable(String job, LinkageError e) {
        if (e instanceof NoClassDefFoundError && e.getMessage() != null) {
            return missing(job, e.getMessage().replace('/', '.'), e);
        }
        return new PluginRefused(
                job + " cannot be loaded: " + e, "Build the jar again, with one version of each library.", e);
    }

    private static PluginRefused missing(String job, String name, Throwable cause) {
        if (name.startsWith("io.requartz.")) {
            return new PluginRefused(
                    job + " needs " + name + ", which plugins do not see",
                    "Use io.requartz.api only; the rest of the platform may change.",
                    cause);
        }
        return new PluginRefused(
                job + " needs " + name + ", which is neither in the jar nor provided by the platform",
                "Pack the library into the plugin's jar (maven-shade-plugin, Gradle's shadow); if it is optional, keep it out of"
                        + " the job class itself.",
                cause);
    }
}
